// Input as people have it: input methods, dead keys, touch keyboards, zoom, lost focus, a Mac's keys, long texts.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { browser, copy, onPage, settled, site, visit } from './page.mjs';
import { sample, wrongUnit } from './samples.mjs';

onPage();

const text = sample('vxu-two-doses');
const value = (page) => page.$eval('#message', (box) => box.value);
const ends = (page, end) => page.waitForFunction((t) => document.getElementById('message').value.endsWith(t), end);
async function open(options = {}, what = text) {
  const seen = await visit(browser, site.url, options);
  seen.cdp = await seen.page.context().newCDPSession(seen.page);
  await copy(seen.page, what);
  await seen.page.focus('#message');
  await seen.page.keyboard.press('Control+V');
  await seen.page.waitForFunction(() => document.getElementById('message').value.startsWith('MSH|'));
  await settled(seen.page);
  return seen;
}
/** The pixel that far from the caret of the editor, in CSS pixels. */
const atCaret = (page, x, y) => page.evaluate(([dx, dy]) => {
  const { left, top } = document.getElementById('message').style, screen = document.getElementById('screen');
  const one = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d', { willReadFrequently: true });
  one.drawImage(screen, -(parseFloat(left) + dx), -(parseFloat(top) + dy));
  return [...one.getImageData(0, 0, 1, 1).data].slice(0, 3).join();
}, [x, y]);

test('what an input method composes is underlined until it is done', async () => {
  const { page, cdp, faults, close } = await open({ colorScheme: 'light' });
  await page.keyboard.press('Control+End');
  await page.keyboard.type('NTE|1||');
  await cdp.send('Input.imeSetComposition', { text: 'に', selectionStart: 1, selectionEnd: 1 });
  await cdp.send('Input.imeSetComposition', { text: 'にほ', selectionStart: 2, selectionEnd: 2 });
  await ends(page, 'NTE|1||にほ');
  await settled(page);
  const under = 18;  // the last line of a row, seen from the top of the caret
  const composed = await atCaret(page, -12, under), before = await atCaret(page, -28, under);
  assert.notEqual(composed, before, 'the two composed characters are underlined, the delimiter before them is not');
  await cdp.send('Input.insertText', { text: '日本' });
  await ends(page, 'NTE|1||日本');
  await settled(page);
  assert.notEqual(await atCaret(page, -12, under), composed, 'and no longer');
  assert.deepEqual(await faults(), []);
  await close();
});

test('a composition that is given up leaves nothing', async () => {
  const { page, cdp, faults, close } = await open();
  await page.keyboard.press('Control+End');
  const before = await value(page);
  await cdp.send('Input.imeSetComposition', { text: 'ka', selectionStart: 2, selectionEnd: 2 });
  await cdp.send('Input.imeSetComposition', { text: '', selectionStart: 0, selectionEnd: 0 });
  await page.waitForFunction((t) => document.getElementById('message').value === t, before);
  await page.keyboard.type('x');
  await ends(page, `${before.slice(-4)}x`);
  assert.deepEqual(await faults(), []);
  await close();
});

test('a dead key gives its letter', async () => {
  const { page, cdp, faults, close } = await open();
  await page.keyboard.press('Control+End');
  const before = await value(page);
  await cdp.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: 'Dead', code: 'BracketLeft', windowsVirtualKeyCode: 229 });
  await cdp.send('Input.imeSetComposition', { text: '´', selectionStart: 1, selectionEnd: 1 });
  await cdp.send('Input.insertText', { text: 'é' });
  await page.waitForFunction((t) => document.getElementById('message').value === t, `${before}é`);
  assert.deepEqual(await faults(), []);
  await close();
});

test('Backspace, Delete and the arrows take what a reader sees as one character', async () => {
  const { page, cdp, faults, close } = await open();
  await page.keyboard.press('Control+End');
  const before = await value(page);
  const is = (end) => page.waitForFunction((t) => document.getElementById('message').value === t, before + end);
  const family = '\u{1F468}\u200D\u{1F469}\u200D\u{1F467}', flag = '\u{1F1FA}\u{1F1F8}', hand = '\u{1F44B}\u{1F3FD}';
  for (const one of ['|', family, flag, hand]) await cdp.send('Input.insertText', { text: one });
  await is(`|${family}${flag}${hand}`);
  await page.keyboard.press('Backspace');
  await is(`|${family}${flag}`);
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Delete');
  await is(`|${flag}`);
  assert.deepEqual(await faults(), []);
  await close();
});

