#!/usr/bin/env python3
"""Writes the small code sets of this folder: what the guide binds, apart from CDC's large tables (see update.py).

    codesets/bound_sets.py            write every file
    codesets/bound_sets.py --check    change nothing; exit 1 if a file differs from what would be written

The facts are `data/guide/guide-facts.json` in the folder named by IZ_SHARED (default: `shared` beside the project). To
add a profile, add it to PROFILES; a table that no file of FILES claims is an error that names it. README.md of this
folder says what each file is and what was mended.
"""
import argparse
import json
import os
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent

# The first profile that has a table gives it its plain name.
PROFILES = ["Z22", "Z23", "Z31", "Z32", "Z33", "Z34", "Z42", "Z44"]

# Made from CDC's own files by update.py.
FROM_CDC = {"CVX", "MVX", "NDC_Use", "NDC_Sale", "PHVS_VISBarcodes_IIS"}

NIST = "NIST immunization test suite, value sets of the Release 1.5 profiles"
HL7 = {"source": "HL7", "date": "2007-02", "document": "HL7 v2.5.1, Appendix A"}
GUIDE = {"source": "HL7 / CDC", "date": "2018-11", "document": NIST}


def hl7(*numbers):
    return {f"HL7{n}" for n in numbers}


# file -> the HL7 table numbers or names of its tables
FILES = {
    "hl7-message": hl7("0003", "0008", "0076", "0103", "0104", "0125", "0126", "0155", "0207", "0211", "0354", "0356",
                       "0357", "0361", "0362", "0396", "0399", "0516", "0517", "0518", "0519", "0529", "0533"),
    "hl7-identifier": hl7("0061", "0203", "0204", "0297", "0300", "0301", "0363"),
    "hl7-name-address": hl7("0190", "0200", "0201", "0202", "0288", "0289", "0360", "0444", "0448", "0465"),
    "hl7-patient": hl7("0001", "0002", "0005", "0006", "0063", "0066", "0131", "0136", "0140", "0141", "0142", "0171",
                       "0172", "0189", "0212", "0215", "0216", "0220", "0222", "0223", "0231", "0295", "0296", "0311",
                       "0315", "0316", "0327", "0328", "0333", "0429", "0435", "0441", "0445", "0446", "0447"),
    "hl7-visit": hl7("0004", "0007", "0009", "0010", "0018", "0021", "0022", "0023", "0032", "0044", "0045", "0046",
                     "0069", "0073", "0087", "0092", "0099", "0110", "0111", "0112", "0113", "0114", "0115", "0116",
                     "0117", "0129", "0130", "0213", "0214", "0217", "0218", "0219", "0302", "0303", "0304", "0305",
                     "0306", "0307", "0308", "0326", "0430", "0431", "0432", "0433", "0434", "0534"),
    "hl7-insurance": hl7("0042", "0064", "0068", "0072", "0086", "0093", "0098", "0135", "0137", "0139", "0143", "0144",
                         "0145", "0146", "0147", "0148", "0149", "0150", "0151", "0152", "0173", "0193", "0205", "0232",
                         "0233", "0298", "0309", "0312", "0313", "0341", "0342", "0343", "0344", "0345", "0346",
                         "0535"),
    "hl7-order": hl7("0038", "0119", "0121", "0163", "0164", "0165", "0177", "0322", "0323", "0335", "0339", "0427",
                     "0472", "0480", "0482", "0483", "0485", "0495", "0503", "0504", "0505", "0506", "0524", "0527",
                     "0528", "0552"),
    "hl7-query": hl7("0091", "0208", "0394", "0395", "0397", "0398", "0440", "0471"),
    "hl7-observation": hl7("0078", "0080", "0085", "0105", "0291", "0299", "0364", "0834"),
    "nip": {"NIP001", "NIP002"},
    "loinc": {"NIP003"},
    "ncit": {"NCIT"},
    "ucum": {"UCUM", "UCUM_0353"},
    "cdcrec": {"CDCREC_R", "CDCREC_E"},
    "cdcphinvs": {"PHVS_FundingEligibilityObsMethod_IIS", "PHVS_HistoryOfDiseaseAsEvidenceOfImmunity_IIS",
                  "PHVS_ImmunizationFundingSource_IIS", "PHVS_ImmunizationProfileIdentifier_IIS",
                  "PHVS_ImmunizationScheduleIdentifier_IIS", "PHVS_SerologicalEvidenceOfImmunity_IIS",
                  "PHVS_VISVaccines_IIS", "PHVS_VaccinationContraindication_IIS", "PHVS_VaccinationReaction_IIS",
                  "PHVS_VaccinationSpecialIndications_IIS"},
}

