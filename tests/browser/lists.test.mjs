// What one does beside typing in the text, with real key events: the palette, filters, groups, the way back, copying, new
// messages, two messages compared.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { browser, copy, onPage, problems, settled, site, visit } from './page.mjs';
import { wrongUnit } from './samples.mjs';

onPage();

const value = (page) => page.$eval('#message', (box) => box.value);
const selected = (page) => page.$eval('#message', (box) => box.value.slice(box.selectionStart, box.selectionEnd));
const selects = (page, text) => page.waitForFunction((t) => {
  const box = document.getElementById('message');
  return box.value.slice(box.selectionStart, box.selectionEnd) === t;
}, text, { timeout: 5000 });
const clipboard = (page) => page.evaluate(() => navigator.clipboard.readText());

async function open(text = wrongUnit) {
  const visited = await visit(browser, site.url);
  const { page } = visited;
  await copy(page, text);
  await page.keyboard.press('Control+V');
  await page.waitForSelector('#problems tr[data-path="RXA[1]-7[1].1"]', { state: 'attached' });
  return visited;
}

/** Runs a command by its words, as one types them. */
async function command(page, words, key = 'Control+K') {
  await page.keyboard.press(key);
  await page.waitForFunction(() => document.activeElement?.id !== 'message');
  await page.keyboard.type(words);
  await settled(page);
  await page.keyboard.press('Enter');
  await settled(page);
}

test('the palette runs a command, and its colours hold in the text view', async () => {
  const { page, faults, close } = await open();
  const text = await value(page);
  await command(page, 'dark colours');
  assert.equal(await value(page), text, 'what is typed in the palette is not the message’s');
  await page.keyboard.press('F4');
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  assert.equal(await ground(), 'rgb(27, 31, 38)');
  await page.keyboard.press('F4');
  await command(page, 'light colours', 'F1');
  await page.keyboard.press('F4');
  assert.equal(await ground(), 'rgb(255, 255, 255)');
  assert.deepEqual(await faults(), []);
  await close();
});

test('the palette goes to a problem and to a place', async () => {
  const { page, faults, close } = await open();
  await command(page, 'not in ucum');
  await selects(page, 'ML');
  const [, lot] = wrongUnit.match(/\rRXA(?:\|[^|]*){14}\|([^|]*)/);
  await command(page, 'RXA-15');
  await selects(page, lot);
  assert.deepEqual(await faults(), []);
  await close();
});

test('the list of keys is in the text version', async () => {
  const { page, close } = await open();
  const keys = await page.$$eval('#key-tables kbd', (caps) => caps.map((k) => k.textContent));
  for (const key of ['F8', 'Shift F8', 'Ctrl K, F1', 'Alt Left']) assert.ok(keys.includes(key), key);
  await close();
});

test('the tree is filtered, and its value is copied', async () => {
  const { page, faults, close } = await open();
  const [, lot] = wrongUnit.match(/\rRXA(?:\|[^|]*){14}\|([^|]*)/);
  await command(page, 'find a field');
  await page.keyboard.type('lot number');
  await settled(page);
  await page.keyboard.press('Enter');
  await settled(page);
  for (const key of ['Home', 'ArrowDown', 'ArrowDown']) await page.keyboard.press(key);
  await selects(page, lot);
  await page.keyboard.press('Control+C');
  assert.equal(await clipboard(page), lot);
  await page.keyboard.press('Shift+F10');
  await settled(page);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await settled(page);
  assert.equal(await clipboard(page), 'RXA[1]-15[1]');
  assert.deepEqual(await faults(), []);
  await close();
});

test('the problems are grouped and filtered by keyboard', async () => {
  const { page, faults, close } = await open();
  await command(page, 'grouped by who');
  await page.keyboard.press('ArrowDown');
  await selects(page, 'ML');
  await command(page, 'filter the problems');
  await page.keyboard.type('nothing like this');
  await settled(page);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('F8');
  await settled(page);
  assert.notEqual(await selected(page), 'ML', 'F8 goes only to what is listed');
  assert.deepEqual(await faults(), []);
  await close();
});

