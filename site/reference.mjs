// Writes one HTML page for each rule, profile and code set of the engine's catalogue, and their lists; a tip sheet for each
// who mends things, the page about newborns without a name, and the pages about local profiles, which ship beside them:
//
//     node site/reference.mjs build/wasm/iz.mjs tests/samples site/dist/reference
//
// The examples are the rules' own, checked while the page is written: what stands beside "we say" is what the engine says.

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [module, samples, out] = process.argv.slice(2);
const { catalogue, check, compareMessages, example, localSchema, localTemplate, localUse, predict, version } = await import(pathToFileURL(resolve(module)));
const { profiles, rules, code_sets: codeSets } = catalogue();
const known = {
  rules: new Set(rules.map(r => r.id)), profiles: new Set(profiles.map(p => p.id)), codes: new Set(codeSets.map(c => c.id)),
};

// ---- words and marks

const html = text => String(text).replace(/[&<>"']/g, c => `&#${c.charCodeAt(0)};`);
/** Placeholders of a rule's words, which a finding fills in. */
const FILLED = {
  place: 'place', name: 'element', value: 'value', segment: 'segment', line: 'line', group: 'group', type: 'type', usage: 'usage',
  limit: 'limit', count: 'count', code_set: 'code set', edition: 'edition', nearest: '', condition: 'condition', dose: 'Dose n',
  date: 'date', other: 'the other value', days: 'n', age: 'age', allowed: 'the usual amount', counted: 'n', score: 'n', score_parts: 'its parts',
  label: 'the field', whole: 'the field', system: 'coding system', checked: 'what it was checked as', day: 'date', limit_day: 'date',
  kind: 'its kind', profile: 'profile', profiles: 'profiles', named_profile: 'another profile', value_type: 'type', value_types: 'types',
  right_system: 'coding system', vaccines: 'vaccines', makers: 'makers', right_ndc: 'the right NDC', vis_missing: 'what is missing',
  form: 'the right form', next: 'its end', misfit: 'does not stand where it belongs', ndc_form: 'in another form', line_ends: 'LF', line_end: 'LF',
  against: 'the other code', against_code: 'code', against_name: 'its name', code_name: 'its name', basis: 'what is known',
};
/** The same at the start of a sentence. */
const opening = text => text.replace(/^<var>[a-z]/, c => c.toUpperCase().replace('<VAR>', '<var>'));
const words = text => opening(html(text.replace('{segment}{group}', '{segment or group}')).replace('{segment or group}', '<var>segment or group</var>').replace(/\{(\w+)\}/g, (_, name) => (FILLED[name] ? `<var>${FILLED[name]}</var>` : '')));
const plain = text => text.replace(/\{(\w+)\}/g, (_, name) => FILLED[name] ?? name);
const SEVERITY = { error: 'Error', warning: 'Warning', info: 'Advice' };
const KIND = {
  structure: 'structure', usage: 'usage', predicate: 'condition predicate', cardinality: 'cardinality', length: 'length',
  format: 'format', value_set: 'value set', statement: 'conformance statement', quality: 'data quality', advice: 'advice',
};
const LAYER = { 'R1.5': 'Release 1.5', addendum: 'Addendum', local: 'local rule', quality: 'data quality', advice: 'advice' };
/** A file name for an id; ids are ours and hold nothing worse than @, : and ^. */
const file = id => `${id.replace(/[^A-Za-z0-9._-]/g, '-')}.html`;
const link = (folder, id, text = id) => (known[folder].has(id) ? `<a href="../${folder}/${file(id)}">${html(text)}</a>` : html(text));

/** One page; all of them lie one folder deep. */
function page(here, title, body) {
  const up = '../';
  const nav = [['rules', 'Rules'], ['profiles', 'Profiles'], ['codes', 'Code sets'], ['tips', 'Tip sheets'], ['local', 'Local profiles']]
    .map(([name, text]) => `<a href="${up}${name}/index.html"${name === here ? ' aria-current="true"' : ''}>${text}</a>`).join('');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${html(title)} - IZ Workbench</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${up}reference.css">
</head>
<body>
<header class="appbar"><a href="${up}../index.html"><span class="logo" aria-hidden="true">|^</span><span class="brand">IZ Workbench</span></a><nav aria-label="Reference">${nav}</nav></header>
<main>
${body}
</main>
<footer>IZ Workbench ${html(version().version)}. Written from the tables that the workbench checks with.</footer>
</body>
</html>
`;
}

/** A box that filters the rows with data-row below it, and the script that makes it work. */
const searchBox = label => `<p class="search" hidden><input type="search" aria-label="${label}" placeholder="${label}" autocomplete="off" spellcheck="false"><output class="muted" aria-live="polite"></output></p>
<script defer src="../search.js"></script>`;

const table = (head, rows, caption = '') => `<div class="scroll" tabindex="0"><table>${caption && `<caption>${html(caption)}</caption>`}<thead><tr>${head
  .map(h => `<th scope="col">${h}</th>`).join('')}</tr></thead><tbody>\n${rows.join('\n')}\n</tbody></table></div>`;

function write(folder, name, text) {
  mkdirSync(join(out, folder), { recursive: true });
  writeFileSync(join(out, folder, name), text);
}

// ---- rules

const sampleTexts = {};
const sample = name => (sampleTexts[name] ??= readFileSync(join(samples, `${name}.hl7`), 'utf8'));
const linesOf = text => text.split(/\r\n|\r|\n/).filter(Boolean);
/** The lines of one text that the other does not have. */
const ownLines = (text, other) => {
  const theirs = new Set(linesOf(other));
  return linesOf(text).filter(l => !theirs.has(l));
};

/** Lines of a message with the parts of findings marked; only those in `wanted` and those that hold a finding. */
function marked(text, wanted, findings) {
  const shown = [];
  let at = 0;
  for (const line of text.split('\n')) {
    const here = findings.filter(f => f.begin >= at && f.begin <= at + line.length).sort((a, b) => a.begin - b.begin);
    if (line && (here.length || wanted.includes(line.replace(/\r$/, '')))) {
      let piece = '', from = at;
      for (const f of here) {
        if (f.end <= f.begin || f.begin < from || f.end > at + line.length) continue;
        piece += `${html(text.slice(from, f.begin))}<mark>${html(text.slice(f.begin, f.end))}</mark>`;
        from = f.end;
      }
      shown.push(piece + html(text.slice(from, at + line.length)));
    }
    at += line.length + 1;
  }
  return shown.length > 8 ? [...shown.slice(0, 8), `… and ${shown.length - 8} more lines`] : shown;
}

const block = (kind, label, lines, none) => `<p class="label ${kind}">${label}</p><pre>${lines.length ? lines.join('\n') : `<span class="muted">${none}</span>`}</pre>`;

function examples(rule) {
  const wrong = [], right = [];
  rule.examples.forEach((e, number) => {
    const base = sample(e.base), text = example(rule.id, number, base);
    if (!e.finds.length) {
      const changed = ownLines(text, base);
      right.push(`<li>${html(e.says)}${changed.length ? `<pre>${changed.map(html).join('\n')}</pre>` : ''}</li>`);
      return;
    }
    const findings = check(text, { asOf: '2026-02-18', sender: e.sender }).flatMap(m => m.findings).filter(f => f.rule === rule.id);
    if (!findings.length) throw new Error(`${rule.id}: example ${number} finds nothing`);
    const own = ownLines(text, base), less = ownLines(base, text).length - own.length;
    wrong.push(`<section class="example"><h3>${html(e.says)}</h3>
${block('wrong', 'Wrong', [...marked(text, own, findings), ...(less > 0 ? [`<span class="muted">${less === 1 ? 'One line' : `${less} lines`} less than below</span>`] : [])], '')}
${block('right', 'Right', ownLines(base, text).map(html), 'Leave it out.')}
<p class="muted">We say: ${html(findings[0].title)}. ${html(findings[0].message)}</p></section>`);
  });
  return (wrong.length ? `<h2>Wrong and right</h2>\n${wrong.join('\n')}` : '')
    + (right.length ? `\n<h2>Not a fault</h2>\n<ul>${right.join('\n')}</ul>` : '');
}

const onWhat = s => (s.on === 'message' ? 'the message' : /^[A-Z0-9]{3}$/.test(s.on) ? `each ${s.on}` : s.on.includes('.') ? `each group ${s.on}` : `each element of type ${s.on}`);

function ruleStatements(rule) {
  if (!rule.statements.length)
    return `<p>This rule is checked wherever the tables of a <a href="../profiles/index.html">profile</a> ask for it.</p>`;
  const rows = rule.statements.map(s => `<tr><td>${link('profiles', s.profile)}</td><td>${html(onWhat(s))}</td><td>${html(s.if || 'always')}</td><td>${html(s.then || 'a check of its own: see above')}</td></tr>`);
  return table(['Profile', 'Looked at', 'When', 'Must hold'], rows);
}

function rulePage(rule) {
  return page('rules', `${rule.id}: ${plain(rule.title)}`, `<ul class="chips" aria-label="Kind of rule"><li class="code">${html(rule.id)}</li><li class="${rule.severity}">${SEVERITY[rule.severity]}</li><li>${LAYER[rule.layer]}</li><li>${KIND[rule.kind]}</li></ul>
<h1>${words(rule.title)}</h1>
<p class="lead">${words(rule.message)}</p>
<dl>
${rule.plain ? `<dt>Without HL7</dt><dd>${words(rule.plain)}</dd>\n` : ''}<dt>Why it matters</dt><dd>${words(rule.why) || 'It breaks nothing by itself.'}</dd>
<dt>How to fix</dt><dd>${words(rule.fix) || 'Nothing has to be done.'}</dd>
${rule.plain_fix ? `<dt>Without HL7</dt><dd>${words(rule.plain_fix)}</dd>\n` : ''}<dt>Who fixes</dt><dd><a href="../tips/${tipFile(rule.who)}">${html(rule.who)}</a></dd>
${/^newborn-/.test(rule.id) ? '<dt>See also</dt><dd><a href="../tips/newborn.html">Newborns without a legal name</a></dd>\n' : ''}
<dt>Source</dt><dd>${html(rule.source.document)}, ${html(rule.source.statement)}</dd>
${rule.note ? `<dt>Decided</dt><dd>${words(rule.note)}</dd>\n` : ''}</dl>
${examples(rule)}
<h2>Where it is checked</h2>
${ruleStatements(rule)}`);
}

function rulesIndex() {
  const parts = Object.keys(KIND).map(kind => [kind, rules.filter(r => r.kind === kind)]).filter(([, list]) => list.length);
  const order = (a, b) => a.id.localeCompare(b.id, 'en', { numeric: true });
  return page('rules', 'Rules', `<h1>Rules</h1>
<p class="lead">Everything that the workbench can say about a message: ${rules.length} rules.</p>
${searchBox('Search the rules')}
${parts.map(([kind, list]) => `<section data-part><h2>${KIND[kind][0].toUpperCase()}${KIND[kind].slice(1)}</h2>
<ul class="list">${list.sort(order).map(r => `<li data-row>${link('rules', r.id)}<span>${words(r.title)}</span><span>${SEVERITY[r.severity]} · ${LAYER[r.layer]}</span></li>`).join('\n')}</ul></section>`).join('\n')}`);
}

// ---- profiles

const bindingLinks = list => list.map(id => link('codes', id)).join(', ');

function elementRows(prefix, elements, typeIds, statements) {
  return elements.map(e => `<tr${prefix ? ` id="${prefix}-${e.number}"` : ''}><th scope="row">${prefix ? `${prefix}-` : ''}${e.number}</th><td class="wide">${html(e.name)}</td><td>${html(e.usage)}</td><td>${e.cardinality}</td><td>${
    typeIds.has(e.type) ? `<a href="#type-${e.type}">${html(e.type)}</a>` : html(e.type)}</td><td>${e.length}</td><td>${bindingLinks(e.binding)}</td><td class="wide">${html(e.condition)}${statements(e)}</td></tr>`);
}

function profilePage(p) {
  const complex = p.types.filter(t => t.components.length), typeIds = new Set(complex.map(t => t.id));
  const head = ['Place', 'Name', 'Usage', 'Cardinality', 'Type', 'Length', 'Code set', 'Condition'];
  const governing = on => {
    const ids = [...new Set(rules.filter(r => r.statements.some(s => s.profile === p.id && s.on === on)).map(r => r.id))];
    return ids.length ? `<p>Statements: ${ids.map(id => link('rules', id)).join(', ')}</p>` : '';
  };
  const structure = p.structure.map(s => `<tr><th scope="row">${'&#8195;'.repeat(s.depth)}${s.group ? html(s.name) : `<a href="#${s.name}">${s.name}</a>`}</th><td>${s.group ? 'group' : html(p.segments.find(x => x.name === s.name)?.title ?? '')}</td><td>${s.usage}</td><td>${s.cardinality}</td></tr>`);
  const groups = p.structure.filter(s => s.group).map(s => governing(s.name).replace('Statements', `Statements on ${s.name}`)).join('');
  return page('profiles', `${p.id}: ${p.title}`, `<ul class="chips" aria-label="Message"><li class="code">${html(p.id)}</li><li class="code">${html([p.type, p.event, p.message_structure].filter(Boolean).join('^'))}</li></ul>
<h1>${html(p.title)}</h1>
<p class="muted">${html(p.source)}</p>
<h2>Message structure</h2>
${table(['Segment or group', 'What', 'Usage', 'Cardinality'], structure)}
${governing('message').replace('Statements', 'Statements on the message')}${groups}
<h2>Segments</h2>
${p.segments.map(s => `<section><h3 id="${s.name}">${s.name}: ${html(s.title)}</h3>\n${governing(s.name)}${table(head, elementRows(s.name, s.fields, typeIds, () => ''))}</section>`).join('\n')}
<h2>Data types</h2>
${complex.map(t => `<section><h3 id="type-${t.id}">${html(t.id)}: ${html(t.name)}</h3>\n${governing(t.id)}${table(['Component', ...head.slice(1)], elementRows('', t.components, typeIds, () => ''))}</section>`).join('\n')}`);
}

const profilesIndex = () => page('profiles', 'Profiles', `<h1>Profiles</h1>
<p class="lead">What each message type must look like. A message says in MSH-21 which one it follows.</p>
<ul class="list">${profiles.map(p => `<li>${link('profiles', p.id)}<span>${html(p.title)}</span><span class="code">${html([p.type, p.event].filter(Boolean).join('^'))}</span></li>`).join('\n')}</ul>`);

// ---- code sets

/** Code set -> the places that it is bound at, as links. */
const boundAt = new Map();
for (const p of profiles)
  for (const [prefix, elements, anchor] of [...p.segments.map(s => [s.name, s.fields, n => `${s.name}-${n}`]), ...p.types.map(t => [t.id, t.components, () => `type-${t.id}`])])
    for (const e of elements)
      for (const id of e.binding) {
        if (!boundAt.has(id)) boundAt.set(id, []);
        boundAt.get(id).push(`<a href="../profiles/${file(p.id)}#${anchor(e.number)}">${p.id} ${prefix}${prefix.length === 3 && anchor(1) === `${prefix}-1` ? '-' : '.'}${e.number}</a>`);
      }

function codePage(set) {
  const { source, date, document } = set.edition;
  const own = set.codes.some(c => c.system && c.system !== set.codes[0].system), status = set.codes.some(c => c.status);
  // Tables that join others have few columns, and these are what they are for.
  const all = [...new Set(set.codes.flatMap(c => Object.keys(c.cells ?? {})))], columns = all.length <= 4 ? all : [];
  const cells = c => columns.map(name => `<td>${html(c.cells?.[name] ?? '')}</td>`).join('');
  const named = set.codes.some(c => c.display);
  const rows = set.codes.map(c => `<tr data-row><th scope="row" class="code">${html(c.code)}</th>${named ? `<td>${html(c.display)}</td>` : ''}${cells(c)}${own ? `<td>${html(c.system)}</td>` : ''}${status ? `<td>${html(c.status)}</td>` : ''}</tr>`);
  const notes = [];
  if (set.local) notes.push('Each site defines its own codes: every value is right.');
  if (set.open) notes.push('Others may add codes.');
  if (set.patterns.length) notes.push(`Codes of these forms are right, too: ${set.patterns.join(', ')} (# is a digit, @ a letter, * any letters or digits).`);
  const places = boundAt.get(set.id) ?? [];
  return page('codes', `${set.id}: ${set.name}`, `<ul class="chips" aria-label="Code set"><li class="code">${html(set.id)}</li>${!own && set.codes[0]?.system ? `<li class="code">${html(set.codes[0].system)}</li>` : ''}<li>${html(date)}</li></ul>
<h1>${html(set.name)}</h1>
<p>${html([source, document, date].filter(Boolean).join(', '))}. ${set.codes.length === 1 ? '1 code' : `${set.codes.length} codes`}. ${html(notes.join(' '))}</p>
${places.length ? `<p>Bound at ${places.slice(0, 40).join(', ')}${places.length > 40 ? ` and ${places.length - 40} more places` : ''}.</p>` : ''}
${rows.length > 12 ? searchBox('Search the codes') : ''}
${rows.length ? table(['Code', ...(named ? ['Meaning'] : []), ...columns, ...(own ? ['System'] : []), ...(status ? ['Status'] : [])], rows) : ''}`);
}

const codesIndex = () => page('codes', 'Code sets', `<h1>Code sets</h1>
<p class="lead">The tables that codes are looked up in, each with its edition.</p>
${searchBox('Search the code sets')}
<ul class="list">${codeSets.map(c => `<li data-row>${link('codes', c.id)}<span>${html(c.name)}</span><span>${c.codes.length} · ${html(c.edition.date)}</span></li>`).join('\n')}</ul>`);

// ---- tip sheets

const tipFile = who => `${who.toLowerCase().replace(/[^a-z]+/g, '-')}.html`;
const RANK = { error: 0, warning: 1, info: 2 };
/** Who mends: what their sheet is called, and for whom it is written. */
const SHEETS = {
  'Clinic staff': ['What the clinic mends', 'For those who give and record vaccines.'],
  'Registration desk': ['What the registration desk mends', 'For those who record who the patient is.'],
  'Interface analyst': ['What the interface analyst mends', 'For those who look after the messages to the registry.'],
  'EHR vendor': ['What the vendor of the record system mends', 'For those who build the messages.'],
  'Code-set owner': ['What the owner of the code tables mends', 'For those who keep the codes of vaccines, makers and products up to date.'],
  'Registry': ['What the registry mends', 'For those who run the immunization registry: faults in what it sends.'],
};
/** Who knows no HL7 is not told any. */
const withoutHl7 = who => who === 'Clinic staff' || who === 'Registration desk';
const ON_ONE_PAGE = 36;

function tipSheet(who) {
  const [title, lead] = SHEETS[who];
  const list = rules.filter(r => r.who === who).sort((a, b) => RANK[a.severity] - RANK[b.severity] || a.id.localeCompare(b.id, 'en', { numeric: true }));
  const item = (r, more) => `<li${more ? ' class="more"' : ''}><b class="${r.severity}">${SEVERITY[r.severity]}</b> ${words(withoutHl7(who) ? r.plain : r.title)}${/[.:]$/.test(withoutHl7(who) ? r.plain : r.title) ? '' : '.'} <span>${words((withoutHl7(who) && r.plain_fix) || r.fix) || 'Nothing has to be done.'}</span> <a href="../rules/${file(r.id)}">${html(r.id)}</a></li>`;
  const rest = list.length - ON_ONE_PAGE;
  return page('tips', title, `<h1>${title}</h1>
<p class="lead">${lead} What can be wrong, the gravest first, and what to do about it.</p>
${rest > 0 ? `<p class="muted">Printed, the sheet is one page with the first ${ON_ONE_PAGE}.</p>` : ''}
<ol class="tips">
${list.map((r, i) => item(r, i >= ON_ONE_PAGE)).join('\n')}
</ol>
${rest > 0 ? `<p class="rest">And ${rest} more that are seldom or harmless: IZ Workbench, tip sheets.</p>` : ''}`);
}

// ---- newborns without a name

const change = (text, segment, field, value) => text.replace(new RegExp(`^(${segment}(?:\\|[^|\\r\\n]*){${field - 1}}\\|)[^|\\r\\n]*`, 'm'), (_, before) => before + value);

function newbornPage() {
  const first = sample('vxu-newborn'), named = change(first, 'PID', 5, 'Harrowgate^Linnea^^^^^L');
  const unnamed = check(first, { asOf: '2026-02-18' }).flatMap(m => m.findings).find(f => f.rule === 'newborn-unnamed');
  if (!unnamed) throw new Error('The newborn of the samples has a name');
  const other = change(change(named, 'PID', 3, 'AP-40112^^^ALDERPED^MR'), 'ORC', 3, '9977^ALDERPED');
  const told = text => {
    const { newborn } = compareMessages(first, text);
    if (!newborn) throw new Error('The follow-up of the newborn is not recognized');
    const mark = { yes: 'the same', no: 'differs', missing: 'not in both' };
    return `<p><b>${html(newborn.summary)}</b></p>
${table(['What a registry compares', 'First message', 'Second message', ''], newborn.items.map(i => `<tr><th scope="row">${html(i.what)}</th><td>${html(i.before)}</td><td>${html(i.after)}</td><td>${mark[i.same]}</td></tr>`))}`;
  };
  const line = (text, name) => `<pre>${html(linesOf(text).find(l => l.startsWith(name)))}</pre>`;
  const asked = rules.filter(r => /^newborn-/.test(r.id) && r.id !== 'newborn-unnamed');
  return page('tips', 'Newborns without a legal name', `<h1>Newborns without a legal name</h1>
<p class="lead">The first dose, mostly hepatitis B, is given hours after birth. The name comes days later. What is sent in between decides whether the registry has one child or two.</p>
<h2>1. At birth: send what is known, under a placeholder</h2>
<p>Do not wait for the name: the dose belongs into the registry at once. A placeholder that says whose child it is, such as the mother’s first name and the sex, is confused less than one that half of the ward has.</p>
${line(first, 'PID')}
<p>The workbench says here: <b>${html(unnamed.title)}</b>. ${html(unnamed.plain)} It is no fault. Words such as Baby, Boy, Girl, Newborn, Twin, BB, BG or NB are recognized alone, run together, with a number or with the mother’s name, and only for a child of at most 60 days: Babette, Boyd and Newborne are names.</p>
<h2>2. What lets the registry find the child again</h2>
<p>The name will change, so everything else must not. Of each of these the workbench reminds when it is missing and the baby has no name yet.</p>
<ul>
${asked.map(r => `<li>${link('rules', r.id, r.plain.replace(/, and the baby has no name yet/, ''))} ${words(r.plain_fix || r.fix)}</li>`).join('\n')}
</ul>
<p>The type of the name (PID-5.7) has no code for a temporary one: L is right. Invent none. Some registries want it otherwise, and have lists of names that they refuse: their local guide says so.</p>
<h2>3. When the name is known: change the chart, do not open another</h2>
<p>The second message has the same record number (PID-3, type MR), the same birth date, the same number of the dose (ORC-3), and the name. The dose is sent again, as an update (RXA-21 is U, or A where the registry wants that).</p>
${line(named, 'PID')}
<p>Opened beside the first in Compare, the workbench recognizes the follow-up:</p>
${told(named)}
<h2>4. When a second chart was opened</h2>
<p>Another record number and another number of the dose: nothing ties the two together, and the child has two records with half of its doses each. The clinic merges its charts and tells the registry.</p>
${told(other)}`);
}

const tipsIndex = () => page('tips', 'Tip sheets', `<h1>Tip sheets</h1>
<p class="lead">One page for each who mends what a message has wrong, to print and to hang up.</p>
<ul class="list">${Object.entries(SHEETS).map(([who, [title, lead]]) => `<li><a href="../tips/${tipFile(who)}">${html(who)}</a><span>${html(title)}. ${html(lead)}</span><span>${rules.filter(r => r.who === who).length} rules</span></li>`).join('\n')}
<li><a href="../tips/newborn.html">Newborns</a><span>Newborns without a legal name: what to send at birth and when the name is known.</span><span></span></li></ul>`);

for (const { who } of rules) if (!SHEETS[who]) throw new Error(`There is no tip sheet for ${who}`);

// ---- local profiles

const LOCAL = new URL('../core/local/', import.meta.url);
const CHANGE = { tighter: 'tighter', new: 'new', relaxed: 'relaxed', wording: 'other words' };
const localFiles = readdirSync(LOCAL).filter(name => name.endsWith('.json')).sort();
const localText = name => readFileSync(new URL(name, LOCAL), 'utf8');
/** What a call says with a local profile on top. */
function withLocal(text, f) {
  const used = localUse(text, { asOf: '2026-02-18' });
  if (used.examples.failed.length) throw new Error(used.examples.failed[0]);
  try {
    return f(used);
  } finally {
    localUse(null);
  }
}

function localPage(name) {
  const text = localText(name), profile = JSON.parse(text);
  return withLocal(text, used => page('local', used.title, `<h1>${html(used.title)}</h1>
<p class="lead">${html(profile.note)}</p>
<dl class="facts"><dt>Edition</dt><dd>${html(used.edition)}</dd>
<dt>Source</dt><dd>${html(profile.source)}</dd>
<dt>File</dt><dd><a href="${name}" download>${name}</a></dd>
<dt>Template</dt><dd><a href="${name.replace('.json', '-template.html')}">for people</a>, <a href="${name.replace('.json', '-template.csv')}" download>for a spreadsheet</a></dd></dl>
<h2>What it changes</h2>
${table(['Place or rule', 'What', 'Nationally', 'Here', '', 'Own code'], used.changes.map(c => `<tr><th scope="row">${html(c.at || c.rule)}</th><td>${words(c.title)}</td><td>${html(c.national)}</td><td>${html(c.here)}</td><td>${CHANGE[c.kind]}</td><td>${html(c.code)}</td></tr>`))}
<h2>The file</h2>
<pre>${html(text)}</pre>`));
}

/** A lesson: the message of a lesson with and without a profile, and the answer that each would get. */
function localIndex() {
  const { $defs, properties } = JSON.parse(localSchema());
  const keys = $defs.change.properties;
  const whole = sample('vxu-two-doses'), message = linesOf(whole).filter(l => !l.startsWith('RXR')).join('\r');
  const told = () => {
    const errors = check(message, { asOf: '2026-02-18' })[0].findings.filter(f => f.severity === 'error');
    const p = predict(message, { asOf: '2026-02-18' });
    return { errors, summary: p.summary, err: p.ack.split('\r').filter(l => l.startsWith('ERR')) };
  };
  const before = told(), after = withLocal(localText('route-required.json'), told);
  if (before.errors.length || !after.err.length) throw new Error('The lesson about local profiles does not show what it says');
  const own = JSON.parse(localText('route-required.json')).rules.find(r => r.id === 'WB-520');
  return page('local', 'Local profiles', `<h1>Local profiles</h1>
<p class="lead">Each registry rejects for reasons of its own. A local profile says only what differs from the national rules: a file that anyone can read, edit, compare, share and run.</p>
<ul class="list">${localFiles.map(name => { const p = JSON.parse(localText(name)); return `<li><a href="../local/${file(p.id)}">${html(p.title)}</a><span>${html(p.note.replace(/^Shows: /, ''))}</span><span>${(p.changes ?? []).length + (p.rules ?? []).length} changes</span></li>`; }).join('\n')}</ul>
<p>All four are invented. <a href="local-profile.schema.json" download>The JSON Schema</a> · <a href="national-template.csv" download>The national rules as a template for a spreadsheet</a></p>
<h2>Write one, step by step</h2>
<ol>
<li><p>Begin with a name and an edition.</p><pre>{
  "local_profile": 1,
  "id": "westbrook",
  "title": "Westbrook IIS",
  "edition": "2026-01-15",
  "changes": []
}</pre></li>
<li><p>Ask for more at a place, or be stricter with a rule. The code and the words are what your answers say.</p><pre>${html('{"at": "PID-11", "usage": "R", "code": "WB-311", "message": "The patient\'s address is required here."}\n{"rule": "address-incomplete", "severity": "error", "code": "WB-312"}')}</pre></li>
<li><p>Asking for less is refused, unless the change says why: the guide may be constrained further and not contradicted.</p><pre>${html('{"at": "NK1-3", "severity": "warning", "relaxes": "Clinics that treat adults have no next of kin in their records."}')}</pre></li>
<li><p>What no rule asks for is a rule of your own, with examples that are its tests.</p><pre>${html(JSON.stringify({ id: own.id, title: own.title, severity: own.severity, loses: own.loses, statements: own.statements, examples: own.examples }, null, 2))}</pre></li>
<li><p>See that it is right: <code>iz local validate westbrook.json</code> reads it, names the line of a fault, and runs the examples. <code>iz local diff westbrook.json</code> lists what it changes, with a second file what differs between the two.</p></li>
<li><p>Use it: <code>iz check --local westbrook.json message.hl7</code>, and the same with <code>predict</code>, <code>interpret</code> and <code>triage</code>. Of two doses without route and site the guide says: <b>${html(before.summary)}</b> With the profile of Westbrook: <b>${html(after.summary)}</b> The answer has</p><pre>${html(after.err.join('\n'))}</pre></li>
<li><p>Publish it: <code>iz local template --format html westbrook.json</code> is the page for those who send; <code>iz local template westbrook.json</code> the table for a spreadsheet, and <code>iz local import</code> reads that again.</p></li>
</ol>
<h2>What a change may say</h2>
${table(['Key', 'What', 'Values'], Object.entries(keys).map(([name, k]) => `<tr><th scope="row">${name}</th><td>${html(k.description)}</td><td>${html((k.enum ?? []).join(', '))}</td></tr>`))}
<h2>What a profile may have</h2>
${table(['Key', 'What'], Object.entries(properties).map(([name, k]) => `<tr><th scope="row">${name}</th><td>${html(k.description)}</td></tr>`))}`);
}

// ---- all pages

for (const rule of rules) write('rules', file(rule.id), rulePage(rule));
for (const p of profiles) write('profiles', file(p.id), profilePage(p));
for (const set of codeSets) write('codes', file(set.id), codePage(set));
for (const who of Object.keys(SHEETS)) write('tips', tipFile(who), tipSheet(who));
write('tips', 'newborn.html', newbornPage());
write('tips', 'index.html', tipsIndex());
write('local', 'index.html', localIndex());
write('local', 'local-profile.schema.json', localSchema());
write('local', 'national-template.csv', localTemplate());
for (const name of localFiles) {
  const text = localText(name);
  write('local', file(JSON.parse(text).id), localPage(name));
  write('local', name, text);
  for (const form of ['csv', 'html']) withLocal(text, () => write('local', name.replace('.json', `-template.${form}`), localTemplate(form)));
}
write('rules', 'index.html', rulesIndex());
write('profiles', 'index.html', profilesIndex());
write('codes', 'index.html', codesIndex());
console.log(`${rules.length} rules, ${profiles.length} profiles, ${codeSets.length} code sets`);
