// What an answer means, through the module.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { iz, root, sample } from './engine.mjs';

const twoDoses = sample('vxu-two-doses');
const errors = sample('ack-errors');

test('an answer with the message it answers', () => {
  const o = iz.interpret(errors, twoDoses, { asOf: '2026-02-18' });
  assert.equal(o.outcome, 'partial');
  assert.equal(o.stored, 'partly');
  assert.equal(o.resend, 'after_fix');
  assert.deepEqual(o.doses.map((d) => d.stored), ['no', 'yes']);
  assert.equal(o.errors.length, 2);
  assert.equal(o.errors[0].located.path, 'RXA[1]-5[1].1');
  assert.equal(o.errors[0].located.confidence, 'exact');
  assert.equal(o.sent_text, twoDoses);
  assert.equal(o.sent_text.slice(o.errors[0].located.begin, o.errors[0].located.end), '03');
  assert.match(o.summary, /^1 of 2 doses was stored\. The first was rejected/);
  assert.equal(o.reasons[0].row, 'D12');  // the text says that the dose was not stored
});

test('places count in UTF-16 units', () => {
  const sent = twoDoses.replace('Thistlewood^Marlo', 'Thïstlewøød💉^Marlo');
  for (const given of [sent, new TextEncoder().encode(sent)]) {
    const o = iz.interpret(new TextEncoder().encode(errors), given);
    assert.equal(o.sent_text.slice(o.errors[0].located.begin, o.errors[0].located.end), '03');
    assert.equal(o.errors[0].located.begin, sent.indexOf('03^MMR'));
  }
});

test('an answer alone, and what is none', () => {
  const alone = iz.interpret(sample('ack-accepted'));
  assert.equal(alone.outcome, 'accepted');
  assert.equal(alone.sent_text, null);
  assert.equal(alone.who, null);
  assert.equal(iz.interpret('').outcome, 'not_an_ack');
  assert.equal(iz.interpret('SUCCESS').flags[0], 'success_word');
  assert.equal(iz.interpret(sample('rsp-z42')).stored, 'n/a');
});

test('the object has the declared keys', () => {
  const types = readFileSync(join(root, 'web/iz.d.ts'), 'utf8');
  const body = types.slice(types.indexOf('export interface Outcome {')).split('\n}\n')[0];
  const keys = [...body.matchAll(/^ {2}(\w+):/gm)].map((m) => m[1]);
  assert.deepEqual(Object.keys(iz.interpret(errors, twoDoses)).sort(), keys.sort());
});

test('wrong arguments are refused in one sentence', () => {
  assert.throws(() => iz.interpret(errors, 7), TypeError);
  assert.throws(() => iz.interpret(errors, 'no message'), RangeError);
  assert.throws(() => iz.interpret(errors, twoDoses, { profile: 'Z99' }), RangeError);
});
