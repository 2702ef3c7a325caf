// `node tests/bench/bench.mjs OP CORPUS [PASSES] [SECONDS_PER_PASS]`: as `iz bench`, on the JavaScript module, one JSON line.
// Operations: core/bench.h. IZ_MODULE names another build of the module.

import { readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const [operation, corpus, passes = '7', seconds = '2.5'] = process.argv.slice(2);
if (!corpus || !(Number(passes) > 0) || !(Number(seconds) > 0)) {
  console.error('bench.mjs needs an operation, a file, and at most passes and seconds');
  process.exit(2);
}
const place = process.env.IZ_MODULE ?? resolve(dirname(fileURLToPath(import.meta.url)), '../../build/wasm/iz.mjs');
const { internals: engine } = await import(pathToFileURL(place));

/** Bytes in the engine's memory, with a NUL behind them. */
function put(bytes) {
  const at = engine._iz_reserve(bytes.length + 1);
  engine.HEAPU8.set(bytes, at);
  engine.HEAPU8[at + bytes.length] = 0;
  return at;
}

// CPU time of the process: on a core of its own it equals the time on the wall, and it stays right on a busy machine.
const cpu = () => { const used = process.cpuUsage(); return (used.user + used.system) / 1e6; };

const text = readFileSync(corpus);
if (!engine._iz_bench_open(put(Buffer.from(operation)), put(text), text.length)) {
  console.error(`unknown operation ${operation} (core/bench.h lists them)`);
  process.exit(2);
}
const check = engine._iz_bench_check();
const all = engine._iz_bench_messages();
const few = Math.min(200, all);
engine._iz_bench_pass(few);
let begin = cpu();
engine._iz_bench_pass(few);
const rate = few / Math.max(1e-6, cpu() - begin);
const count = Math.min(all, Math.max(200, Math.floor(rate * Number(seconds))));
engine._iz_bench_pass(count);
const runs = [];
const wall = [];
let allocations = 0;
for (let k = 0; k < Number(passes); k++) {
  begin = cpu();
  const started = performance.now();
  const before = engine._iz_bench_allocations();
  engine._iz_bench_pass(count);
  runs.push(cpu() - begin);
  allocations = ((engine._iz_bench_allocations() - before) >>> 0) / count;
  wall.push((performance.now() - started) / 1000);
}
console.log(JSON.stringify({
  peer: 'iz wasm', lang: 'c++', op: operation, corpus: basename(corpus), msgs: count, bytes: engine._iz_bench_bytes(count),
  runs, wall, check, allocations, rss_mb: process.resourceUsage().maxRSS / 1024,
}));