test('a touch keyboard types and deletes', async () => {
  const { page, cdp, faults, close } = await open({ size: [400, 860], hasTouch: true, isMobile: true });
  await page.evaluate(() => document.activeElement.blur());
  await page.touchscreen.tap(120, 130);
  await page.waitForFunction(() => document.activeElement.id === 'message');
  assert.ok(await page.$eval('#message', (box) => parseFloat(getComputedStyle(box).fontSize) >= 16), 'or a phone zooms in');
  await settled(page);
  const before = await value(page), at = await page.$eval('#message', (box) => box.selectionStart);
  const is = (t) => page.waitForFunction((whole) => document.getElementById('message').value === whole, before.slice(0, at) + t + before.slice(at));
  // As Android does it: a key without a name, then the text; no key for a deletion.
  for (const letter of 'ab') {
    await cdp.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: 'Unidentified', windowsVirtualKeyCode: 229 });
    await cdp.send('Input.insertText', { text: letter });
  }
  await is('ab');
  await page.evaluate(() => document.execCommand('delete'));
  await is('a');
  assert.deepEqual(await faults(), []);
  await close();
});

test('a wheel with Ctrl is the browser\'s zoom, two fingers too', async () => {
  const { page, faults, close } = await open({ size: [1000, 600] });
  const prevented = await page.$eval('#screen', (screen) => {
    const send = (ctrlKey) => {
      const e = new WheelEvent('wheel', { deltaY: 10, ctrlKey, bubbles: true, cancelable: true });
      screen.dispatchEvent(e);
      return e.defaultPrevented;
    };
    return [send(true), send(false)];
  });
  assert.deepEqual(prevented, [false, true]);
  assert.equal(await page.$eval('#screen', (screen) => getComputedStyle(screen).touchAction), 'pinch-zoom');
  assert.deepEqual(await faults(), []);
  await close();
});

test('browser zoom and another screen: as sharp as a page that began so, and what is clicked is hit', async () => {
  const size = [1440, 900], options = { size, colorScheme: 'light', reducedMotion: 'reduce' };
  const { page, cdp, faults, close } = await open(options, wrongUnit);
  // The text and its marks; above it stands what else was done in the page, as the way back.
  const picture = (of) => of.evaluate(() => {
    const screen = document.getElementById('screen'), { width, height } = screen, ratio = devicePixelRatio;
    const part = Object.assign(document.createElement('canvas'), { width: Math.round(700 * ratio), height: Math.round(300 * ratio) });
    part.getContext('2d').drawImage(screen, 0, -Math.round(130 * ratio));
    return { width, height, image: part.toDataURL() };
  });
  // A problem in the list, then a word in the text: where they are clicked is the same in CSS pixels.
  const problem = async (of) => {
    await of.mouse.click(300, 671);
    await of.mouse.move(1, 1);
    await of.waitForTimeout(500);
    return of.$eval('#message', (box) => box.value.slice(box.selectionStart, box.selectionEnd));
  };
  const chosen = await problem(page);
  assert.ok(chosen.length > 0);
  for (const [ratio, zoom] of [[1.25, 1], [2, 1], [1.1, 1], [1, 1], [2, 2], [1, 1]]) {
    const [width, height] = size.map((n) => Math.round(n / zoom));
    await page.keyboard.press('Control+Home');
    await cdp.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: ratio, mobile: false });
    await page.mouse.move(2, 2);
    await page.waitForFunction(([w, h]) => {
      const screen = document.getElementById('screen');
      return Math.abs(screen.width - w) <= 1 && Math.abs(screen.height - h) <= 1;
    }, [width * ratio, height * ratio], { timeout: 5000 });
    if (zoom === 1) assert.equal(await problem(page), chosen, `at ${ratio}`);
    await page.waitForTimeout(300);
    const fresh = await open({ ...options, size: [width, height], deviceScaleFactor: ratio }, wrongUnit);
    await fresh.page.keyboard.press('Control+Home');
    await fresh.page.waitForTimeout(100);
    if (zoom === 1) await problem(fresh.page);
    await fresh.page.waitForTimeout(300);
    const [here, there] = [await picture(page), await picture(fresh.page)];
    await fresh.close();
    assert.deepEqual([here.width, here.height], [there.width, there.height]);
    // A zoomed page is laid out for its width, where another pane may be open than in a new one.
    if (zoom === 1) assert.ok(here.image === there.image, `at ${ratio} the text is drawn anew, not stretched`);
  }
  assert.deepEqual(await faults(), []);
  await close();
});

