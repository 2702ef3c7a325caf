// The JavaScript side of the border; the build appends it to what Emscripten writes (createIz).
// web/iz.d.ts says what is offered, web/module.cpp is the other side.

const engine = await createIz();
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Puts bytes into the engine's memory; the caller gives them back. */
function put(bytes) {
  const at = engine._iz_reserve(bytes.length);
  if (at === 0) throw new RangeError(`Out of memory: the text has ${bytes.length} bytes`);
  engine.HEAPU8.set(bytes, at);
  return at;
}

/** A NUL-terminated text of the engine. */
function take(at) {
  const memory = engine.HEAPU8;
  return decoder.decode(memory.subarray(at, memory.indexOf(0, at)));
}

/** Calls `_iz_<name>` with a text and options, and gives back the object that it wrote. */
function call(name, text, options) {
  if (typeof text !== 'string' && !(text instanceof Uint8Array))
    throw new TypeError('The text is neither a string nor a Uint8Array');
  const bytes = typeof text === 'string' ? encoder.encode(text) : text;
  const settings = encoder.encode(JSON.stringify({ ...options, bytes: typeof text !== 'string' }));
  const at = put(bytes);
  let result;
  try {
    const behind = put(settings);
    try {
      result = JSON.parse(take(engine[`_iz_${name}`](at, bytes.length, behind, settings.length)));
    } finally {
      engine._iz_release(behind);
    }
  } finally {
    engine._iz_release(at);
  }
  if (result?.error !== undefined) throw new RangeError(result.error);
  return result;
}

/** The options that every call has, in the engine's names. */
function settings({ profile, asOf, message, sender } = {}) {
  for (const [name, value] of Object.entries({ profile, asOf, sender }))
    if (value !== undefined && typeof value !== 'string') throw new TypeError(`${name} is not a string`);
  if (message !== undefined && !(Number.isInteger(message) && message >= 0))
    throw new TypeError('message is not a number from 0');
  return { profile, as_of: asOf, sender, message: message && Math.min(message, 0xffffffff) };
}

export function check(text, options) {
  const results = call('check', text, settings(options));
  if (typeof text === 'string')
    for (const r of results) r.text ??= text.slice(r.input.begin, r.input.end);
  return results;
}

export function explain(text, place, options) {
  const asked = settings(options);
  if (typeof place === 'string') asked.place = place;
  else if (Number.isInteger(place) && place >= 0) asked.offset = Math.min(place, 0xffffffff);
  else throw new TypeError('The place is neither a path nor an offset');
  return call('explain', text, asked);
}

export function summary(text, options) {
  return call('summary', text, settings(options));
}

/** The options that are texts, in the engine's names; none may be anything else. */
function texts(given) {
  for (const [name, value] of Object.entries(given))
    if (value !== undefined && typeof value !== 'string') throw new TypeError(`${name} is not a string`);
  return given;
}

export function predict(text, options = {}) {
  const { controlId, time } = texts({ controlId: options.controlId, time: options.time });
  return call('predict', text, { ...settings(options), control_id: controlId, time });
}

export function queryAnswer(text, options = {}) {
  return call('queryAnswer', text, { ...settings(options), ...texts({ sent: options.sent }) });
}

export function fixes(text, options) {
  return call('fixes', text, settings(options));
}

export function fixSafe(text, options) {
  return call('fixSafe', text, settings(options));
}

export function compareMessages(a, b, options) {
  if (typeof b !== 'string') throw new TypeError('The second text is not a string');
  return call('compareMessages', a, { ...settings(options), sent: b });
}

export function catalogue() {
  return call('catalogue', '', {});
}

export function example(rule, number, base) {
  if (typeof rule !== 'string' || !(Number.isInteger(number) && number >= 0))
    throw new TypeError('An example is named by a rule and a number from 0');
  return call('example', base, { place: `${rule}/${number}` }).text;
}

export function interpret(answer, sent, options) {
  const asked = settings(options);
  if (sent instanceof Uint8Array) asked.sent = decoder.decode(sent);
  else if (typeof sent === 'string') asked.sent = sent;
  else if (sent !== undefined && sent !== null)
    throw new TypeError('The message sent is neither a string nor a Uint8Array');
  return call('interpret', answer, asked);
}

