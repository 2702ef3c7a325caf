/**
 * Reads, explains and checks US HL7 v2.5.1 immunization messages. Works in a page, in a worker and in Node.
 *
 *     import { check } from './iz.mjs';
 *     const [result] = check(text, { asOf: '2026-02-18' });
 *     for (const f of result.findings) console.log(f.severity, f.path, f.title, result.text.slice(f.begin, f.end));
 *
 * Strings in, plain objects out; nothing to free. All offsets are UTF-16 units, as JavaScript strings count.
 * A wrong argument throws a TypeError or a RangeError with one sentence; no text can.
 * Nothing is sent, stored or read from a clock. Only codeUse and localUse keep something, as long as the module lives: the
 * tables, and the local profile.
 */

export interface Options {
  /** The profile to check against ("Z22"); left out: chosen from MSH-21, else from MSH-9. */
  profile?: string;
  /** The day to check for, YYYY-MM-DD; without it nothing that depends on today is said. */
  asOf?: string;
  /** What kind of place sends; some rules are only for one. */
  sender?: 'pharmacy';
}

export interface OneMessage extends Options {
  /** Which message of the text, from 0; left out: the first. */
  message?: number;
}

export type Kind = 'structure' | 'usage' | 'predicate' | 'cardinality' | 'length' | 'format' | 'value_set'
  | 'statement' | 'quality' | 'advice';
export type Severity = 'error' | 'warning' | 'info';
export type Layer = 'R1.5' | 'addendum' | 'local' | 'quality' | 'advice';

export interface Finding {
  rule: string;
  kind: Kind;
  severity: Severity;
  /** "RXA[2]-5[1].1"; a group is "VXU_V04.ORDER[2]"; "" for a line that is no segment. */
  path: string;
  /** The same place as ERR-2 gives it. */
  erl: string;
  /** Line of the message, from 1; for something absent its parent's line. */
  line: number;
  /** In the message's `text`; an empty range for something absent. */
  begin: number;
  end: number;
  title: string;
  message: string;
  why: string;
  fix: string;
  /** The message for a clinician or registrar, without the words of HL7; not every rule has one. */
  plain?: string;
  /** How to mend it without the words of HL7, where `fix` has some. */
  plain_fix?: string;
  who: string;
  source: { document: string; statement: string };
  layer: Layer;
  /** What the local profile in use changes of it. */
  local?: { profile: string; change: 'tighter' | 'new' | 'relaxed' | 'wording'; national: string; here: string; code: string; relaxes: string };
  /** Index of the finding that caused this one. */
  follows: number | null;
}

/** One message; the lines of a file or batch (FHS, BHS, BTS, FTS) come last as one of the profile "Batch". */
export interface CheckedMessage {
  /** Which message of the text, from 0. */
  index: number;
  file: string;
  control_id: string;
  profile: string | null;
  /** Why this profile: "Z22 (from MSH-21)". */
  profile_choice: string;
  as_of: string | null;
  findings: Finding[];
  /** Conditions that could not be decided. */
  undecided: number;
  /** What was done to get at the message, one sentence each. */
  notes: string[];
  /** The message itself; `begin` and `end` of the findings count in it. */
  text: string;
  /** The part of the given text (or of its bytes read as UTF-8) that the message was taken from. */
  input: { begin: number; end: number };
  /** False when nothing in it looks like a message. */
  found: boolean;
}

export interface Explanation {
  path: string;
  name: string;
  data_type: string;
  usage: string;
  cardinality: string;
  value: string;
  decoded: string;
  meaning: string;
  findings: Finding[];
  trail: string;
  length: string;
  binding: string;
  condition: string;
  present: boolean;
  /** False when the profile lacks this place. */
  defined: boolean;
  begin: number;
  end: number;
}

export interface Summary {
  headline: string;
  lines: { label: string; text: string; path: string; begin: number; end: number }[];
  doses: {
    kind: 'given' | 'historical' | 'refused' | 'not_given' | 'partial' | 'due' | 'observation' | 'unknown';
    vaccine: string; date: string; lot: string; text: string;
    /** n-th order group of the message, from 1. */
    order: number;
    path: string; begin: number; end: number;
  }[];
}