test('back to the place before', async () => {
  const { page, faults, close } = await open();
  for (let i = 0; (await selected(page)) !== 'ML'; i++) {
    assert.ok(i < 10);
    await page.keyboard.press('F8');
    await settled(page);
  }
  await page.keyboard.press('Control+Home');
  await settled(page);
  assert.equal(await selected(page), '');
  await page.keyboard.press('Alt+ArrowLeft');
  await selects(page, 'ML');
  await page.keyboard.press('Alt+ArrowRight');
  await page.waitForFunction(() => document.getElementById('message').selectionStart < 4);
  assert.equal(page.url(), site.url, 'the page is still there');
  assert.deepEqual(await faults(), []);
  await close();
});

test('a new message from a template', async () => {
  const { page, faults, close } = await visit(browser, site.url);
  await command(page, 'new message');
  await page.keyboard.type('refus');
  await settled(page);
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.getElementById('message').value.startsWith('MSH|'));
  await page.waitForFunction(() => /^(No problems|1 advice)/.test(document.getElementById('summary').textContent));  // a child's has no next of kin
  assert.match(await value(page), /\nRXA\|/);
  assert.equal((await problems(page)).filter((r) => r.severity === 'error').length, 0);
  assert.deepEqual(await faults(), []);
  await close();
});

test('two messages are compared', async () => {
  const { page, faults, close } = await open();
  await command(page, 'compare with');
  await copy(page, wrongUnit.replace('|ML', '|mL'));
  await page.keyboard.press('Control+V');
  await settled(page);
  assert.equal(await value(page), wrongUnit.replaceAll('\r', '\n'), 'what is pasted is the other message');
  await page.keyboard.press('ArrowDown');
  await settled(page);
  await page.keyboard.press('Enter');
  await selects(page, 'ML');
  assert.deepEqual(await faults(), []);
  await close();
});

test('a finger that rests on a problem opens its menu; one that moves scrolls', async () => {
  const { page, faults, close } = await visit(browser, site.url, { size: [400, 860], hasTouch: true, isMobile: true });
  await page.focus('#message');
  await copy(page, wrongUnit);
  await page.keyboard.press('Control+V');
  await page.waitForSelector('#problems tr[data-path="RXA[1]-7[1].1"]', { state: 'attached' });
  const cdp = await page.context().newCDPSession(page);
  const touch = (type, x, y) => cdp.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y }] });
  await page.touchscreen.tap(166, 830);  // the tab of the problems
  await page.waitForTimeout(200);
  const picture = () => page.$eval('#screen', (screen) => screen.toDataURL());
  const [x, y] = [120, 168];
  // Where the first row of the menu would be: it copies the problem.
  const first = [x + 60, y + 24];
  await page.evaluate(() => navigator.clipboard.writeText('nothing'));
  await touch('touchStart', x, y);
  await touch('touchMove', x, y + 40);
  await page.waitForTimeout(750);
  await touch('touchEnd');
  await page.waitForTimeout(200);
  await page.touchscreen.tap(...first);
  await page.waitForTimeout(200);
  assert.equal(await clipboard(page), 'nothing');
  await touch('touchStart', x, y);
  await page.waitForTimeout(300);
  const before = await picture();
  await page.waitForTimeout(450);
  assert.notEqual(await picture(), before, 'the menu opens while the finger rests');
  await touch('touchEnd');
  await page.waitForTimeout(200);
  await page.touchscreen.tap(...first);
  const [problem] = await problems(page);
  for (let n = 0; n < 100 && await clipboard(page) === 'nothing'; n++) await page.waitForTimeout(50);
  assert.ok((await clipboard(page)).includes(problem.rule));
  assert.deepEqual(await faults(), []);
  await close();
});

test('the palette opens the page of a code', async () => {
  const { page, faults, close } = await open();
  const text = await value(page);
  await command(page, 'cvx 208');
  await page.waitForTimeout(200);
  await page.keyboard.press('Control+C');
  assert.match(await clipboard(page), /^208\t/);
  await command(page, 'go to the message text');
  assert.equal(await value(page), text);
  assert.deepEqual(await faults(), []);
  await close();
});
