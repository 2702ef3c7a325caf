// The main job with real key events: paste a message, see what is wrong, go there, mend it by typing, see it go.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { browser, copy, onPage, problems, settled, site, visit } from './page.mjs';
import { nistMessage, sample, wrongUnit } from './samples.mjs';

onPage();

/** Waits until a finding of the page stands at that path, or no longer does. */
const stands = (page, path) => page.waitForSelector(`#problems tr[data-path="${path}"]`, { state: 'attached' });
const gone = (page, path) => page.waitForSelector(`#problems tr[data-path="${path}"]`, { state: 'detached' });
const value = (page) => page.$eval('#message', (box) => box.value);
const selected = (page) => page.$eval('#message', (box) => box.value.slice(box.selectionStart, box.selectionEnd));

async function paste(page, text) {
  await copy(page, text);
  await page.keyboard.press('Control+V');
  await settled(page);
}

async function repair(page, text, path, wrong, right) {
  await copy(page, text);
  await page.keyboard.press('Control+V');
  await stands(page, path);
  assert.equal(await value(page), text.replaceAll('\r', '\n'), 'what was pasted stands in the editor');
  const row = (await problems(page)).find((r) => r.path === path);
  assert.equal(row.severity, 'error');
  assert.match(await page.textContent('#summary'), /\d error/);

  await page.keyboard.press('Control+Home');
  for (let i = 0; (await selected(page)) !== wrong; i++) {
    assert.ok(i < 30, `F8 leads to ${path}`);
    await page.keyboard.press('F8');
    await settled(page);
  }
  await page.keyboard.type(right);
  await gone(page, path);
  assert.equal(await value(page), text.replace(`|${wrong}`, `|${right}`).replaceAll('\r', '\n'));
}

test('an invented message: paste, find, go there, mend, gone', async () => {
  const { page, faults, close } = await visit(browser, site.url);
  await repair(page, wrongUnit, 'RXA[1]-7[1].1', 'ML', 'mL');
  assert.equal((await problems(page)).filter((r) => r.severity === 'error').length, 0);
  assert.deepEqual(await faults(), []);
  await close();
});

test('a message of NIST: paste, find, go there, mend, gone', async (t) => {
  const message = nistMessage();
  if (!message) return t.skip('needs the shared data');
  const { page, faults, close } = await visit(browser, site.url);
  await repair(page, message, 'PID[1]-8[1]', 'Q', 'F');
  assert.deepEqual(await faults(), []);
  await close();
});

test('typing é, characters outside the BMP, undo and redo', async () => {
  const { page, faults, close } = await visit(browser, site.url);
  await copy(page, sample('vxu-two-doses'));
  await page.keyboard.press('Control+V');
  await page.waitForFunction(() => document.getElementById('message').value.startsWith('MSH|'));
  const before = await value(page);
  const ends = (text) => page.waitForFunction((t) => document.getElementById('message').value === t, before + text);
  await page.keyboard.press('Control+End');
  await page.keyboard.type('NTE|1||');
  await page.keyboard.type('é');
  await page.keyboard.insertText('🧒');
  await ends('NTE|1||é🧒');
  await page.keyboard.press('Backspace');
  await ends('NTE|1||é');
  await page.keyboard.press('Backspace');
  await ends('NTE|1||');
  await page.keyboard.press('Control+Z');
  await page.waitForFunction(() => document.getElementById('message').value.includes('é'));
  for (let i = 0; i < 10; i++) await page.keyboard.press('Control+Y');
  await ends('NTE|1||');
  for (let i = 0; i < 20; i++) await page.keyboard.press('Control+Z');
  await page.waitForFunction(() => document.getElementById('message').value === '');
  assert.deepEqual(await faults(), []);
  await close();
});

test('an input method composes in the editor', async () => {
  const { page, faults, close } = await visit(browser, site.url);
  await copy(page, sample('vxu-two-doses'));
  await page.keyboard.press('Control+V');
  await page.waitForFunction(() => document.getElementById('message').value.startsWith('MSH|'));
  const before = await value(page);
  await page.keyboard.press('Control+End');
  const session = await page.context().newCDPSession(page);
  await session.send('Input.imeSetComposition', { text: 'に', selectionStart: 1, selectionEnd: 1 });
  await session.send('Input.imeSetComposition', { text: 'にほ', selectionStart: 2, selectionEnd: 2 });
  await session.send('Input.insertText', { text: '日本' });
  await page.waitForFunction((t) => document.getElementById('message').value === t, `${before}日本`);
  await page.keyboard.type('x');
  await page.waitForFunction((t) => document.getElementById('message').value === t, `${before}日本x`);
  assert.deepEqual(await faults(), []);
  await close();
});