export interface Element {
  number: number; name: string; usage: string; cardinality: string; type: string; length: string; binding: string[]; condition: string;
}

export interface Catalogue {
  profiles: {
    id: string; title: string; type: string; event: string; message_structure: string; source: string;
    structure: { name: string; group: boolean; depth: number; usage: string; cardinality: string }[];
    segments: { name: string; title: string; fields: Element[] }[];
    types: { id: string; base: string; name: string; components: Element[] }[];
  }[];
  rules: {
    id: string; title: string; message: string; plain: string; why: string; fix: string; plain_fix: string; who: string; severity: Severity; kind: Kind; layer: Layer;
    source: { document: string; statement: string }; note: string;
    /** Where and when it is checked, in words; none for what the profiles' tables ask for. */
    statements: { profile: string; on: string; if: string; then: string }[];
    examples: { says: string; base: string; finds: string[]; sender?: string }[];
  }[];
  code_sets: {
    id: string; name: string; edition: { source: string; date: string; document: string };
    open: boolean; local: boolean; patterns: string[];
    /** `cells`: the other columns that are not empty. */
    codes: { code: string; display: string; system: string; status: string; cells?: Record<string, string> }[];
  }[];
}

export type Stored = 'yes' | 'no' | 'partly' | 'not_yet' | 'unknown' | 'n/a';

/** A place of an error in the message sent. */
export interface ErrorPlace {
  path: string;
  /** In `sent_text`; an empty range where something absent would stand. */
  begin: number;
  end: number;
  confidence: 'exact' | 'repaired' | 'guessed' | 'ambiguous' | 'absent';
  /** Which of `doses`, from 1. */
  dose: number | null;
  value: string;
  value_present: boolean;
}

export interface Outcome {
  outcome: 'accepted' | 'accepted_with_info' | 'accepted_with_warnings' | 'accepted_with_loss' | 'accepted_pending' | 'partial'
    | 'rejected_data' | 'rejected_technical' | 'auth_failure' | 'system_failure' | 'wrong_message' | 'not_an_ack' | 'undetermined'
    | 'match' | 'candidates' | 'not_found' | 'too_many' | 'protected' | 'query_error' | 'query_rejected';
  stored: Stored;
  resend: 'no' | 'after_fix' | 'optional_after_fix' | 'same_later' | 'unknown' | 'n/a';
  /** Null: nobody has to act. */
  who: 'registration' | 'clinic' | 'interface' | 'vendor' | 'codes' | 'iis' | null;
  confidence: 'certain' | 'likely' | 'guess';
  summary: string;
  doses: { group: number; vaccine: string; date: string; stored: Stored; lot: string; action: string; dose: boolean }[];
  /** One for each ERR of the answer, in order; `cause_of` and `follows` count here. */
  errors: {
    severity: 'E' | 'W' | 'I' | ''; text: string; erl: string; located: ErrorPlace | null; cause_of: number[];
    also_located: ErrorPlace[]; follows: number | null; code: string; application_code: string; local_code: string;
    seen: 'unknown' | 'same_fault' | 'no_fault'; says_missing: boolean;
  }[];
  flags: string[];
  reasons: { row: string; source: string; says: string }[];
  /** Texts of the answer that stand in no ERR. */
  remarks: { text: string; code: string; msa: number }[];
  /** What was, or (not `certain`) may have been, lost beside the doses. */
  lost: { path: string; dose: number | null; certain: boolean }[];
  explained: { flag: string; title: string; detail: string }[];
  who_acts: { title: string; detail: string };
  send_again: { title: string; detail: string };
  how_sure: { title: string; detail: string };
  /** What the registry counts: "2 of 3 immunizations have been added". */
  added: { count: number; of: number } | null;
  family: string | null;
  /** Which HL7 message of the answer was judged, from 0. */
  message: number | null;
  /** The other answers in the text. */
  others: { message: number; answers: string; outcome: Outcome['outcome'] }[];
  sent_text: string | null;
  /** What the answer to a query holds (see QueryAnswer); missing for other answers. Places count in the answer's text. */
  patients?: QueryAnswer['patients'];
  history?: QueryAnswer['history'];
  forecast?: QueryAnswer['forecast'];
  statements?: QueryAnswer['statements'];
  candidates?: QueryAnswer['candidates'];
}

