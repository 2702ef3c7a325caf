// The engine's JavaScript module in a page and in a worker of a page.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { join } from 'node:path';
import { launch, root, serve } from './page.mjs';
import { wrongUnit } from './samples.mjs';

let site, browser, page;
before(async () => {
  site = await serve(join(root, 'build/wasm'));
  browser = await launch();
  page = await browser.newPage();
  await page.goto(`${site.url}none`);  // any document of that origin
});
after(async () => {
  await browser?.close();
  await site?.close();
});

const unitFinding = (results) => results[0].findings.find((f) => f.path === 'RXA[1]-7[1].1');

test('imported in a page', async () => {
  const results = await page.evaluate(async ([url, text]) => {
    const { check } = await import(url);
    return check(text, { asOf: '2026-02-18' });
  }, [`${site.url}iz.mjs`, wrongUnit]);
  assert.equal(results.length, 1);
  const finding = unitFinding(results);
  assert.equal(wrongUnit.slice(finding.begin, finding.end), 'ML');
});

test('imported in a worker', async () => {
  const results = await page.evaluate(async ([url, text]) => {
    const program = `import { check } from '${url}'; postMessage('ready'); onmessage = (e) => postMessage(check(e.data, { asOf: '2026-02-18' }));`;
    const worker = new Worker(URL.createObjectURL(new Blob([program], { type: 'text/javascript' })), { type: 'module' });
    const answer = () => new Promise((resolve, reject) => { worker.onmessage = (e) => resolve(e.data); worker.onerror = (e) => reject(new Error(e.message)); });
    await answer();
    worker.postMessage(text);
    return answer();
  }, [`${site.url}iz.mjs`, wrongUnit]);
  assert.equal(unitFinding(results).severity, 'error');
});
