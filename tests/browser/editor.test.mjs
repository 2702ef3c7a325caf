// Editing with real keys: find, go to, fields, completion, fixes, form, folds.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { browser, copy, onPage, settled, site, visit } from './page.mjs';
import { wrongUnit } from './samples.mjs';

onPage();

const value = (page) => page.$eval('#message', (box) => box.value);
const selected = (page) => page.$eval('#message', (box) => box.value.slice(box.selectionStart, box.selectionEnd));
const focused = (page) => page.evaluate(() => document.activeElement.id || document.activeElement.tagName);

/** The page with the message that has a wrong unit, and one way to leave it: nothing bad happened. */
async function editing(options) {
  const { page, faults, close } = await visit(browser, site.url, options);
  await copy(page, wrongUnit);
  await page.keyboard.press('Control+V');
  await page.waitForFunction(() => document.getElementById('message').value.startsWith('MSH|'));
  await settled(page);
  return {
    page,
    async goTo(place) {
      await page.keyboard.press('Control+G');
      await settled(page);
      await page.keyboard.type(place);
      await page.keyboard.press('Enter');
      await settled(page);
    },
    async end() {
      assert.deepEqual(await faults(), []);
      await close();
    },
  };
}

test('Ctrl+F finds in the message, F3 goes on, the second Ctrl+F is the browser\'s', async () => {
  const { page, end } = await editing();
  const text = await value(page);
  await page.evaluate(() => {
    globalThis.kept = [];
    addEventListener('keydown', (e) => { if (e.key.toLowerCase() === 'f') globalThis.kept.push(e.defaultPrevented); });
  });
  await page.keyboard.press('Control+F');
  await settled(page);
  assert.equal(await focused(page), 'INPUT');
  await page.keyboard.type('nip001');
  await settled(page);
  assert.equal(await selected(page), 'NIP001');
  const first = await page.$eval('#message', (box) => box.selectionStart);
  await page.keyboard.press('F3');
  await settled(page);
  assert.ok(await page.$eval('#message', (box) => box.selectionStart) > first);
  await page.keyboard.press('Shift+F3');
  await settled(page);
  assert.equal(await page.$eval('#message', (box) => box.selectionStart), first);
  assert.equal(await value(page), text, 'nothing was typed into the message');
  await page.keyboard.press('Control+F');
  await settled(page);
  assert.deepEqual(await page.evaluate(() => globalThis.kept), [true, false]);
  await page.keyboard.press('Escape');
  await settled(page);
  assert.equal(await focused(page), 'message');
  assert.equal(await selected(page), 'NIP001');
  await end();
});

test('Ctrl+G goes to a place, Tab to the next field, Esc and Tab leave', async () => {
  const { page, goTo, end } = await editing();
  await goTo('rxa 3');
  assert.match(await selected(page), /^20\d{6}$/);
  await page.keyboard.press('Tab');
  await settled(page);
  assert.equal(await selected(page), '');
  await page.keyboard.press('Tab');
  await settled(page);
  assert.match(await selected(page), /\^CVX/);
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Shift+Tab');
  await settled(page);
  assert.match(await selected(page), /^20\d{6}$/);
  assert.equal(await focused(page), 'message');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  assert.notEqual(await focused(page), 'message');
  await end();
});

test('typing in a coded field offers codes, Enter takes one with its name', async () => {
  const { page, goTo, end } = await editing();
  await goTo('RXA-5');
  await page.keyboard.press('Backspace');
  await page.keyboard.type('varic', { delay: 40 });
  await settled(page);
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.getElementById('message').value.includes('|21^varicella^CVX|'));
  await page.keyboard.press('Control+Z');
  await page.waitForFunction(() => document.getElementById('message').value.includes('||varic|'));
  await end();
});

test('what is typed at an absent place brings its separators', async () => {
  const { page, goTo, end } = await editing();
  await goTo('RXR-4');
  await page.keyboard.type('IM', { delay: 40 });
  await page.waitForFunction(() => /\nRXR\|[^\n|]*\|[^\n|]*\|\|IM\n/.test(document.getElementById('message').value));
  await end();
});