export interface Version {
  version: string;
  rules: number;
  profiles: { id: string; title: string; source: string }[];
  code_sets: { id: string; name: string; edition: { source: string; date: string; document: string } }[];
}

/** What a request or answer is; null stands for what it does not have. */
export interface Unwrapped {
  form: 'nothing' | 'hl7' | 'soap_request' | 'soap_response' | 'soap_fault' | 'html' | 'xml' | 'http' | 'text' | 'binary';
  /** One sentence: "A SOAP 1.2 fault (CDC 2011) without HL7." */
  says: string;
  http_status: number | null;
  soap: {
    content: 'empty' | 'other' | 'submit_request' | 'submit_response' | 'connectivity_request'
      | 'connectivity_response' | 'fault';
    version: '1.1' | '1.2' | null;
    service: '2011' | '2014' | 'hub' | null;
    operation: string;
    namespace: string | null;
    username: string | null;
    facility_id: string | null;
    destination: string | null;
    echo: string | null;
  } | null;
  fault: {
    kind: 'security' | 'message_too_large' | 'unsupported_operation' | 'unknown_destination' | 'connection'
      | 'hub_client' | 'unknown';
    element: string | null;
    soap_code: string | null;
    reason: string | null;
    code: string | null;
    detail: string | null;
    summary: string | null;
    retry: string | null;
  } | null;
  /** What went wrong between sender and registry, and what to do. */
  trouble: {
    id: string; title: string; what: string; fix: string;
    strategy: 'NORMAL' | 'CORRECT_MESSAGE' | 'CHECK_IIS_STATUS' | 'CONTACT_SUPPORT';
    advice: string;
    who: string;
  } | null;
  /** Of a web page. */
  title: string | null;
  /** What a person would read where there is no HL7. */
  text: string | null;
  messages: { text: string; forms: string[]; notes: string[]; begin: number; end: number }[];
  /** What is wrong with the envelope. */
  problems: { id: string; title: string; what: string; fix: string; who: string; begin: number; end: number }[];
}

/** What a registry that keeps to the guide would do with a message, and the acknowledgment it would send. */
export interface Prediction {
  /** False for a message that is no submission and no query. */
  applies: boolean;
  outcome: 'accepted' | 'accepted_with_warnings' | 'accepted_with_loss' | 'partial' | 'rejected_data'
    | 'rejected_technical' | 'query_error' | 'query_rejected' | 'undetermined';
  stored: 'yes' | 'no' | 'partly' | 'unknown' | 'n/a';
  resend: 'no' | 'after_fix' | 'optional_after_fix' | 'unknown' | 'n/a';
  /** Null when nobody has to act. */
  who: 'registration' | 'clinic' | 'interface' | 'vendor' | 'codes' | 'iis' | null;
  confidence: 'certain' | 'likely' | 'guess';
  /** "1 of 2 doses would be stored. Dose 2 would be dropped." */
  summary: string;
  doses: { group: number; vaccine: string; date: string; lot: string; stored: 'yes' | 'no' | 'unknown' }[];
  faults: {
    /** Index in the findings of `check`; null for a birth date after the day. */
    finding: number | null;
    path: string; begin: number; end: number;
    title: string;
    /** How far it goes: the furthest part that is lost with it. */
    fate: 'kept' | 'value_dropped' | 'segment_dropped' | 'group_dropped' | 'message_rejected' | 'message_refused';
    /** The order group it lies in, from 1. */
    dose: number | null;
    /** Its ERR in `ack`, from 0; null for one that follows from another. */
    error: number | null;
    /** The steps, in sentences. */
    words: string;
  }[];
  /** Segments end with CR; "" when none can be told. */
  ack: string;
}

