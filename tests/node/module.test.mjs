// The module's own promises: objects, offsets, forms of input, errors.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { iz, root, sample, shared } from './engine.mjs';

const asOf = '2026-02-18';
const twoDoses = sample('vxu-two-doses');
const KINDS = ['structure', 'usage', 'predicate', 'cardinality', 'length', 'format', 'value_set', 'statement', 'quality', 'advice'];

/** A message with a value that is in no code set. */
const wrongUnit = (text) => text.replace('|mL^mL^UCUM|', '|ML^mL^UCUM|');

test('check gives one plain object for each message', () => {
  const results = iz.check(twoDoses + sample('ack-accepted'), { asOf });
  assert.equal(results.length, 2);
  assert.deepEqual(results.map((r) => r.index), [0, 1]);
  assert.deepEqual(results.map((r) => r.profile), ['Z22', 'Z23']);
  assert.deepEqual(results.map((r) => r.as_of), [asOf, asOf]);
  assert.equal(results[0].control_id, 'AP-20260217-0101');
  assert.ok(results.every((r) => r.found && Object.getPrototypeOf(r) === Object.prototype));
});

test('a finding has a place, a sentence and a source', () => {
  const [result] = iz.check(wrongUnit(twoDoses), { asOf });
  const finding = result.findings.find((f) => f.path === 'RXA[1]-7[1].1');
  assert.ok(finding, 'the wrong unit is found');
  assert.equal(finding.severity, 'error');
  assert.equal(finding.kind, 'value_set');
  assert.equal(finding.erl, 'RXA^1^7^1^1');
  assert.equal(finding.line, 6);
  assert.equal(result.text.slice(finding.begin, finding.end), 'ML');
  for (const key of ['rule', 'title', 'message', 'why', 'fix', 'who', 'layer']) assert.notEqual(finding[key], '', key);
  assert.notEqual(finding.source.document, '');
});

test('every finding keeps to the declared words and ranges', () => {
  for (const name of ['vxu-two-doses', 'vxu-newborn', 'vxu-refusal', 'ack-accepted', 'ack-errors']) {
    // every third field of every segment is emptied, so that much is found
    const broken = sample(name).replace(/\|[^|\r]*\|([^|\r]*)\|/g, (all, third, at) => (at < 30 ? all : `||${third}|`));
    for (const r of iz.check(broken, { asOf })) {
      assert.ok(r.findings.length > 0);
      r.findings.forEach((f, i) => {
        assert.ok(KINDS.includes(f.kind), f.kind);
        assert.ok(['error', 'warning', 'info'].includes(f.severity), f.severity);
        assert.ok(['R1.5', 'addendum', 'local', 'quality', 'advice'].includes(f.layer), f.layer);
        assert.ok(f.begin <= f.end && f.end <= r.text.length);
        assert.ok(f.follows === null || (f.follows >= 0 && f.follows < r.findings.length && f.follows !== i));
      });
    }
  }
});

test('offsets are UTF-16 units, whatever stands before', () => {
  for (const before of ['é', '日本', '🧒', '👩‍👧‍👦', '\ud83d', 'a\udc00b', 'ﬁ\u0301']) {
    const text = wrongUnit(twoDoses).replace('Thistlewood^Marlo', `Thistlewood${before}^Marlo`);
    const [result] = iz.check(text, { asOf });
    assert.equal(result.text, text, 'the text is given back as it came');
    const finding = result.findings.find((f) => f.path === 'RXA[1]-7[1].1');
    assert.equal(text.slice(finding.begin, finding.end), 'ML', before);
    assert.equal(iz.explain(text, finding.begin, { asOf }).path, 'RXA[1]-7[1].1');
  }
});

