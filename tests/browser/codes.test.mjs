// The workspace Codes with real events: search by keyboard, tables dropped on the page, comparison and export, what is kept.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { browser, copy, onPage, settled, shared, site, visit } from './page.mjs';
import { sample } from './samples.mjs';

onPage();

const editions = join(shared, 'data/codesets/editions');

/** The tab Codes in the upper bar. */
async function openCodes(page) {
  await page.mouse.click(364, 24);
  await settled(page);
}
/** What Ctrl+C gives for the code whose page is open. */
async function openCode(page) {
  await page.keyboard.press('Tab');
  await settled(page);
  await copy(page, '');
  await page.keyboard.press('Control+C');
  await settled(page);
  return page.evaluate(() => navigator.clipboard.readText());
}
async function paste(page, text) {
  await copy(page, text);
  await page.keyboard.press('Control+V');
  await page.waitForFunction(() => document.getElementById('message').value.startsWith('MSH|'));
}
/** Drops files on the page: `{ name: bytes }`. */
async function drop(page, files) {
  const data = await page.evaluateHandle((all) => {
    const transfer = new DataTransfer();
    for (const [name, base64] of all) {
      const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
      transfer.items.add(new File([bytes], name));
    }
    return transfer;
  }, Object.entries(files).map(([name, bytes]) => [name, Buffer.from(bytes).toString('base64')]));
  await page.dispatchEvent('#screen', 'drop', { dataTransfer: data });
  await page.waitForTimeout(800);
}
const databases = (page) => page.evaluate(async () => (await indexedDB.databases()).map((d) => d.name));
/** What the text version says of the edition in use. */
const edition = (page) => page.$eval('#edition', (e) => e.textContent);
/** A text as UTF-16 with a byte order mark. */
const utf16 = (text) => Buffer.from(`\ufeff${text}`, 'utf16le');

/** The built-in CVX table as CDC's flat file, in which the codes of `change` have another status. */
function flatCvx(change) {
  const rows = JSON.parse(readFileSync(new URL('../../codesets/cvx.json', import.meta.url), 'utf8')).tables[0];
  const at = (name) => rows.columns.indexOf(name);
  return rows.rows.map((r) => [
    r[at('code')], r[at('display')], r[at('full')], r[at('notes')], change[r[at('code')]] ?? r[at('status')],
    r[at('nonvaccine')] === 'yes' ? 'True' : 'False', r[at('updated')].replaceAll('-', '/'),
  ].join('|')).join('\r\n');
}

test('codes are found and opened with the keyboard alone', async () => {
  const { page, faults, close } = await visit(browser, site.url);
  await paste(page, sample('vxu-two-doses'));
  const text = await page.$eval('#message', (b) => b.value);
  await openCodes(page);
  await page.keyboard.type('mmr');
  await page.keyboard.press('Enter');
  await settled(page);
  assert.match(await openCode(page), /^03\tMMR/);
  // A scanner types fast and ends with Enter.
  await page.keyboard.press('Control+K');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('208', { delay: 0 });
  await page.keyboard.press('Enter');
  await settled(page);
  assert.match(await openCode(page), /^208\tCOVID-19/);
  await page.keyboard.press('Alt+ArrowLeft');
  await settled(page);
  await copy(page, '');
  await page.keyboard.press('Control+C');
  await settled(page);
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /^03\t/);
  assert.equal(await page.$eval('#message', (b) => b.value), text, 'nothing of it reaches the message');
  assert.deepEqual(await faults(), []);
  await close();
});

test('the text version searches and shows pages', async () => {
  const { page, faults, close } = await visit(browser, site.url);
  await page.keyboard.press('F4');
  assert.match(await edition(page), /^Codes as of 20\d\d-\d\d-\d\d, \d+ days old$/);
  await page.click('#codes > summary');
  await page.fill('#code-search', 'comirnaty');
  await page.waitForSelector('#code-hits button[data-code]');
  await page.fill('#code-search', '208');
  await page.click('#code-hits button[data-table="CVX"][data-code="208"]');
  assert.match(await page.$eval('#code-page h3', (h) => h.textContent), /^CVX 208: COVID-19/);
  assert.equal(await page.evaluate(() => document.activeElement.tagName), 'H3');
  assert.deepEqual(await faults(), []);
  await close();
});

test('a table that is dropped is used only after it was agreed to, and a finding speaks of it', async () => {
  const { page, requests, faults, close } = await visit(browser, site.url);
  const builtIn = await edition(page);
  await paste(page, sample('vxu-two-doses'));
  const atStart = requests.length;
  // UTF-16: bytes must arrive unharmed. A vaccine of the message was never active in this edition.
  const message = await page.$eval('#message', (b) => b.value);
  const code = /\|(\d+)\^[^|]*\^CVX/.exec(message)[1];
  const file = flatCvx({ [code]: 'Never Active' });
  await drop(page, { 'cvx-2026-06-30.txt': utf16(file) });
  assert.equal(await edition(page), builtIn, 'not before');
  await page.keyboard.press('Enter');  // the filled button
  await page.waitForFunction(() => document.getElementById('edition').textContent.includes('2026-06-30'));
  await page.keyboard.press('F4');
  assert.match(await page.$eval('#report', (r) => r.textContent), /2026-06-30/);
  assert.deepEqual(requests.slice(atStart), []);
  assert.deepEqual(await databases(page), [], 'nothing is stored');
  assert.deepEqual(await faults(), []);
  await close();
});

