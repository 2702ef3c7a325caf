// Takes functions out of a WebAssembly module: each is left with a body that does nothing and returns zero. With it a test can
// be shown to fail when what it tests is broken, without building anything again.
//
//     const broken = withoutFunctions(bytes, [1207]);     // by index, as in workbench.js.symbols
//
// WebAssembly Core Specification 2.0, 5.5 (binary format of modules).

const I32 = 0x7F, I64 = 0x7E, F32 = 0x7D, F64 = 0x7C, V128 = 0x7B;
const TYPES = 1, IMPORTS = 2, FUNCTIONS = 3, CODE = 10;
const ZERO = {
  [I32]: [0x41, 0], [I64]: [0x42, 0], [F32]: [0x43, 0, 0, 0, 0], [F64]: [0x44, 0, 0, 0, 0, 0, 0, 0, 0],
  [V128]: [0xFD, 0x0C, ...new Array(16).fill(0)],
};

class Reader {
  constructor(bytes, at = 0) { this.bytes = bytes; this.at = at; }
  byte() { return this.bytes[this.at++]; }
  number() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value += (byte & 0x7F) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  }
  skip(count) { this.at += count; }
  limits() {
    const kind = this.byte();
    this.number();
    if (kind & 1) this.number();
  }
}

function encoded(number) {
  const out = [];
  do {
    out.push((number & 0x7F) | (number > 0x7F ? 0x80 : 0));
    number = Math.floor(number / 128);
  } while (number > 0);
  return out;
}

/** Where the sections of a module lie: id -> { at, end } of what is in it. */
function sections(bytes) {
  const found = new Map();
  for (const reader = new Reader(bytes, 8); reader.at < bytes.length;) {
    const id = reader.byte();
    const size = reader.number();
    if (id !== 0) found.set(id, { at: reader.at, end: reader.at + size });
    reader.skip(size);
  }
  return found;
}

function resultsOfTypes(reader) {
  const results = [];
  for (let n = reader.number(); n > 0; n--) {
    if (reader.byte() !== 0x60) throw new Error('only plain function types are read');
    reader.skip(reader.number());
    const count = reader.number();
    results.push([...reader.bytes.subarray(reader.at, reader.at + count)]);
    reader.skip(count);
  }
  return results;
}

function importedFunctions(reader) {
  let count = 0;
  for (let n = reader.number(); n > 0; n--) {
    reader.skip(reader.number());
    reader.skip(reader.number());
    const kind = reader.byte();
    if (kind === 0) { reader.number(); count++; }
    else if (kind === 1) { reader.byte(); reader.limits(); }
    else if (kind === 2) reader.limits();
    else if (kind === 3) reader.skip(2);
    else { reader.byte(); reader.number(); }
  }
  return count;
}

/** A copy of the module in which these functions, by index, do nothing. Throws when one is imported or not there. */
export function withoutFunctions(bytes, indices) {
  const parts = sections(bytes);
  const reader = (id) => new Reader(bytes, parts.get(id).at);
  const results = resultsOfTypes(reader(TYPES));
  const imported = parts.has(IMPORTS) ? importedFunctions(reader(IMPORTS)) : 0;
  const functions = reader(FUNCTIONS);
  const types = Array.from({ length: functions.number() }, () => functions.number());

  const wanted = new Set(indices.map((index) => index - imported));
  for (const n of wanted) if (!(n in types)) throw new Error(`the module defines no function ${n + imported}`);
  const code = reader(CODE);
  const out = [encoded(code.number())];
  for (let n = 0; n < types.length; n++) {
    const size = code.number();
    const body = wanted.has(n)
      ? [0, ...results[types[n]].flatMap((type) => ZERO[type] ?? [0xD0, type]), 0x0B]  // else a null reference
      : bytes.subarray(code.at, code.at + size);
    out.push(encoded(body.length), body);
    code.skip(size);
  }
  const content = Buffer.concat(out.map((part) => Uint8Array.from(part)));
  const { at, end } = parts.get(CODE);
  let before = at - 1;  // back over the size to the section's id
  while (bytes[before - 1] >= 0x80) before--;
  return Buffer.concat([bytes.subarray(0, before), Uint8Array.from(encoded(content.length)), content, bytes.subarray(end)]);
}

/** Functions by name: what the linker's list of symbols says. `names` are the beginnings of their names, arguments left out. */
export function indicesOf(symbols, names) {
  const lines = symbols.split('\n').map((line) => [Number(line.slice(0, line.indexOf(':'))), line.slice(line.indexOf(':') + 1)]);
  return names.flatMap((name) => {
    const found = lines.filter(([, symbol]) => symbol === name || symbol.startsWith(`${name}(`));
    if (!found.length) throw new Error(`no function is called ${name}: it may have been made part of another`);
    return found.map(([index]) => index);
  });
}