/** What the answer to a query holds, displayed as it says it. Days are YYYY-MM-DD, or as sent when they are none. */
export interface QueryAnswer {
  is_answer: boolean;
  profile: string;
  query: string;
  status: string;
  as_of: string | null;
  schedule: string;
  /** RXA that carry a forecast and are no dose. */
  carriers: number;
  patients: {
    name: string; words: string; born: string; sex: string; registry_id: string;
    path: string; begin: number; end: number;
  }[];
  history: {
    patient: number; order: number; kind: Summary['doses'][number]['kind'];
    given: string; age: string; vaccine: string; cvx: string; lot: string; manufacturer: string; source: string;
    completion: string; refusal: string; series: string; dose: string; validity: Validity; says: string;
    evaluations: {
      series: string; group: string; series_name: string; schedule: string; dose_number: string; dose_count: string;
      validity: Validity; reason: string; status: string;
    }[];
    path: string; begin: number; end: number;
  }[];
  forecast: {
    patient: number; order: number; series: string; group: string; series_name: string; schedule: string;
    dose_number: string; dose_count: string; earliest: string; due: string; overdue: string; latest: string;
    /** The status as the answer says it. */
    said: string;
    status: DueStatus;
    /** The answer states none that is known: from its dates and the as-of date. */
    status_from_dates: boolean;
    reason: string; path: string; begin: number; end: number;
  }[];
  statements: { patient: number; order: number; text: string; path: string; begin: number; end: number }[];
  candidates: {
    label: string; asked: string; differs: boolean;
    cells: { text: string; differs_from_query: boolean; begin: number; end: number }[];
  }[];
  /** One for each patient, in days since birth (or since the first day, if that is not known). */
  timelines: {
    origin: string; by_age: boolean; as_of: number; first: number; last: number;
    rows: {
      series: string; status: DueStatus; label: string;
      marks: {
        kind: 'given' | 'valid' | 'not_valid' | 'not_given' | 'wait' | 'window' | 'overdue';
        from: number; to: number; open: boolean; dose: number; forecast: number;
      }[];
    }[];
  }[];
  /** The tables; "" for candidates when there are none. */
  csv: { history: string; forecast: string; candidates: string };
}

/** A row of a table that a code leads to. */
export interface CodeLink { table: string; code: string; text: string; status: string }

/** Everything that is known of a code. Dates are YYYY-MM-DD. */
export interface CodePage {
  table: string;
  name: string;
  edition: { source: string; date: string; document: string };
  /** False: the table does not have the code. */
  found: boolean;
  code: string;
  heading: string;
  status: string;
  full: string;
  /** What CDC adds, in its words. */
  note: string;
  facts: { label: string; text: string }[];
  /** Other editions that are loaded, and what they say of the code. */
  editions: { label: string; text: string }[];
  links: { title: string; rows: CodeLink[] }[];
  /** Where the message has it. */
  uses: { path: string; begin: number; end: number; text: string }[];
}

export interface CodeHits {
  total: number;
  /** Best first. */
  hits: { table: string; code: string; display: string; status: string }[];
}

export interface CodeTable {
  id: string;
  name: string;
  system: string;
  rows: number;
  edition: { source: string; date: string; document: string };
  /** The day on which CDC last changed a row. */
  newest_row: string | null;
  /** Days from the edition's date to the as-of date; null where one is not known to the day. */
  age: number | null;
}

export type Validity = '' | 'valid' | 'not_valid' | 'partly';
export type DueStatus = '' | 'overdue' | 'due_now' | 'later' | 'complete' | 'not_due';

export interface Fixes {
  /** Index in the findings of the message. */
  finding: number; rule: string; path: string;
  fixes: {
    label: string;
    /** One right answer, which says nothing else about the patient or the dose. */
    safe: boolean;
    /** All at once, in the order of the text. */
    edits: { begin: number; end: number; text: string }[];
  }[];
}
export interface FixPlan {
  steps: { rule: string; place: string | null; line: number; label: string; before: string; after: string }[];
  text: string;
}
export interface Deidentified {
  text: string;
  /** How many days earlier every date is. */
  days: number;
  /** How many values were replaced. */
  values: number;
  /** Where the check says otherwise of the copy, a sentence each. */
  otherwise: string[];
  /** What tells something of a person still, or may. */
  remains: string[];
}