test('CDC\'s files of 2024-10-01 are compared with and used', { skip: !existsSync(editions) && 'IZ_SHARED names no folder with CDC\'s editions' }, async () => {
  const { page, faults, close } = await visit(browser, site.url);
  const message = sample('vxu-two-doses').replace(/\|\d+\^[^|]*\^CVX/, '|334^COVID-19^CVX');
  await paste(page, message);
  await drop(page, { '2024-10-01-cvx.xml': readFileSync(join(editions, '2024-10-01/cdc-source/cvx.xml')) });
  // An older edition is offered to be compared with; the button before it uses it.
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.getElementById('edition').textContent.includes('2024-10-01'));
  await page.keyboard.press('F4');
  assert.match(await page.$eval('#problems', (r) => r.textContent), /334/);
  assert.match(await page.$eval('#report', (r) => r.textContent), /2024-10-01/);
  assert.deepEqual(await faults(), []);
  await close();
});

test('a broken download is refused and what is in use stays', async () => {
  const { page, faults, close } = await visit(browser, site.url);
  const builtIn = await edition(page);
  const whole = flatCvx({});
  for (const [name, bytes] of [['cvx.txt', ''], ['cvx.txt', whole.slice(0, 4000)]]) {
    await drop(page, { [name]: bytes });
    await page.keyboard.press('Enter');  // Close
    await settled(page);
    assert.equal(await edition(page), builtIn);
  }
  assert.deepEqual(await faults(), []);
  await close();
});

test('differences are exported as they are listed', async () => {
  const { page, faults, close } = await visit(browser, site.url);
  await drop(page, { 'cvx-2024-10-01.txt': flatCvx({ 28: 'Active', 308: 'Active' }) });
  await page.keyboard.press('Enter');  // compare only
  await settled(page);
  // F6 to the bars of the comparison is long: the button is where the design has it.
  const [download] = await Promise.all([page.waitForEvent('download'), page.mouse.click(1390, 112)]);
  const csv = readFileSync(await download.path(), 'utf8').trim().split(/\r?\n/);
  assert.match(csv[0], /^table,change,kind,key,column,old,new$/);
  assert.deepEqual(csv.slice(1).filter((l) => l.includes(',status,')), [
    'cvx,changed,meaning,28,status,Active,Inactive', 'cvx,changed,meaning,308,status,Active,Inactive',
  ]);
  assert.deepEqual(await faults(), []);
  await close();
});

/** Whether something is written down in the page's database. None is made: looking for one leaves none. */
const stored = async () => {
  const [found] = await indexedDB.databases();
  if (!found) return false;
  const db = await new Promise((done) => {
    const open = indexedDB.open(found.name);
    open.onupgradeneeded = () => open.transaction.abort();
    open.onsuccess = () => done(open.result);
    open.onerror = (e) => {
      e.preventDefault();
      done(null);
    };
  });
  if (!db) return false;
  const counts = await Promise.all([...db.objectStoreNames].map((store) => new Promise((done) => {
    db.transaction(store).objectStore(store).count().onsuccess = (e) => done(e.target.result);
  })));
  db.close();
  return counts.some((count) => count > 0);
};

test('tables are kept only when that was chosen, and can be forgotten', async () => {
  const { page, faults, close } = await visit(browser, site.url);
  await drop(page, { 'cvx-2026-06-30.txt': flatCvx({ 308: 'Active' }) });
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.getElementById('edition').textContent.includes('2026-06-30'));
  assert.deepEqual(await databases(page), []);
  await page.reload();
  await page.waitForSelector('body[data-state="ready"]');
  assert.doesNotMatch(await edition(page), /2026-06-30/);

  await drop(page, { 'cvx-2026-06-30.txt': flatCvx({ 308: 'Active' }) });
  for (const key of ['Tab', 'Tab', 'Space', 'Shift+Tab', 'Shift+Tab', 'Enter']) {  // Space: keep on this device
    await page.keyboard.press(key);
    await settled(page);
  }
  for (let tries = 0; tries < 50 && !await page.evaluate(stored); tries++) await page.waitForTimeout(100);
  assert.ok(await page.evaluate(stored));
  await page.reload();
  await page.waitForSelector('body[data-state="ready"]');
  await page.waitForFunction(() => document.getElementById('edition').textContent.includes('2026-06-30'));
  assert.deepEqual(await faults(), []);
  await close();
});