test('a message is taken out of other forms, and where it stood is said', () => {
  const json = `{"id": "é🧒", "payload": ${JSON.stringify(wrongUnit(twoDoses))}}`;
  const [result] = iz.check(json, { asOf });
  assert.equal(result.control_id, 'AP-20260217-0101');
  assert.ok(result.notes.length > 0);
  const finding = result.findings.find((f) => f.path === 'RXA[1]-7[1].1');
  assert.equal(result.text.slice(finding.begin, finding.end), 'ML');
  const part = json.slice(result.input.begin, result.input.end);
  assert.match(part, /^"?MSH\|.*AP-20260217-0101/);
});

test('bytes are read in the encoding they are in', () => {
  const accented = twoDoses.replace('Marlo', 'Märlo');
  const [fromText] = iz.check(accented, { asOf });
  const [fromBytes] = iz.check(new TextEncoder().encode(accented), { asOf });
  assert.deepEqual(fromBytes.findings, fromText.findings);
  const [wide] = iz.check(new Uint8Array(Buffer.from(`\ufeff${accented}`, 'utf16le')), { asOf });
  assert.deepEqual(wide.findings, fromText.findings);
  assert.equal(wide.text, accented);
});

test('explain names a place and decodes its value', () => {
  const e = iz.explain(twoDoses, 'PID-10.1', { asOf });
  assert.equal(e.path, 'PID[1]-10[1].1');
  assert.equal(e.value, '2106-3');
  assert.match(e.decoded, /White/);
  assert.equal(e.defined, true);
  assert.equal(e.present, true);
  assert.equal(twoDoses.slice(e.begin, e.end), '2106-3');
  assert.deepEqual(iz.explain(twoDoses, e.begin + 1, { asOf }), e);
  assert.equal(iz.explain(twoDoses, 'PID-29', { asOf }).value, '');
});

test('explain and summary take the message that is asked for', () => {
  const both = twoDoses + sample('ack-accepted');
  assert.equal(iz.explain(both, 'MSH-9.1', { asOf }).value, 'VXU');
  assert.equal(iz.explain(both, 'MSH-9.1', { asOf, message: 1 }).value, 'ACK');
  const s = iz.summary(both, { asOf });
  assert.match(s.headline, /Thistlewood/);
  assert.equal(s.doses.length, 2);
  assert.deepEqual(s.doses.map((d) => d.kind), ['given', 'historical']);
  for (const place of [...s.lines, ...s.doses]) assert.ok(place.begin <= place.end && place.end <= both.length);
  assert.throws(() => iz.summary(both, { message: 2 }), RangeError);
});

test('iz.d.ts names the members that there are, and no others', () => {
  const text = readFileSync(join(root, 'web/iz.d.ts'), 'utf8');
  const declared = (name) => {
    const body = new RegExp(`export interface ${name} \\{\\n([^]*?)\\n\\}`).exec(text)[1];
    return [...body.matchAll(/^ {2}(\w+)\??:/gm)].map((m) => m[1]).sort();
  };
  const [message] = iz.check(wrongUnit(twoDoses), { asOf });
  assert.deepEqual(Object.keys(message).sort(), declared('CheckedMessage'));
  // `plain` and `plain_fix` are of the rules that have them, `local` of what a local profile changes.
  const members = new Set(message.findings.flatMap((f) => Object.keys(f)));
  assert.deepEqual([...members.add('plain').add('plain_fix').add('local')].sort(), declared('Finding'));
  assert.ok(message.findings.every((f) => Object.keys(f).length >= members.size - 3));
  assert.deepEqual(Object.keys(iz.explain(twoDoses, 'PID-5', { asOf })).sort(), declared('Explanation'));
  assert.deepEqual(Object.keys(iz.summary(twoDoses, { asOf })).sort(), declared('Summary'));
  assert.deepEqual(Object.keys(iz.version()).sort(), declared('Version'));
  assert.deepEqual(Object.keys(iz.codeShow('CVX', '03')).sort(), declared('CodePage'));
  assert.deepEqual(Object.keys(iz.codeSearch('03')).sort(), declared('CodeHits'));
  assert.deepEqual(Object.keys(iz.codeTables()[0]).sort(), declared('CodeTable'));
});

test('version names the code sets with their editions', () => {
  const v = iz.version();
  assert.match(v.version, /^\d+\.\d+\.\d+$/);
  assert.ok(v.rules > 50);
  assert.ok(['Z22', 'Z23'].every((id) => v.profiles.some((p) => p.id === id)));
  assert.match(v.code_sets.find((c) => c.id === 'CVX').edition.date, /^\d{4}-\d\d-\d\d$/);
});

test('codes: a page, its uses in a message, a search, the tables with their age', () => {
  const page = iz.codeShow('CVX', '62');
  assert.equal(page.heading, 'HPV, quadrivalent');
  assert.ok(page.links.some((l) => l.title === 'Trade names' && l.rows[0].code === 'GARDASIL'));
  assert.equal(iz.codeShow('CVX', 'none').found, false);
  const [carton] = iz.codeSearch('0006-4109-02').hits;
  assert.equal(`${carton.table} ${carton.code}`, 'NDC_Sale 00006-4109-02');
  const hits = iz.codeSearch('gardsil', { table: 'TradeName', limit: 1 });
  assert.match(hits.hits[0].code, /^gardasil/i);
  assert.equal(hits.hits.length, 1);
  assert.ok(hits.total > 1);
  const text = `\u00e4\n${twoDoses}`;
  const at = iz.explain(text, 'RXA-5.1', { asOf });
  const used = iz.codeShow('CVX', at.value, { text, asOf }).uses;
  assert.equal(used[0].path, 'RXA[1]-5[1].1');
  assert.deepEqual([used[0].begin, used[0].end], [at.begin, at.end]);
  const cvx = iz.codeTables({ asOf: '2025-12-19' }).find((t) => t.id === 'CVX');
  assert.deepEqual([cvx.rows, cvx.age], [288, 10]);
  assert.throws(() => iz.codeShow('NONE', '1'), /NONE/);
  assert.throws(() => iz.codeShow('CVX'), TypeError);
  assert.throws(() => iz.codeSearch('x', { limit: 0 }), TypeError);
  assert.throws(() => iz.codeShow('CVX', '03', { text: twoDoses, message: 7 }), RangeError);
});

test('a wrong argument is refused with one sentence; no text is', () => {
  assert.throws(() => iz.check(undefined), TypeError);
  assert.throws(() => iz.check(7), TypeError);
  assert.throws(() => iz.check(twoDoses, { profile: 'Z99' }), /Z99/);
  assert.throws(() => iz.check(twoDoses, { asOf: '2026-02-30' }), /2026-02-30/);
  assert.throws(() => iz.check(twoDoses, { asOf: 20260218 }), TypeError);
  assert.throws(() => iz.explain(twoDoses, 'PID-five'), /PID-five/);
  assert.throws(() => iz.explain(twoDoses, -1), TypeError);
  assert.throws(() => iz.explain(twoDoses), TypeError);
  assert.throws(() => iz.summary(twoDoses, { message: 0.5 }), TypeError);
  for (const text of ['', ' ', '\0', 'MSH', 'MSH|', 'MSH|^~\\&', '\ud800', '{"a": "', '\u000b\u001c\r', 'PID|1\r', '|'.repeat(5000)]) {
    for (const r of iz.check(text)) assert.ok(Array.isArray(r.findings));
    assert.equal(typeof iz.explain(text, 0).path, 'string');
    assert.equal(typeof iz.explain(text, 'PID-3', { message: 0 }).path, 'string');
    assert.equal(typeof iz.summary(text).headline, 'string');
  }
});

test('an offset past the end means the end', () => {
  const last = iz.explain(twoDoses, twoDoses.length);
  assert.deepEqual(iz.explain(twoDoses, twoDoses.length + 1000), last);
  assert.deepEqual(iz.explain(twoDoses, Number.MAX_SAFE_INTEGER), last);
});

test('nothing is kept from one call to the next', () => {
  const before = JSON.stringify(iz.check(twoDoses, { asOf }));
  iz.check(wrongUnit(twoDoses), { asOf: '2030-01-01' });
  assert.throws(() => iz.check(twoDoses, { profile: 'none' }));
  iz.explain(wrongUnit(twoDoses), 'RXA-7');
  assert.equal(JSON.stringify(iz.check(twoDoses, { asOf })), before);
  const memory = iz.internals.HEAPU8.length;
  for (let i = 0; i < 3000; i++) iz.check(twoDoses, { asOf });
  assert.equal(iz.internals.HEAPU8.length, memory, 'memory does not grow');
});

test('thousands of messages in one text', () => {
  const many = twoDoses.repeat(2000);
  const results = iz.check(many, { asOf });
  assert.equal(results.length, 2000);
  assert.equal(results[1999].text, twoDoses);
  assert.deepEqual(results[1999].input, { begin: 1999 * twoDoses.length, end: 2000 * twoDoses.length });
});

test('the command says the same, on real messages', (t) => {
  const command = process.env.IZ_BIN ?? join(root, 'build/native/iz');
  const file = join(shared, 'data/conformance/natural.jsonl');
  if (!existsSync(file) || !existsSync(command)) return t.skip('needs the shared data and the command iz');
  const texts = readFileSync(file, 'utf8').trim().split('\n').map((line) => JSON.parse(line).er7)
    .filter((text) => /\|(VXU|ACK)\b/.test(text.split('\r')[0]));
  assert.ok(texts.length > 50);
  const input = texts.join('\r');
  const run = spawnSync(command, ['check', '--as-of', asOf, '--format', 'jsonl', '-'], { input, maxBuffer: 1 << 28 });
  assert.equal(run.stderr.toString(), '');
  const native = run.stdout.toString().trim().split('\n').map((line) => JSON.parse(line));
  const ours = iz.check(input, { asOf });
  assert.equal(ours.length, native.length);
  const plain = ({ rule, kind, severity, path, line, message, source, layer, follows }) => ({ rule, kind, severity, path, line, message, source, layer, follows });
  ours.forEach((r, i) => {
    assert.equal(r.control_id, native[i].control_id);
    assert.equal(r.profile, native[i].profile);
    assert.deepEqual(r.findings.map(plain), native[i].findings.map(plain));
    const bytes = Buffer.from(r.text);
    r.findings.forEach((f, k) => {
      const { begin, end } = native[i].findings[k];
      assert.equal(r.text.slice(f.begin, f.end), bytes.subarray(begin, end).toString());
    });
  });
});

test('a message is wrapped and unwrapped', () => {
  const request = iz.soapWrap(twoDoses, { username: 'u<1', facilityID: 'F1' });
  assert.ok(request.includes('&#xD;PID|1|') && request.includes('>PASSWORD<'));
  const read = iz.soapUnwrap(request);
  assert.equal(read.form, 'soap_request');
  assert.deepEqual([read.soap.version, read.soap.service, read.soap.username, read.soap.facility_id], ['1.2', '2011', 'u<1', 'F1']);
  assert.equal(read.messages[0].text, twoDoses);
  assert.ok(request.slice(read.messages[0].begin, read.messages[0].end).startsWith('MSH|^~\\&amp;|'));
  assert.deepEqual(read.problems.map((p) => p.id), []);
  assert.equal(iz.soapUnwrap(iz.soapWrap(twoDoses)).problems[0].id, 'placeholder');
  assert.throws(() => iz.soapWrap('nothing'), RangeError);
  assert.throws(() => iz.soapWrap(twoDoses, { message: 1 }), RangeError);
  assert.throws(() => iz.soapWrap(twoDoses, { username: 1 }), TypeError);
});

test('a fault has an explanation, anything has a form', () => {
  const fault = '<E:Envelope xmlns:E="http://schemas.xmlsoap.org/soap/envelope/"><E:Body><E:Fault><faultcode>E:Client</faultcode>'
    + '<faultstring>é: invalid username</faultstring></E:Fault></E:Body></E:Envelope>';
  const read = iz.soapUnwrap(fault);
  assert.equal(read.fault.kind, 'security');
  assert.equal(read.trouble.strategy, 'CORRECT_MESSAGE');
  assert.ok(read.problems.some((p) => p.id === 'version_1_1' && fault.slice(p.begin, p.end).startsWith('<E:Envelope')));
  for (const [text, form] of [['', 'nothing'], ['SUCCESS', 'text'], ['<html><title>x</title></html>', 'html'],
    ['HTTP/1.1 503 No\r\n\r\n', 'http'], [sample('ack-accepted'), 'hl7']]) assert.equal(iz.soapUnwrap(text).form, form);
  assert.equal(iz.soapUnwrap(new Uint8Array(64)).form, 'binary');
});

test('a masked copy tells no name', () => {
  const copy = iz.masked(twoDoses);
  assert.ok(!copy.includes('Thistlewood') && copy.includes('XXXXXXXXXXX'));
  assert.ok(copy.startsWith(twoDoses.slice(0, twoDoses.indexOf('\r'))));
});

test('predict says what would be stored and writes the acknowledgment', () => {
  const broken = twoDoses.replace('20^DTaP^CVX', '831^DTaP^CVX').replace('Marlo', 'é🧒');
  const p = iz.predict(broken, { asOf, controlId: 'NS-1', time: '20260218093000-0500' });
  assert.equal(p.outcome, 'partial');
  assert.deepEqual(p.doses.map((d) => d.stored), ['yes', 'no']);
  assert.equal(p.summary, '1 of 2 doses would be stored. Dose 2 would be dropped.');
  const fault = p.faults.find((f) => f.fate === 'group_dropped');
  assert.equal(fault.dose, 2);
  const [checked] = iz.check(broken, { asOf });
  assert.equal(checked.text.slice(fault.begin, fault.end), '831');
  assert.equal(checked.findings[fault.finding].path, fault.path);
  assert.match(p.ack, /^MSH\|.*\|NS-1\|.*\rMSA\|AE\|AP-20260217-0101\rERR\|\|RXA\^2\^5/);
  const [ack] = iz.check(p.ack, { asOf });
  assert.equal(ack.profile, 'Z23');
  assert.equal(ack.findings.filter((f) => f.severity === 'error').length, 0);
  assert.equal(iz.predict(sample('ack-accepted')).applies, false);
  assert.throws(() => iz.predict(twoDoses, { controlId: 4 }), TypeError);
});

test('queryAnswer reads history, forecast and candidates', () => {
  const a = iz.queryAnswer(sample('rsp-z42'), { asOf });
  assert.equal(a.history.length, 1);
  assert.equal(a.history[0].validity, 'valid');
  assert.equal(a.forecast[0].status, 'later');
  assert.equal(a.timelines[0].rows[0].marks[0].kind, 'valid');
  assert.match(a.csv.history, /^Patient,Given,/);
  const text = sample('rsp-z42');
  assert.ok(text.slice(a.forecast[0].begin).startsWith('OBX|6|'));

  const list = iz.queryAnswer(sample('rsp-z31').replace(/QPD.*?[\r\n]+/, ''), { sent: sample('qbp-z34') });
  const name = list.candidates.find((row) => row.label === 'Name');
  assert.equal(name.asked, 'Marlo Finch Thistlewood');
  assert.deepEqual(name.cells.map((c) => c.differs_from_query), [false, true]);
  assert.equal(iz.queryAnswer(twoDoses).is_answer, false);

  const read = iz.interpret(sample('rsp-z42'), sample('qbp-z44'), { asOf });
  assert.equal(read.outcome, 'match');
  assert.equal(read.history[0].vaccine, 'MMR');
  assert.equal(iz.interpret(sample('ack-accepted')).history, undefined);
});

test('a copy without the person: the same seed, the same surrogates; the check says the same', () => {
  const seed = 'a secret of the tests';
  const copy = iz.deidentify(twoDoses, { asOf, seed });
  assert.ok(!/Thistlewood|Marlo/.test(copy.text), copy.text);
  assert.deepEqual(copy.otherwise, []);
  assert.ok(copy.values > 20 && copy.days > 0 && copy.remains.length >= 2);
  assert.equal(iz.deidentify(twoDoses, { asOf, seed }).text, copy.text);
  assert.notEqual(iz.deidentify(twoDoses, { asOf, seed: 'another secret of the tests' }).text, copy.text);
  assert.deepEqual(iz.check(copy.text, { asOf }).map((m) => m.findings.map((f) => f.rule)), iz.check(twoDoses, { asOf }).map((m) => m.findings.map((f) => f.rule)));
  assert.throws(() => iz.deidentify(twoDoses, { asOf }), TypeError);
});
