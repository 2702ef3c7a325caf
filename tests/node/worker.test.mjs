// The module in a worker, where a page would put a large batch.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { iz, modulePlace, sample } from './engine.mjs';

test('a worker gives the same objects, by message', async () => {
  const program = `
    import { parentPort } from 'node:worker_threads';
    const { check } = await import(${JSON.stringify(modulePlace)});
    parentPort.on('message', (text) => parentPort.postMessage(check(text, { asOf: '2026-02-18' })));
  `;
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(program)}`));
  try {
    const text = sample('vxu-newborn') + sample('vxu-refusal');
    worker.postMessage(text);
    const results = await new Promise((resolve, reject) => { worker.once('message', resolve).once('error', reject); });
    assert.deepEqual(results, iz.check(text, { asOf: '2026-02-18' }));
  } finally {
    await worker.terminate();
  }
});