export interface MessageComparison {
  /** Where one of both has a placeholder for the name of a newborn: that one is `before`. */
  newborn?: {
    kind: 'named' | 'unnamed' | 'renamed' | 'other_child' | 'unrelated'; summary: string;
    items: { what: string; before: string; after: string; same: 'yes' | 'no' | 'missing' }[];
  };
  counts: { changed: number; added: number; removed: number; moved: number };
  differences: {
    change: 'changed' | 'added' | 'removed' | 'moved';
    /** A whole dose. */
    dose: boolean;
    path_a: string | null; path_b: string | null; name: string;
    before: string; after: string; before_words: string; after_words: string;
    a: { begin: number; end: number }; b: { begin: number; end: number };
  }[];
  /** All lines of both texts; -1: only the other has it. */
  lines: {
    a: number; b: number; same: boolean;
    parts_a: { begin: number; end: number }[]; parts_b: { begin: number; end: number }[];
  }[];
}

/** A file of code tables, as CDC publishes it, or a zip file of them; a date in the name is its edition. */
export interface CodeFile { name: string; bytes: string | Uint8Array }

export interface CodeImport {
  tables: {
    file: string;
    /** Short name: "cvx", "ndc_use". */
    table: string;
    id: string; name: string;
    /** YYYY-MM-DD, null where no name tells it. */
    edition: string | null;
    /** The newest day of change in it. */
    newest: string | null;
    rows: number;
    /** Than the edition in use. */
    older: boolean;
    /** Records put together, keys that stand twice, odd GTINs ... one sentence each. */
    noticed: string[];
    /** Against the edition in use; counts of keys. */
    changes: { against: string | null; added: number; removed: number; changed: number; text_only: number; short: string } | null;
  }[];
  refused: { file: string; line: number | null; reason: string }[];
}

/** By short name; keys of several columns are joined with |. */
export interface CodeDiff {
  tables: { [table: string]: { added: string[]; removed: string[]; changed: { key: string; column: string; old: string; new: string }[] } };
}

export interface AffectedMessage {
  index: number;
  control_id: string;
  affected: {
    path: string; erl: string; begin: number; end: number; table: string; code: string; name: string;
    kind: 'meaning' | 'text'; sentence: string;
  }[];
}

export interface PartnerList {
  table: string; name: string; edition: string | null;
  /** Which column holds the codes, from 1. */
  column: number;
  heading: boolean;
  counts: {
    same: number; misspelt: number; inactive: number; unspecified: number; unknown: number; duplicates: number; missing: number;
  };
  codes: {
    line: number; code: string; name: string; kind: 'same' | 'misspelt' | 'inactive' | 'unspecified' | 'unknown';
    /** Our spelling. */
    right: string | null;
    our_name: string; status: string;
    /** Line of the same code further up. */
    first_line: number | null;
    name_differs: boolean; note: string;
  }[];
  missing: { code: string; name: string; status: string; unspecified: boolean }[];
}

/** Checks every message in the text, in whatever form it was pasted; bytes may be in any encoding that HL7 names. */
export function check(text: string | Uint8Array, options?: Options): CheckedMessage[];
/** What a place ("RXA-5.1") or the place at an offset of the message's text is, and what its value means. */
export function explain(text: string | Uint8Array, place: string | number, options?: OneMessage): Explanation;
/** Who, from whom to whom, when, and each dose in words. */
export function summary(text: string | Uint8Array, options?: OneMessage): Summary;
/** What an answer means, in whatever form it was pasted; `sent` is the message it answers (bytes are read as UTF-8). */
export function interpret(answer: string | Uint8Array, sent?: string | Uint8Array | null, options?: Options): Outcome;
/** What a registry would do with a message; control id and time (20260218093000-0500) are those of its answer. */
export function predict(text: string | Uint8Array, options?: OneMessage & { controlId?: string; time?: string }): Prediction;
/** The answer to a query; `sent` is the text of the query, for the comparison of candidates. */
export function queryAnswer(text: string | Uint8Array, options?: OneMessage & { sent?: string }): QueryAnswer;
/** What can be done in the text about each finding; offsets count in the message's text. */
export function fixes(text: string | Uint8Array, options?: OneMessage): Fixes[];
/** A message with everything mended that has one right answer, and what was done. */
export function fixSafe(text: string | Uint8Array, options?: OneMessage): FixPlan;
/** What differs between two messages, doses and other repeated parts paired by what they say. */
export function compareMessages(a: string | Uint8Array, b: string, options?: OneMessage): MessageComparison;
/** All profiles, rules and code sets. */
export function catalogue(): Catalogue;
/** The message of an example of a rule (numbers from 0), made from the text of the message that it names as its base. */
export function example(rule: string, number: number, base: string): string;
/**
 * A message as a submitSingleMessage request of the CDC 2011 service (SOAP 1.2). What is left out is written as a
 * placeholder in capitals; nothing is kept.
 */