test('Ctrl+. and Enter mend what is at the caret', async () => {
  const { page, end } = await editing();
  for (let i = 0; i < 30 && (await selected(page)) !== 'ML'; i++) {
    await page.keyboard.press('F8');
    await settled(page);
  }
  await page.keyboard.press('Control+.');
  await settled(page);
  await page.keyboard.press('Enter');
  await page.waitForSelector('#problems tr[data-path="RXA[1]-7[1].1"]', { state: 'detached' });
  assert.match(await value(page), /\|mL\^/);
  await end();
});

test('all safe fixes are shown, done in one step and undone in one', async () => {
  const { page, end } = await editing();
  const text = await value(page);
  const run = async () => {
    await page.keyboard.press('Control+K');
    await settled(page);
    await page.keyboard.type('fix all safe');
    await settled(page);
    await page.keyboard.press('Enter');
    await settled(page);
  };
  await run();
  assert.equal(await value(page), text, 'nothing is done before it is shown');
  await page.keyboard.press('Escape');
  await settled(page);
  assert.equal(await value(page), text);
  await run();
  await page.keyboard.press('Enter');
  await page.waitForSelector('#problems tr[data-path="RXA[1]-7[1].1"]', { state: 'detached' });
  await page.keyboard.press('Control+Z');
  await page.waitForFunction((t) => document.getElementById('message').value === t, text);
  await end();
});

test('F2 edits the field in the form; Enter writes it escaped, undo takes it back', async () => {
  const { page, goTo, end } = await editing();
  const text = await value(page);
  await goTo('RXA-15');
  await page.keyboard.press('F2');
  await settled(page);
  assert.equal(await focused(page), 'INPUT');
  await page.keyboard.type('LOT&7');
  assert.equal(await value(page), text);
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.getElementById('message').value.includes('LOT\\T\\7'));
  await page.keyboard.press('Escape');
  await settled(page);
  assert.equal(await focused(page), 'message');
  await page.keyboard.press('Control+Z');
  await page.waitForFunction((t) => document.getElementById('message').value === t, text);
  await end();
});

test('a dose folds and unfolds by key; the caret passes it', async () => {
  const { page, goTo, end } = await editing();
  await goTo('dose 1');
  await page.keyboard.press('Alt+ArrowUp');
  await settled(page);
  const text = await value(page), at = await page.$eval('#message', (box) => box.selectionStart);
  assert.equal(text.slice(at, at + 4), 'ORC|');
  await page.keyboard.press('ArrowDown');
  await settled(page);
  const next = await page.$eval('#message', (box) => box.selectionStart);
  assert.equal(text.slice(next, next + 4), 'ORC|');
  assert.ok(next > at);
  assert.equal(await value(page), text);
  await end();
});

test('in the form: a whole takes what is typed at its first part, Ctrl+Z takes back, the answer of an OBX is picked', async () => {
  const { page, goTo, end } = await editing();
  const before = await value(page);
  await goTo('PID-5');
  await page.keyboard.press('F2');  // of a name of several parts: the first one, its family name
  await settled(page);
  assert.equal(await focused(page), 'INPUT');
  await page.keyboard.press('ArrowUp');  // the whole name: nothing to type over
  await settled(page);
  await page.keyboard.type('Quince');
  await settled(page);
  assert.equal(await value(page), before, 'nothing is typed over the whole name');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => /\|Quince\^/.test(document.getElementById('message').value));
  assert.equal((await value(page)).length - before.length, 'Quince'.length - /\rPID(?:\|[^|]*){4}\|([^^]*)/.exec(before.replace(/\n/g, '\r'))[1].length);
  await page.keyboard.press('Control+Z');
  await page.waitForFunction((text) => document.getElementById('message').value === text, before);
  await goTo('OBX[2]-5');
  await page.keyboard.press('F2');
  await settled(page);
  await page.keyboard.type('VXC51');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.getElementById('message').value.includes('|VXC51^'));
  assert.match(await value(page), /\|30963-3\^[^|]*\|\d*\|VXC51\^[^|^]+\^CDCPHINVS\|/);
  await end();
});