test('copy and cut give the selected text', async () => {
  const { page, faults, close } = await visit(browser, site.url);
  await copy(page, wrongUnit);
  await page.keyboard.press('Control+V');
  await stands(page, 'RXA[1]-7[1].1');
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Control+C');
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  assert.equal(await clipboard(), wrongUnit, 'line ends are copied as they were pasted');
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('Shift+End');
  await page.keyboard.press('Control+X');
  await page.waitForFunction(() => !document.getElementById('message').value.startsWith('MSH|'));
  assert.match(await clipboard(), /^MSH\|/);
  assert.deepEqual(await faults(), []);
  await close();
});

test('a script that fills the text area is read like a paste', async () => {
  const { page, faults, close } = await visit(browser, site.url);
  await page.fill('#message', wrongUnit.replaceAll('\r', '\n'));
  await stands(page, 'RXA[1]-7[1].1');
  await page.fill('#message', sample('vxu-two-doses').replaceAll('\r', '\n'));
  await gone(page, 'RXA[1]-7[1].1');
  await page.fill('#message', '');
  await page.waitForFunction(() => document.querySelectorAll('#problems tr').length === 0);
  assert.deepEqual(await faults(), []);
  await close();
});

test('a click in the editor sets the caret there', async () => {
  const { page, faults, close } = await visit(browser, site.url);
  await copy(page, wrongUnit);
  await page.keyboard.press('Control+V');
  await stands(page, 'RXA[1]-7[1].1');
  await page.keyboard.press('Control+Home');
  const caret = () => page.$eval('#message', (box) => box.selectionStart);
  assert.equal(await caret(), 0);
  await page.mouse.click(300, 150);  // the first line of the message
  await page.waitForFunction(() => document.getElementById('message').selectionStart > 0);
  assert.ok((await caret()) < wrongUnit.indexOf('\r'));
  await page.keyboard.type('x');
  await page.waitForFunction((t) => document.getElementById('message').value.split('\n')[0].length === t + 1, wrongUnit.indexOf('\r'));
  assert.deepEqual(await faults(), []);
  await close();
});

test('browser shortcuts stay the browser\'s', async () => {
  const { page, close } = await visit(browser, site.url);
  await page.evaluate(() => {
    globalThis.prevented = [];
    addEventListener('keydown', (e) => setTimeout(() => { if (e.defaultPrevented) globalThis.prevented.push(e.key); }));
  });
  for (const key of ['F5', 'F11', 'F12']) {
    await page.evaluate((k) => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: k, code: k, bubbles: true, cancelable: true })), key);
  }
  for (const key of ['t', 'n', 'w', 'l', 'r', 'p', 'j', 'd', '+', '-', '0', '1', 'c', 'v', 'x']) {
    await page.evaluate((k) => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: k, ctrlKey: true, bubbles: true, cancelable: true })), key);
  }
  await settled(page);
  assert.deepEqual(await page.evaluate(() => globalThis.prevented), []);
  await close();
});

test('the page asks before it goes with what was edited and not saved, and only then', async () => {
  const { page, faults, close } = await visit(browser, site.url);
  let asked = 0;
  page.on('dialog', (dialog) => {
    assert.equal(dialog.type(), 'beforeunload');
    asked++;
    dialog.accept();
  });
  await paste(page, sample('vxu-two-doses'));
  await page.goto(site.url);
  await page.waitForSelector('body[data-state="ready"]', { state: 'attached' });
  assert.equal(asked, 0, 'what was pasted is elsewhere, too');
  await paste(page, sample('vxu-two-doses'));
  await page.keyboard.press('Control+End');
  await page.keyboard.type('x');
  await settled(page);
  await page.goto(site.url);
  await page.waitForSelector('body[data-state="ready"]', { state: 'attached' });
  assert.equal(asked, 1);
  await paste(page, sample('vxu-two-doses'));
  await page.keyboard.press('Control+End');
  await page.keyboard.type('x');
  await settled(page);
  await Promise.all([page.waitForEvent('download'), page.keyboard.press('Control+S')]);
  await page.goto(site.url);
  assert.equal(asked, 1, 'what was saved is safe');
  assert.deepEqual(await faults(), []);
  await close();
});