# Bindings whose name is misspelt in the facts (Z32 IN1-15).
MISSPELT = {"HL0086_IZ": "HL70086_IZ"}

# Names in the facts that belong to another table.
NAMES = {"HL70064_IZ": "Financial class (vaccine funding eligibility)", "PHVS_VISVaccines_IIS": "Vaccines with a VIS",
         "HL70086_IZ": "Plan type", "HL70078": "Abnormal flags", "UCUM": "Units of measure",
         "UCUM_0353_IZ": "Units of measure, or not applicable"}

# Texts that are a paragraph, or damaged, in the facts: said in a few words.
DISPLAYS = {
    ("HL70396", "ACTRELSS"): "Subset of related targets", ("HL70396", "VIS"): "Vaccine Information Statement",
    ("HL70396", "RSPMODE"): "Response mode", ("HL70396", "ROLECLASS"): "Role class",
    ("HL70396", "PRTCPTNMODE"): "Participation mode", ("HL70396", "ROLECODE"): "Role code",
    ("HL70396", "PLR"): "PHLIP lab result code", ("HL70396", "PLT"): "PHLIP lab test code",
    ("HL70396", "GDRG2009"): "G-DRG German DRG Codes v2009", ("HL70396", "OPS2009"): "OPS Germany v2009",
    ("HL70396", "CAPECC"): "CAP electronic Cancer Checklist",
    ("HL70301", "DNS"): "Internet domain name or number", ("HL70301", "HCD"): "CEN healthcare coding scheme designator",
    ("HL70301", "ISO"): "ISO object identifier (OID)", ("HL70301", "Random"): "String of random bits, often base64",
    ("HL70301", "L"): "Local scheme", ("HL70301", "M"): "Local scheme", ("HL70301", "N"): "Local scheme",
    ("HL70356", "2.3"): "Escape sequences of HL7 v2.5, 2.7.2", ("HL70356", "ISO 2022-1994"): "ISO 2022-1994",
    ("HL70433", "N"): "No code (do not resuscitate)", ("HL70190", "RH"): "Registry home",
    ("HL70299", "A"): "No encoding, text", ("HL70299", "Base64"): "MIME base64 (RFC 1521)",
    ("HL70299", "Hex"): "Pairs of hexadecimal digits",
    ("HL70298", "F"): "Flat rate for the interval", ("HL70298", "P"): "Pro rata for the interval",
    ("HL70008", "AA"): "Application accept", ("HL70008", "AE"): "Application error",
    ("HL70008", "AR"): "Application reject", ("HL70008", "CA"): "Commit accept", ("HL70008", "CE"): "Commit error",
    ("HL70208", "OK"): "Data found", ("HL70208", "NF"): "No data found",
    ("HL70394", "T"): "Bolus (several responses at once, no batch)",
    ("HL70535", "C"): "Signed CMS-1500 claim form on file", ("HL70535", "M"): "Assignment of benefits signed, on file",
    ("HL70535", "P"): "Signed by the provider, patient not present",
    ("HL70535", "S"): "Release of information signed, on file",
    ("HL70008", "CR"): "Commit reject",
}

