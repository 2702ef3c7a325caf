// The canvas in a browser: pixels, pointer, files, clipboard button, pixel ratio, colours of the system, large texts.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { browser, copy, onPage, settled, site, visit } from './page.mjs';
import { sample, wrongUnit } from './samples.mjs';

onPage();

const value = (page) => page.$eval('#message', (box) => box.value);
const selected = (page) => page.$eval('#message', (box) => box.value.slice(box.selectionStart, box.selectionEnd));
const holds = (page, start) => page.waitForFunction((t) => document.getElementById('message').value.startsWith(t), start);
const paste = async (page, text) => {
  await copy(page, text);
  await page.keyboard.press('Control+V');
  await holds(page, 'MSH|');
  await settled(page);
};
/** A pixel of the canvas, in device pixels. */
const pixel = (page, x, y) => page.$eval('#screen', (screen, [px, py]) => {
  const one = Object.assign(document.createElement('canvas'), { width: 1, height: 1 });
  const pen = one.getContext('2d', { willReadFrequently: true });
  pen.drawImage(screen, -px, -py);
  return [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3);
}, [x, y]);

test('a click on a problem selects its value, typing mends it', async () => {
  const { page, faults, close } = await visit(browser, site.url);
  await paste(page, wrongUnit);
  const top = 612 + 42 + 18;  // first row of the problems
  for (let row = 0; row < 6 && (await selected(page)) !== 'ML'; row++) {
    await page.mouse.click(300, top + row * 36);
    await settled(page);
  }
  assert.equal(await selected(page), 'ML');
  await page.keyboard.type('mL');
  await page.waitForFunction((t) => document.getElementById('message').value === t, sample('vxu-two-doses').replaceAll('\r', '\n'));
  assert.deepEqual(await faults(), []);
  await close();
});

test('dragging selects, a right click and the browser\'s menu keep the selection', async () => {
  const { page, faults, close } = await visit(browser, site.url);
  await paste(page, wrongUnit);
  await page.mouse.move(65, 150);
  await page.mouse.down();
  await page.mouse.move(140, 150, { steps: 5 });
  await settled(page);
  await page.mouse.up();
  await settled(page);
  assert.match(await selected(page), /^MSH\|\^~/);
  await page.mouse.click(100, 150, { button: 'right' });
  await page.waitForTimeout(350);
  assert.match(await selected(page), /^MSH\|\^~/);
  await page.keyboard.press('Escape');
  await page.mouse.click(65, 150);
  await settled(page);
  assert.equal(await selected(page), '');
  assert.deepEqual(await faults(), []);
  await close();
});

test('the Paste button reads the clipboard, or says what to press', async () => {
  const { page, faults, close } = await visit(browser, site.url);
  await copy(page, wrongUnit);
  await page.mouse.click(450, 500);  // the card of the first visit
  await holds(page, 'MSH|');
  assert.equal(await value(page), wrongUnit.replaceAll('\r', '\n'));
  assert.deepEqual(await faults(), []);
  await close();

  const other = await visit(browser, site.url, {
    before: (p) => p.addInitScript(() => { navigator.clipboard.readText = () => Promise.reject(new Error('no')); }),
  });
  await other.page.mouse.click(450, 500);
  await settled(other.page);
  assert.equal(await value(other.page), '');
  assert.equal(await other.page.evaluate(() => document.activeElement.id), 'message');
  assert.deepEqual(await other.faults(), []);
  await other.close();
});

test('files that are dropped are opened, bytes as they are', async () => {
  const { page, faults, close } = await visit(browser, site.url);
  await page.evaluate((text) => {
    const transfer = new DataTransfer();
    const bytes = new Uint8Array([...text].map((c) => c.charCodeAt(0)));
    transfer.items.add(new File([bytes], 'a.hl7'));
    transfer.items.add(new File([bytes], 'b.hl7'));
    document.getElementById('screen').dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
  }, wrongUnit.replace('^Marlo', '^M\xe4rlo'));  // Windows-1252
  await holds(page, 'MSH|');
  assert.match(await value(page), /\^M\u00e4rlo/);
  assert.deepEqual(await faults(), []);
  await close();
});

