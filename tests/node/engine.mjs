// What the module's tests share: the built module, the repository's folders, and the golden cases.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));
export const shared = process.env.IZ_SHARED ?? join(root, '../shared');
export const modulePlace = pathToFileURL(process.env.IZ_MODULE ?? join(root, 'build/wasm/iz.mjs')).href;
export const iz = await import(modulePlace);

/** An invented message of tests/samples, with CR line ends. */
export const sample = (name) => readFileSync(join(root, 'tests/samples', `${name}.hl7`), 'utf8').replaceAll('\n', '\r');

/** The cases of tests/golden: how they are written stands in the README there. */
export function goldenCases() {
  const folder = join(root, 'tests/golden');
  return readdirSync(folder).filter((name) => name.endsWith('.txt')).sort().map((name) => readCase(name, join(folder, name)));
}

function readCase(name, path) {
  const lines = readFileSync(path, 'utf8').replace(/\n$/, '').split('\n');
  const settings = {};
  const sections = {};
  let section = null;
  for (const line of lines) {
    const begins = /^--- (\w+)$/.exec(line);
    const setting = /^([\w-]+): (.*)$/.exec(line);
    if (begins) sections[section = begins[1]] = [];
    else if (section) sections[section].push(line);
    else if (setting) settings[setting[1]] = setting[2];
  }
  const end = { LF: '\n', CRLF: '\r\n' }[settings['line-ends']] ?? '\r';
  const input = sections.message.join(end) + (settings['last-line-end'] === 'no' ? '' : end);
  return {
    name,
    input: settings.bytes === 'escaped' ? unescapeBytes(input) : input,
    options: { asOf: settings['as-of'] ?? '2026-02-18', ...(settings.profile && { profile: settings.profile }) },
    findings: sections.findings ?? [],
  };
}

/** `<<0B 0D>>` as bytes; the result is bytes, too. */
function unescapeBytes(text) {
  const parts = text.split(/<<([0-9A-F ]+)>>/);
  return new Uint8Array(Buffer.concat(parts.map((part, i) =>
    (i % 2 ? Buffer.from(part.replaceAll(' ', ''), 'hex') : Buffer.from(part, 'utf8')))));
}

const orDash = (value) => (value === null || value === '' ? '-' : String(value));

/** The findings of checked messages as the golden cases write them. */
export function goldenLines(results) {
  return results.flatMap((r) => [
    `message ${r.index} ${orDash(r.control_id)} ${orDash(r.profile)}`,
    ...r.findings.map((f, i) => [i, f.severity, f.kind, f.rule, f.path, f.line, f.begin, f.end, f.follows, f.layer]
      .map(orDash).join(' ') + ` ${JSON.stringify(f.message)}`),
  ]);
}
