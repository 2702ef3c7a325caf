// Local profiles through the JavaScript module; what they do in the engine: tests/unit/local_test.cpp, tests/cli/local.py.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import * as iz from '../../build/wasm/iz.mjs';

const root = new URL('../../', import.meta.url);
const read = (name) => readFileSync(new URL(name, root), 'utf8');
const profiles = readdirSync(new URL('core/local/', root)).filter((name) => name.endsWith('.json'));
const message = read('tests/samples/vxu-two-doses.hl7').replace(/\|12 Heron Street[^|]*\|/, '||').replaceAll('\n', '\r');
const asOf = '2026-02-18';
const local = JSON.stringify({ local_profile: 1, id: 'x', title: 'X', edition: '1', changes: [{ at: 'PID-11', usage: 'R', code: 'X-1' }] });

test('a local profile holds for every call after it, until it is taken away', () => {
  const before = iz.check(message, { asOf });
  assert.equal(before[0].findings.filter((f) => f.severity === 'error').length, 0);
  const used = iz.localUse(local, { asOf });
  assert.deepEqual([used.id, used.changes.length, used.changes[0].kind], ['x', 1, 'tighter']);
  try {
    const missing = iz.check(message, { asOf })[0].findings.find((f) => f.local);
    assert.deepEqual([missing.severity, missing.path, missing.local.code, missing.layer], ['error', 'PID[1]-11[1]', 'X-1', 'local']);
    assert.match(iz.predict(message, { asOf }).ack, /\|\^\^\^X-1\^\^L\|/);
    // What is wrong is refused, and the one before stays.
    assert.throws(() => iz.localUse(local.replace('PID-11', 'PID-99'), { asOf }), { name: 'RangeError', message: /^line 1: Z22 has no PID-99/ });
    assert.throws(() => iz.localUse('{', { asOf }), { name: 'RangeError', message: /^line 1: / });
    assert.ok(iz.check(message, { asOf })[0].findings.some((f) => f.local));
    assert.deepEqual(JSON.parse(iz.localImport(iz.localTemplate())), JSON.parse(local));
    assert.match(iz.localTemplate('html'), /X-1/);
    assert.throws(() => iz.localImport('row,rule\n'), { name: 'RangeError', message: /row 1, column at/ });
  } finally {
    assert.equal(iz.localUse(null), null);
  }
  assert.deepEqual(iz.check(message, { asOf }), before);
});

test('the profiles that ship are valid, and the command says the same with them', (t) => {
  const command = fileURLToPath(new URL('build/native/iz', root));
  if (!existsSync(command)) return t.skip('there is no build/native/iz');
  assert.equal(profiles.length, 4);
  for (const name of profiles) {
    const used = iz.localUse(read(`core/local/${name}`), { asOf });
    try {
      assert.deepEqual(used.examples.failed, []);
      const here = iz.check(message, { asOf })[0].findings;
      let out;
      try {
        out = execFileSync(command, ['check', '--as-of', asOf, '--format', 'json', '--local', fileURLToPath(new URL(`core/local/${name}`, root)), '-'], { input: message });
      } catch (error) {
        out = error.stdout;
      }
      const there = JSON.parse(out)[0].findings;
      const short = (list) => list.map((f) => [f.rule, f.path, f.severity, f.layer, f.message, f.local]);
      assert.deepEqual(short(here), short(there));
    } finally {
      iz.localUse(null);
    }
  }
  return undefined;
});