export function soapWrap(text: string | Uint8Array, options?: {
  username?: string; password?: string; facilityID?: string;
  /** Which message of the text, from 0; left out: the first. */
  message?: number;
}): string;
/** Takes a request or an answer apart, whatever it is: SOAP, a fault, a web page, HL7, nothing. */
export function soapUnwrap(text: string | Uint8Array): Unwrapped;
/** A copy for others, without what tells who a person is: letters become X, digits 9. */
export function masked(text: string | Uint8Array): string;
/**
 * A copy of a text of messages with invented values in the place of names, addresses, numbers and free text, and all dates
 * earlier by one number of days. The same seed, a secret text of at least 16 characters, gives the same surrogates.
 */
export function deidentify(text: string | Uint8Array, options: Pick<Options, 'profile' | 'asOf'> & { seed: string }): Deidentified;
/** The page of a code of a table ('CVX', '208'); `text` is a message whose uses of it are told. A National Drug Code may be
 * written in any form; of a vaccine group (VG) the code is the CVX of the group. */
export function codeShow(table: string, code: string, options?: OneMessage & { text?: string | Uint8Array }): CodePage;
/** Codes by code, name, trade name, manufacturer, NDC in any form, or what a scanner read; misspelt words are found. */
export function codeSearch(text: string, options?: { table?: string; limit?: number }): CodeHits;
/** All tables with their editions and age. */
export function codeTables(options?: Pick<Options, 'asOf'>): CodeTable[];
/** What tables a file or files hold, and what they would change; nothing is used. */
export function codeImport(files: string | Uint8Array | CodeFile[], name?: string): CodeImport;
/**
 * The same, and every call after it uses these tables in place of those in the program, until the next codeUse; null goes
 * back to the program's. A table that is refused stays as it is in the program.
 */
export function codeUse(files: string | Uint8Array | CodeFile[] | null, name?: string): CodeImport;
/** A local profile: what it changes, and the examples of its own rules that do not come out as they say. */
export interface LocalUse {
  id: string; title: string; edition: string;
  changes: { at: string; rule: string; title: string; national: string; here: string; kind: 'tighter' | 'new' | 'relaxed' | 'wording';
    code: string; since: string; source: string; relaxes: string }[];
  examples: { run: number; failed: string[] };
}
/**
 * Lays a local profile (JSON, core/local/README.md) on top of the national rules for every call after it, as far as it
 * holds on `asOf`; null takes it away. Throws a RangeError with line and reason when it is wrong; then the one before stays.
 */
export function localUse(profile: string | Uint8Array | null, options?: { asOf?: string }): LocalUse | null;
/** The data-error template of the profile in use, or of the national rules. */
export function localTemplate(format?: 'csv' | 'html'): string;
/** The JSON Schema of local profiles. */
export function localSchema(): string;
/** A template that was edited in a spreadsheet, as a local profile. Throws a RangeError with row and column. */
export function localImport(csv: string | Uint8Array): string;
/** Compares two editions; null stands for the one in the program. Throws a RangeError with the reason if a file is refused. */
export function codeDiff(older: CodeFile[] | null, newer: CodeFile[] | null): CodeDiff;
/** Which codes of the messages differ between two editions; with `texts` also those whose name or notes alone differ. */
export function codeAffected(text: string | Uint8Array, older: CodeFile[] | null, newer: CodeFile[] | null,
  options?: { texts?: boolean }): AffectedMessage[];
/** Compares a partner's list (CSV, TSV, one code a line) with the table that it is of; table and column are guessed. */
export function partnerList(text: string | Uint8Array, options?: { table?: string; column?: number }): PartnerList;
export function version(): Version;