# Rows that stand for many codes: they become patterns, or the codes they abbreviate. None: no code at all.
# In a pattern # is a digit, @ a letter, * as many letters or digits as there are, at least one.
PATTERNS = {
    "HL70064": {"***": "@@A##"},  # the three letters of a grantee (MIA, CAA) and a number
    "HL70203": {"NNxxx": "NN@@@"},
    "HL70207": {"Not present": None},
    "HL70335": {"PRNxxx": "PRN*", "xID": "#ID", "U <spec>": None, "Meal Related Timings": None,
                **{f"Q<integer>{unit}": "Q*" for unit in ("D", "H", "J<day#>", "L", "M", "S", "W")}},
    "HL70356": {"<null>": None},
    "HL70396": {"99zzz": "99*", "99zzz or L": "99*", "NCPDPnnnnsss": "NCPDP####*", "X12DEnnnn": "X12DE####"},
}
# Named in the guide's narrative and in HL7 v2.5.1, missing from the facts.
MORE_PATTERNS = {"HL70396": ["HL7####"]}
MORE_CODES = {"HL70396": [("L", "Local code")]}
SPLIT = {"HL70301": {"L,M,N": ["L", "M", "N"]},
         "HL70141": {"E1... E9": [f"E{i}" for i in range(1, 10)], "O1 ... O9": [f"O{i}" for i in range(1, 10)],
                     "W1 ... W4": [f"W{i}" for i in range(1, 5)]},
         "HL70112": {"10 ...19": [str(i) for i in range(10, 20)], "21 ... 29": [str(i) for i in range(21, 30)],
                     "31 ... 39": [str(i) for i in range(31, 40)]}}


def read_facts():
    shared = Path(os.environ.get("IZ_SHARED") or HERE.parent.parent / "shared")
    file = shared / "data" / "guide" / "guide-facts.json"
    if not file.exists():
        sys.exit(f"{file} is missing: set IZ_SHARED to the folder that holds data/guide")
    return json.loads(file.read_text(encoding="utf-8"))


def plain(table):
    """The table without the mark of a guide's selection: HL70001_IZ -> HL70001."""
    return re.sub(r"_IZ$", "", table)


def clean(text):
    """One line of plain text: the facts hold stray spaces, markup and a few damaged quotation marks."""
    text = re.sub("\ucc3d\\?\\?", '"', text or "")
    return " ".join(re.sub(r"<[a-z]+>", " ", text).split())


def realign(codes):
    """Table 0396 lost one code's text, so that from ALPHAID2006 on each text stands one row too low."""
    codes = [list(c) for c in codes]
    at = [c[0] for c in codes]
    if "ALPHAID2006" not in at:
        return codes
    first, last = at.index("ALPHAID2006"), at.index("X12DEnnnn")
    if codes[first][1]:
        raise ValueError("table 0396: the texts are no longer shifted")
    texts = [c[1] for c in codes[first + 1:last + 1]] + ["ASC X12 code list nnnn"]
    for c, t in zip(codes[first:last + 1], texts):
        c[1] = t
    return codes


def content(table, published):
    """Rows [code, display, system] and patterns of one published table."""
    base, rows, patterns, seen = plain(table), [], [], set()
    codes = realign(published["codes"]) if base == "HL70396" else published["codes"]
    for code, display, system, *_ in codes:
        code = code.strip()
        if code in ("...", ""):
            continue
        if code in PATTERNS.get(base, {}):
            pattern = PATTERNS[base][code]
            patterns += [pattern] if pattern and pattern not in patterns else []
            continue
        for c in SPLIT.get(base, {}).get(code, [code]):
            if c in seen:
                continue
            seen.add(c)
            text = DISPLAYS.get((base, c)) or clean(display)
            text = re.sub(rf"^{re.escape(c)}\s*(--)?\s+(?=[A-Z])", "", text) if base == "NIP003" else text
            rows.append([c, text, "HL70104" if system == "0104" else system])
    for c, text in MORE_CODES.get(base, []) if rows else []:
        if c not in seen:
            rows.insert(0, [c, text, base])
    patterns = (MORE_PATTERNS.get(base, []) if rows else []) + patterns
    return rows, patterns


def is_local(p, table, rows):
    return table in p["valueSetsExcludedFromValidation"] or not rows