test('a message is saved byte for byte, files are opened, by keys', async () => {
  const { page, end } = await editing();
  const saving = page.waitForEvent('download');
  await page.keyboard.press('Control+S');
  const file = await saving;
  assert.equal(file.suggestedFilename(), 'vxu.hl7');
  const bytes = await readFile(await file.path());
  assert.equal(bytes.toString('latin1'), Buffer.from(wrongUnit, 'utf8').toString('latin1'));
  const choosing = page.waitForEvent('filechooser');
  await page.keyboard.press('Control+O');
  await (await choosing).setFiles({ name: 'other.hl7', mimeType: 'text/plain', buffer: Buffer.from(wrongUnit.replace('|P|2.5.1', '|T|2.5.1')) });
  await page.waitForFunction(() => document.getElementById('message').value.includes('|T|2.5.1'));
  await end();
});

test('the palette inserts a segment where it belongs, and everything can be larger', async () => {
  const { page, goTo, end } = await editing();
  const count = async () => (await value(page)).match(/^NTE/gm)?.length ?? 0;
  assert.equal(await count(), 0);
  await goTo('OBX-5');
  await page.keyboard.press('Control+K');
  await settled(page);
  await page.keyboard.type('insert nte');
  await settled(page);
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => /^NTE/m.test(document.getElementById('message').value));
  assert.match(await value(page), /^OBX\|1.*\nNTE/m);
  const caret = () => page.$eval('#message', (box) => parseFloat(box.style.left));
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('End');
  await settled(page);
  const usual = await caret();
  await page.keyboard.press('Control+K');
  await page.keyboard.type('everything larger');
  await settled(page);
  await page.keyboard.press('Enter');
  await settled(page);
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('ArrowRight');
  await settled(page);
  assert.notEqual(await caret(), usual);
  const drawn = await page.screenshot();
  await page.keyboard.press('Control+K');
  await page.keyboard.type('usual size');
  await settled(page);
  await page.keyboard.press('Enter');
  await settled(page);
  assert.ok(!drawn.equals(await page.screenshot()));
  await end();
});

test('a copy without the person stands beside the message, and the text version has the data quality of both', async () => {
  const { page, end } = await editing();
  const original = await value(page);
  const names = /\rPID(?:\|[^|]*){4}\|([^^|]+)\^([^^|]+)/.exec(original.replace(/\n/g, '\r')).slice(1);
  await page.keyboard.press('Control+K');
  await page.keyboard.type('de-identify');
  await settled(page);
  await page.keyboard.press('Enter');
  await page.waitForFunction((text) => document.getElementById('message').value !== text, original);
  await settled(page);
  const copy = await value(page);
  const words = (text) => new Set(text.split(/[^\p{L}]+/u));
  for (const name of names) assert.ok(!words(copy).has(name), name);
  assert.equal(copy.split('\n').length, original.split('\n').length);
  // The check says the same of both.
  const rules = () => page.$$eval('#problems tr[data-rule]', (rows) => rows.map((r) => `${r.dataset.rule} ${r.dataset.path}`).sort());
  const ofCopy = await rules();
  await page.keyboard.press('F4');
  const quality = await page.$eval('#quality', (e) => e.textContent);
  assert.match(quality, /^2 messages: /);
  assert.match(quality, /Completeness of the patient/);
  for (const name of names) assert.ok(!words(quality).has(name), name);
  assert.ok(await page.$$eval('#quality meter', (list) => list.length) > 20);
  await page.keyboard.press('F4');
  await settled(page);
  await page.keyboard.press('Control+Z');
  await page.waitForFunction((text) => document.getElementById('message').value === text, original);
  await settled(page);
  assert.deepEqual(ofCopy, await rules());
  await end();
});
