// Messages that the browser tests paste: invented ones of tests/samples, and NIST's where the shared data is there.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, shared } from './page.mjs';

/** An invented message with CR line ends, as systems send it. */
export const sample = (name) => readFileSync(join(root, 'tests/samples', `${name}.hl7`), 'utf8').replaceAll('\n', '\r');

/** An invented VXU with one wrong value: "ML" is no unit of the bound set. */
export const wrongUnit = sample('vxu-two-doses').replace('|mL^mL^UCUM|', '|ML^mL^UCUM|');

/**
 * A clean VXU of NIST's own test plans with its sex code broken, or null without the shared data. The outcome is ours to
 * judge: "Q" is in no edition of the table of administrative sex.
 */
export function nistMessage() {
  const file = join(shared, 'data/conformance/conformant.jsonl');
  if (!existsSync(file)) return null;
  const cases = readFileSync(file, 'utf8').trim().split('\n').map((line) => JSON.parse(line));
  const vxu = cases.find((c) => c.profile === 'Z22' && c.expected.errors.length === 0 && /\rPID\|(?:[^|\r]*\|){7}[FM]\|/.test(c.er7));
  return vxu.er7.replace(/(\rPID\|(?:[^|\r]*\|){7})[FM]\|/, '$1Q|');
}
