// Fixes and comparisons through the JavaScript module; what they do in detail is tested natively.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { iz, sample } from './engine.mjs';

const asOf = '2026-02-18';
const clean = sample('vxu-two-doses').replace('Marlo', 'Märlo 🧒');
const wrong = clean.replace('RXA|0|1|20250318', 'RXA|0|2|20250318');

test('a fix is edits of the text', () => {
  const found = iz.fixes(wrong, { asOf }).filter((f) => f.rule === 'IZ-29');
  assert.equal(found.length, 1);
  assert.equal(found[0].path, 'RXA[2]-2[1]');
  const [fix] = found[0].fixes;
  assert.equal(fix.safe, true);
  assert.equal(fix.label, 'Write 1 in RXA[2]-2');
  const [{ begin, end, text }] = fix.edits;
  assert.equal(wrong.slice(0, begin) + text + wrong.slice(end), clean);
});

test('all that is safe is mended, and said', () => {
  const plan = iz.fixSafe(wrong, { asOf });
  assert.equal(plan.text, clean);
  assert.deepEqual(plan.steps.map((s) => [s.rule, s.before, s.after]), [['IZ-29', '2', '1']]);
  assert.deepEqual(iz.fixSafe(clean, { asOf }), { steps: [], text: clean });
});

test('two messages are compared by content', () => {
  const result = iz.compareMessages(clean, wrong, { asOf });
  assert.deepEqual(result.counts, { changed: 1, added: 0, removed: 0, moved: 0 });
  const [d] = result.differences;
  assert.equal(d.path_a, 'RXA[2]-2[1]');
  assert.equal(clean.slice(d.a.begin, d.a.end), '1');
  assert.equal(wrong.slice(d.b.begin, d.b.end), '2');
  const changed = result.lines.filter((l) => !l.same);
  assert.equal(changed.length, 1);
  assert.equal(wrong.slice(changed[0].parts_b[0].begin, changed[0].parts_b[0].end), '2');
  assert.deepEqual(iz.compareMessages(clean, clean, { asOf }).differences, []);
  assert.throws(() => iz.compareMessages(clean, undefined), TypeError);
});
