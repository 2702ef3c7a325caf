// `node tests/bench/start.mjs`: what the JavaScript module costs once, from nothing, as one JSON line of CPU milliseconds:
// module (read, compiled, instantiated), tables (all tables of codes), check (the catalogue loaded and a first message
// checked, the tables once more), again (the same message checked a second time). A process of its own each time: the first
// run of any code is the slow one, before the browser has optimised it. IZ_MODULE names another build of the module.

import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const place = process.env.IZ_MODULE ?? resolve(root, 'build/wasm/iz.mjs');
const text = readFileSync(resolve(root, 'tests/samples/vxu-two-doses.hl7'), 'utf8').replaceAll('\n', '\r');

// CPU time of the process, of its helpers that compile, too: it stays right on a busy machine.
let last = process.cpuUsage();
function lap() {
  const used = process.cpuUsage(last);
  last = process.cpuUsage();
  return (used.user + used.system) / 1000;
}

const iz = await import(pathToFileURL(place));
const module = lap();
const rows = iz.internals._iz_bench_tables();
const tables = lap();
iz.check(text, { asOf: '2026-02-18' });
const check = lap();
iz.check(text, { asOf: '2026-02-18' });
console.log(JSON.stringify({ module, tables, check, again: lap(), rows }));