test('a window that loses the focus keeps no key and no button down', async () => {
  const { page, faults, close } = await open();
  const selection = () => page.$eval('#message', (box) => box.selectionEnd - box.selectionStart);
  await page.mouse.move(100, 150);
  await page.mouse.down();
  await page.mouse.move(160, 150, { steps: 4 });
  await settled(page);
  const held = await selection();
  assert.ok(held > 0);
  await page.evaluate(() => dispatchEvent(new Event('blur')));
  await settled(page);
  await page.evaluate(() => dispatchEvent(new Event('focus')));
  await page.mouse.move(300, 150, { steps: 4 });
  await settled(page);
  assert.equal(await selection(), held, 'the button is no longer down');
  assert.deepEqual(await faults(), []);
  await close();
});

test('a Mac\'s keys', async () => {
  const { page, faults, close } = await open({
    before: (p) => p.addInitScript(() => { Object.defineProperty(navigator, 'platform', { get: () => 'MacIntel' }); }),
  });
  const place = () => page.$eval('#message', (box) => [box.selectionStart, box.selectionEnd]);
  const before = await value(page), first = before.indexOf('\n');
  await page.keyboard.press('Meta+ArrowRight');
  assert.deepEqual(await place(), [first, first]);
  await page.keyboard.press('Meta+ArrowLeft');
  assert.deepEqual(await place(), [0, 0]);
  await page.keyboard.press('Alt+ArrowRight');
  assert.deepEqual(await place(), [3, 3], 'Option goes by words');
  await page.keyboard.press('Alt+Backspace');
  await page.waitForFunction((t) => document.getElementById('message').value === t, before.slice(3));
  await page.keyboard.press('Meta+z');
  await page.waitForFunction((t) => document.getElementById('message').value === t, before);
  await page.keyboard.press('Meta+a');
  assert.deepEqual(await place(), [0, before.length]);
  // Back and forward in the places that were current; Option with an arrow goes by words.
  await page.keyboard.press('Meta+g');
  await page.keyboard.type('RXA-5.1');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Meta+g');
  await page.keyboard.type('PID-5.1');
  await page.keyboard.press('Enter');
  const there = await place();
  await page.keyboard.press('Control+Meta+ArrowLeft');
  assert.notDeepEqual(await place(), there);
  await page.keyboard.press('Control+Meta+ArrowRight');
  assert.deepEqual(await place(), there);
  // What the page says of keys.
  await page.keyboard.press('F4');
  const said = await page.$$eval('kbd', (caps) => caps.map((cap) => cap.textContent));
  assert.ok(said.includes('\u2318V') && said.includes('\u21e7\u2318Z') && said.includes('\u2325\u238b'), said.join(' '));
  assert.ok(!said.some((cap) => /Ctrl|Alt/.test(cap)), said.join(' '));
  assert.deepEqual(await faults(), []);
  await close();
});

test('the text area holds a part of a long text, the workbench all of it', async () => {
  const dose = wrongUnit.slice(wrongUnit.indexOf('\rORC|') + 1);
  const long = wrongUnit + dose.repeat(Math.ceil(3e5 / dose.length));
  const { page, faults, close } = await open({}, long);
  const whole = async () => {
    await page.keyboard.press('Control+A');
    await page.keyboard.press('Control+C');
    return page.evaluate(() => navigator.clipboard.readText());
  };
  assert.ok((await value(page)).length < 1e5);
  await page.keyboard.press('Control+End');
  await page.keyboard.type('NTE|1||é');
  await ends(page, 'NTE|1||é');
  assert.ok((await value(page)).length < 1e5);
  await page.keyboard.press('Control+Home');
  await page.keyboard.type('x');
  await page.waitForFunction(() => document.getElementById('message').value.startsWith('xMSH|'));
  await page.keyboard.press('Backspace');
  assert.equal(await whole(), `${long}NTE|1||é`);
  await page.keyboard.press('F4');
  await page.waitForFunction((n) => document.getElementById('message').value.length === n, long.length + 8);
  await page.keyboard.press('F4');
  await page.waitForFunction(() => document.getElementById('message').value.length < 1e5);
  await page.keyboard.press('Control+A');
  await page.keyboard.type('y');
  await page.waitForFunction(() => document.getElementById('message').value === 'y');
  await page.keyboard.press('Control+Z');
  await page.waitForFunction(() => document.getElementById('message').value.length > 1e4);
  assert.equal(await whole(), `${long}NTE|1||é`);
  assert.deepEqual(await faults(), []);
  await close();
});
