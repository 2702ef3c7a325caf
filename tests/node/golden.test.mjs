// The golden cases through the JavaScript module, as bytes, since a string has lost the line ends that were sent: the same
// findings as the native engine's.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { goldenCases, goldenLines, iz } from './engine.mjs';

const cases = goldenCases();
assert.ok(cases.length > 10, 'the golden cases are there');
for (const { name, input, options, findings } of cases) {
  test(`golden ${name}`, () => {
    assert.ok(findings.length > 0, 'the case says what must come out');
    assert.deepEqual(goldenLines(iz.check(Buffer.from(input), options)), findings);
  });
}
