// Tables of codes in the module: import, use, comparison, a partner's list; the same as the command says.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { iz, root, sample, shared } from './engine.mjs';

const command = process.env.IZ_BIN ?? join(root, 'build/native/iz');
const asOf = '2026-02-18';
const row = (code, name, status = 'Active') => `${code}|${name}|x||${status}|False|2026/01/05\n`;
const older = [{ name: '2026-01-05/cvx.txt', bytes: row('901', 'Pox') + row('902', 'Ague') }];
const newer = [{ name: '2026-02-01/cvx.txt', bytes: row('901', 'Pox', 'Inactive') + row('903', 'New') }];
const editions = join(shared, 'data/codesets/editions');

/** A whole table of the program as a flat file, so that it can be changed and used. */
const flatMvx = () => iz.catalogue().code_sets.find((s) => s.id === 'MVX').codes
  .map((c) => `${c.code}|${c.display}||${c.status}|2026/01/05\n`).join('');

/** What the command says of the same files: { output, status }. */
function cli(words, files) {
  const folder = mkdtempSync(join(tmpdir(), 'iz-'));
  try {
    for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
    const run = spawnSync(command, words, { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28 });
    return { output: run.stdout, status: run.status };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('codeImport says what a file holds, and uses nothing', () => {
  const found = iz.codeImport('9990A|text||Pox|901|note|2026/01/05|7\n', 'cpt-20260105.txt');
  assert.deepEqual(found.refused, []);
  assert.deepEqual(found.tables.map((t) => [t.table, t.edition, t.rows, t.changes]), [['cpt', '2026-01-05', 1, null]]);
  assert.equal(iz.catalogue().code_sets.some((s) => s.id === 'CPT'), false);
  assert.deepEqual(iz.codeImport(new Uint8Array(), 'cvx.txt').refused, [{ file: 'cvx.txt', line: null, reason: 'the file is empty' }]);
});

test('codeUse lets every later call use the table, until it is taken back', () => {
  const text = sample('vxu-two-doses');
  const errors = () => iz.check(text, { asOf })[0].findings.filter((f) => f.severity === 'error').map((f) => f.path);
  assert.deepEqual(errors(), []);
  const maker = /\|([A-Z]+)\^[^|^]*\^MVX/.exec(text)[1];
  const found = iz.codeUse(flatMvx().replace(new RegExp(`^${maker}\\|`, 'm'), 'QZZ|'), 'mvx-20260201.txt');
  try {
    assert.deepEqual(found.tables.map((t) => [t.table, t.changes.added, t.changes.removed]), [['mvx', 1, 1]]);
    assert.ok(errors().length > 0 && errors().every((p) => /RXA\[\d\]-17/.test(p)), errors().join());
    assert.equal(iz.partnerList('QZZ\n', { table: 'MVX' }).counts.same, 1);
    assert.equal(iz.catalogue().code_sets.find((s) => s.id === 'MVX').edition.date, '2026-02-01');
  } finally {
    iz.codeUse(null);
  }
  assert.deepEqual(errors(), []);
  assert.equal(iz.codeUse('', 'mvx.txt').refused.length, 1, 'a refused file changes nothing');
  assert.deepEqual(errors(), []);
});

test('codeDiff compares two editions by key', () => {
  assert.deepEqual(iz.codeDiff(older, newer), { tables: { cvx: {
    added: ['903'], removed: ['902'], changed: [{ key: '901', column: 'status', old: 'Active', new: 'Inactive' }],
  } } });
  assert.ok(iz.codeDiff(null, newer).tables.cvx.removed.includes('03'), 'null is the edition in the program');
  assert.throws(() => iz.codeDiff(older, [{ name: 'cvx.txt', bytes: '' }]), /cvx\.txt: the file is empty/);
  assert.throws(() => iz.codeDiff('x', newer), TypeError);
});

test('codeAffected finds the codes of messages; offsets are UTF-16 units', () => {
  const text = 'MSH|^~\\&|Ä|B|C|D|20260210||VXU^V04^VXU_V04|C-1|P|2.5.1\rRXA|0|1|20260210||901^Pox^CVX|1\r';
  const [message] = iz.codeAffected(text, older, newer);
  assert.equal(message.control_id, 'C-1');
  assert.deepEqual(message.affected.map((a) => [a.path, text.slice(a.begin, a.end), a.kind]), [['RXA[1]-5[1].1', '901', 'meaning']]);
  assert.deepEqual(iz.codeAffected(text, older, older)[0].affected, []);
});

test('partnerList compares a list with the table that it is of', () => {
  const list = iz.partnerList('Code,Name\n03,MMR\n3,MMR\n777,nothing\n');
  assert.equal(list.table, 'CVX');
  assert.deepEqual(list.codes.map((c) => [c.code, c.kind, c.right]), [['03', 'same', '03'], ['3', 'misspelt', '03'], ['777', 'unknown', null]]);
  assert.throws(() => iz.partnerList('03\n', { table: 'NONE' }), /There is no table NONE/);
  assert.throws(() => iz.partnerList('03\n', { column: 0 }), TypeError);
});

test('the module and the command say the same', { skip: !existsSync(command) && 'the command is not built' }, () => {
  const cut = row('901', 'Pox') + '902|Ague';
  for (const [name, bytes] of [['cvx-20260105.txt', row('901', 'Pox')], ['x.txt', 'junk'], ['cvx.txt', cut],
    ['mvx-20260105.txt', flatMvx().replace('|Active|', '|Inactive|')]]) {
    const there = cli(['codes', 'import', '--format', 'json', name], { [name]: bytes });
    assert.deepEqual(iz.codeImport(bytes, name), JSON.parse(there.output), name);
  }
  const files = { 'a.txt': older[0].bytes, 'b.txt': newer[0].bytes };
  assert.deepEqual(iz.codeDiff([{ name: 'a.txt', bytes: files['a.txt'] }], [{ name: 'b.txt', bytes: files['b.txt'] }]),
    JSON.parse(cli(['codes', 'diff', '--old', 'a.txt', '--new', 'b.txt', '--format', 'json'], files).output));
  const list = 'Code;Name\n03;MMR\n0100;x\n999;y\n';
  assert.deepEqual(iz.partnerList(list), JSON.parse(cli(['codes', 'partner', '--format', 'json', 'l.csv'], { 'l.csv': list }).output));
});

test('the module and the command say the same of CDC\'s editions', { skip: !existsSync(editions) && 'no shared data' }, () => {
  const folder = (date) => join(editions, date, 'cdc-source');
  const files = (date) => readdirSync(folder(date)).sort().map((name) => ({ name, bytes: new Uint8Array(readFileSync(join(folder(date), name))) }));
  const here = iz.codeDiff(files('2024-10-01'), files('2025-12-09'));
  assert.equal(here.tables.cvx.added.length, 8);
  const there = cli(['codes', 'diff', '--old', folder('2024-10-01'), '--new', folder('2025-12-09'), '--format', 'json'], {});
  assert.deepEqual(here, JSON.parse(there.output));
});