def table_of(facts, profile, table):
    """What `profile` says of a table, in our format, without its id; None if the profile does not have it."""
    p = facts["profiles"][profile]
    published = p["valueSets"].get(table)
    if published is None:
        return None
    rows, patterns = content(table, published)
    open_set = "Open" in (published["extensibility"], published["contentDefinition"])
    return {"name": NAMES.get(table) or clean(published["name"]), "local": is_local(p, table, rows),
            "open": open_set, "patterns": patterns, "rows": rows}


def codes_of(table):
    """What decides whether a code is right. The words for it are not part of that: the first profile's stand."""
    return table and {**table, "name": "", "rows": sorted((code, system) for code, _, system in table["rows"])}


def table_id(facts, profile, table):
    """The name by which `profile` binds a table: `ID@PROFILE`, with the first profile of these codes, where they are not
    those of the first profile of all."""
    table = MISSPELT.get(table, table)
    if table in FROM_CDC:
        return table
    mine = codes_of(table_of(facts, profile, table))
    have = [(p, t) for p in PROFILES if (t := codes_of(table_of(facts, p, table)))]
    if not have:
        raise ValueError(f"{profile} binds {table}, which no profile of PROFILES has")
    same = next((p for p, t in have if t == mine), profile)
    return table if mine is None or same == have[0][0] else f"{table}@{same}"


def wanted(facts, profile):
    """Tables that the profile binds, that its statements refer to, and CDC's sets for what an OBX may say."""
    p, out = facts["profiles"][profile], set()
    for owners, members in (("segments", "fields"), ("datatypes", "components")):
        for owner in p[owners].values():
            for e in owner.get(members) or []:
                out |= set(e["binding"].split(":")) if e.get("binding") else set()
    out |= set(re.findall(r'"ValueSetID": "([^"]+)"', json.dumps([p["conformanceStatements"], p["predicates"]])))
    out |= {v for v in p["valueSets"] if v.startswith("PHVS_")}
    return out - FROM_CDC


def derive(facts):
    """File name -> text."""
    tables = {}
    for profile in PROFILES:
        for table in sorted(wanted(facts, profile)):
            if table in facts["profiles"][profile]["valueSets"]:
                tables.setdefault(table_id(facts, profile, table), (table, profile))
    files = {f: [] for f in FILES}
    for tid in sorted(tables):
        table, profile = tables[tid]
        file = next((f for f, members in FILES.items() if plain(table) in members or table in members), None)
        if file is None:
            raise ValueError(f"no file of FILES claims table {table}")
        files[file].append((tid, table, table_of(facts, profile, table)))
    return {f"{f}.json": text(ts) for f, ts in files.items() if ts}


def text(tables):
    line = lambda v: json.dumps(v, ensure_ascii=False)  # noqa: E731
    out = []
    for tid, table, t in tables:
        systems = {r[2] for r in t["rows"]}
        own = systems.pop() if len(systems) == 1 else ""
        columns = ["code", "display"] if own or not t["rows"] else ["code", "display", "system"]
        if not t["rows"] and re.fullmatch(r"HL7\d{4}", plain(table)):
            own = plain(table)
        edition = HL7 if re.fullmatch(r"HL7\d{4}", table) else GUIDE
        head = {"id": tid, "name": t["name"], "system": own, **{k: True for k in ("local", "open") if t[k]},
                **({"patterns": t["patterns"]} if t["patterns"] else {}), "edition": edition, "columns": columns}
        rows = ",\n".join("   " + line(r[:len(columns)]) for r in t["rows"])
        out.append(f'  {line(head)[:-1]}, "rows": [' + (f"\n{rows}" if rows else "") + "]}")
    return '{"tables": [\n' + ",\n".join(out) + "]}\n"


def main():
    ap = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ap.add_argument("--check", action="store_true", help="compare with the files, write nothing")
    a = ap.parse_args()
    stale = []
    for name, new in derive(read_facts()).items():
        json.loads(new)
        file = HERE / name
        if file.exists() and file.read_text(encoding="utf-8") == new:
            continue
        stale.append(name)
        if not a.check:
            file.write_text(new, encoding="utf-8")
    print(f"{'differs' if a.check else 'written'}: {', '.join(stale) or 'nothing'}")
    return 1 if a.check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