export function soapWrap(text, { username, password, facilityID, message } = {}) {
  for (const [name, value] of Object.entries({ username, password, facilityID }))
    if (value !== undefined && typeof value !== 'string') throw new TypeError(`${name} is not a string`);
  return call('soapWrap', text, { ...settings({ message }), username, password, facility: facilityID });
}

export function soapUnwrap(text) {
  return call('soapUnwrap', text, {});
}

export function masked(text) {
  return call('masked', text, {});
}

export function deidentify(text, { seed, ...options } = {}) {
  if (typeof seed !== 'string' || seed.length < 16)
    throw new TypeError('A seed is a secret text of at least 16 characters, such as crypto.randomUUID()');
  return call('deidentify', text, { ...settings(options), seed });
}

export function codeShow(table, code, options = {}) {
  for (const [name, value] of Object.entries({ table, code }))
    if (typeof value !== 'string') throw new TypeError(`${name} is not a string`);
  return call('codeShow', options.text ?? '', { ...settings(options), table, code });
}

export function codeSearch(text, { table, limit = 50 } = {}) {
  texts({ table });
  if (!(Number.isInteger(limit) && limit > 0)) throw new TypeError('limit is not a number from 1');
  return call('codeSearch', text, { table, limit: Math.min(limit, 0xffffffff) });
}

export function codeTables(options) {
  return call('codeTables', '', settings(options));
}

/** Bytes of a string or of bytes. */
function bytesOf(text) {
  if (typeof text === 'string') return encoder.encode(text);
  if (text instanceof Uint8Array) return text;
  throw new TypeError('A file is neither a string nor a Uint8Array');
}

/** Calls `_iz_<name>` with files, then a text. `sides` are lists of { name, bytes } or null for what is in the program. */
function callWithFiles(name, sides, text, options) {
  const parts = [];
  const files = [];
  for (const [side, list] of Object.entries(sides)) {
    if (list === null || list === undefined) continue;
    if (!Array.isArray(list)) throw new TypeError('The files are not an array of { name, bytes }');
    for (const file of list) {
      const bytes = bytesOf(file?.bytes);
      files.push({ name: String(file.name ?? ''), size: bytes.length, old: side === 'old' });
      parts.push(bytes);
    }
  }
  parts.push(bytesOf(text));
  const all = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return call(name, all, { ...options, files, has_old: !!sides.old, has_new: !!sides.new, text_bytes: typeof text !== 'string' });
}

const fileList = (files, name) => (typeof files === 'string' || files instanceof Uint8Array ? [{ name, bytes: files }] : files);

export function codeImport(files, name) {
  return callWithFiles('codeImport', { new: fileList(files, name) }, '', {});
}

export function codeUse(files, name) {
  return callWithFiles('codeUse', { new: fileList(files ?? [], name) }, '', {});
}

export function codeDiff(older, newer) {
  return callWithFiles('codeDiff', { old: older, new: newer }, '', {});
}

export function codeAffected(text, older, newer, { texts = false } = {}) {
  return callWithFiles('codeAffected', { old: older, new: newer }, text, { texts: texts === true });
}

export function partnerList(text, { table, column } = {}) {
  if (table !== undefined && typeof table !== 'string') throw new TypeError('table is not a string');
  if (column !== undefined && !(Number.isInteger(column) && column > 0)) throw new TypeError('column is not a number from 1');
  return callWithFiles('partnerList', {}, text, { table, column: column && Math.min(column, 0xffffffff) });
}

export function localUse(profile, { asOf } = {}) {
  return call('localUse', profile ?? '', texts({ as_of: asOf }));
}

export function localTemplate(format = 'csv') {
  if (format !== 'csv' && format !== 'html') throw new TypeError('The format is csv or html');
  return call('localTemplate', '', { what: format }).text;
}

export function localSchema() {
  return call('localSchema', '', {}).text;
}

export function localImport(csv) {
  return call('localImport', csv, {}).text;
}

export function version() {
  return call('version', '', {});
}

/** For tests/bench/bench.mjs, which calls web/bench.cpp. */
export const internals = engine;