test('the canvas has the pixels of the screen', async () => {
  for (const deviceScaleFactor of [1, 1.25, 2]) {
    const { page, faults, close } = await visit(browser, site.url, { size: [1000, 600], deviceScaleFactor, colorScheme: 'light' });
    const [width, height] = await page.$eval('#screen', (c) => [c.width, c.height]);
    assert.deepEqual([width, height], [1000 * deviceScaleFactor, 600 * deviceScaleFactor]);
    await page.setViewportSize({ width: 800, height: 500 });
    await page.waitForFunction((w) => document.getElementById('screen').width === w, 800 * deviceScaleFactor);
    await settled(page);
    // The bar at the bottom, in the corner of the smaller window.
    const corner = await pixel(page, 799 * deviceScaleFactor, 499 * deviceScaleFactor);
    assert.deepEqual(corner, await pixel(page, 2, 499 * deviceScaleFactor));
    assert.notDeepEqual(corner, [0, 0, 0]);
    assert.deepEqual(await faults(), []);
    await close();
  }
});

test('light, dark and contrast follow the system', async () => {
  const { page, faults, close } = await visit(browser, site.url, { colorScheme: 'light' });
  await settled(page);
  assert.deepEqual(await pixel(page, 700, 20), [0xF8, 0xF9, 0xFB]);
  await page.emulateMedia({ colorScheme: 'dark' });
  await settled(page);
  assert.deepEqual(await pixel(page, 700, 20), [0x17, 0x1B, 0x21]);
  await page.emulateMedia({ colorScheme: 'dark', contrast: 'more' });
  await settled(page);
  assert.deepEqual(await pixel(page, 700, 20), [0, 0, 0]);
  assert.deepEqual(await faults(), []);
  await close();
});

test('the caret of the text area is the caret of the editor', async () => {
  const { page, faults, close } = await visit(browser, site.url);
  const text = wrongUnit.replaceAll('\r', '\r\n').replace('Marlo', 'M\u00e4rl\u{1F9D2}o');
  await paste(page, text);
  const at = (await value(page)).indexOf('rl\u{1F9D2}o');
  await page.$eval('#message', (box, n) => box.setSelectionRange(n, n), at);
  await settled(page);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Delete');
  await page.waitForFunction(() => document.getElementById('message').value.includes('M\u00e4rlo'));
  await page.keyboard.press('Shift+ArrowLeft');
  assert.equal(await selected(page), 'l');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.getElementById('message').value.includes('M\u00e4r\no'));
  assert.deepEqual(await faults(), []);
  await close();
});

test('keys in a message of 2 MB are all answered', async () => {
  const { page, faults, close } = await visit(browser, site.url);
  const dose = wrongUnit.slice(wrongUnit.indexOf('\rORC|') + 1);
  await paste(page, wrongUnit + dose.repeat(Math.ceil(2e6 / dose.length)));
  await page.waitForTimeout(1500);
  await page.keyboard.press('Control+Home');
  for (let i = 0; i < 5; i++) await page.keyboard.type('x');
  await holds(page, 'xxxxxMSH|');
  assert.deepEqual(await faults(), []);
  await close();
});

test('a touch scrolls and a tap puts the caret', async () => {
  const { page, faults, close } = await visit(browser, site.url, { size: [400, 860], hasTouch: true, isMobile: true });
  await page.focus('#message');
  await paste(page, wrongUnit);
  await page.touchscreen.tap(120, 130);
  await page.waitForFunction(() => document.getElementById('message').selectionStart > 0);
  await page.touchscreen.tap(166, 830);  // the tab of the problems, third of six
  for (let tries = 0; tries < 20 && !await selected(page); tries++) {  // until the tab is drawn
    await page.touchscreen.tap(200, 168);
    await settled(page);
  }
  assert.notEqual(await selected(page), '');
  assert.deepEqual(await faults(), []);
  await close();
});
