// Two renderers, one picture: what the GPU draws beside what the rasteriser draws, and how one takes over from the other.
// The GPU is SwiftShader, which the page takes only when asked to (#renderer=gl).

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { browser, copy, onPage, settled, site, visit } from './page.mjs';
import { wrongUnit } from './samples.mjs';

// A GPU puts corners on a grid of its own, a sixteenth of a pixel or finer: at the edge of a letter it may take the texel
// beside the rasteriser's, a quarter of the coverage more or less. Elsewhere only blending rounds otherwise. So: of a
// million pixels at most NEAR differ by more than 4 in a channel, and at most FAR by more than a quarter.
const NEAR = 25000, FAR = 1500;

onPage({ gl: true });

const drawnBy = (page, name) => page.waitForFunction((n) => document.getElementById('screen').dataset.renderer === n, name);
async function open(hash, options = {}) {
  const seen = await visit(browser, `${site.url}${hash}`, { colorScheme: 'light', ...options });
  await copy(seen.page, wrongUnit);
  await seen.page.keyboard.press('Control+V');
  await seen.page.waitForFunction(() => document.getElementById('message').value.startsWith('MSH|'));
  await seen.page.keyboard.press('F8');
  await seen.page.mouse.move(1, 1);
  await seen.page.waitForTimeout(600);
  return seen;
}
/** How two pictures of the page differ: how many pixels by how much in a channel, and how flat the first is. */
const compare = (page, one, other) => page.evaluate(async (pictures) => {
  const pixels = await Promise.all(pictures.map(async (png) => {
    const bytes = Uint8Array.from(atob(png), (c) => c.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const pen = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    pen.drawImage(bitmap, 0, 0);
    return pen.getImageData(0, 0, bitmap.width, bitmap.height);
  }));
  const [a, b] = pixels.map((p) => p.data), counts = new Array(256).fill(0), colours = new Set();
  for (let i = 0; i < a.length; i += 4) {
    counts[Math.max(Math.abs(a[i] - b[i]), Math.abs(a[i + 1] - b[i + 1]), Math.abs(a[i + 2] - b[i + 2]))]++;
    colours.add((a[i] << 16) | (a[i + 1] << 8) | a[i + 2]);
  }
  return { size: [pixels[0].width === pixels[1].width, pixels[0].height === pixels[1].height], counts, colours: colours.size };
}, [one, other].map((png) => png.toString('base64')));

function assertSame({ size, counts, colours }) {
  assert.deepEqual(size, [true, true]);
  assert.ok(colours > 100, `the picture is flat: ${colours} colours`);
  const all = counts.reduce((sum, n) => sum + n, 0);
  for (const [channel, most] of [[4, NEAR], [64, FAR]]) {
    const many = counts.slice(channel + 1).reduce((sum, n) => sum + n, 0);
    assert.ok(many * 1e6 <= most * all, `${many} of ${all} pixels differ by more than ${channel}`);
  }
}

test('the GPU and the rasteriser draw the same picture', async () => {
  for (const deviceScaleFactor of [1, 1.25]) {
    const software = await open('#renderer=sw', { deviceScaleFactor });
    assert.equal(await software.page.$('#gpu'), null);
    const gpu = await open('#renderer=gl', { deviceScaleFactor });
    await drawnBy(gpu.page, 'gpu');
    assertSame(await compare(gpu.page, await gpu.page.screenshot(), await software.page.screenshot()));
    assert.deepEqual(await gpu.faults(), []);
    await gpu.close();
    await software.close();
  }
});

test('a simulated GPU is not taken unasked', async () => {
  const { page, faults, close } = await open('');
  await drawnBy(page, 'software');
  assert.equal(await page.$('#gpu'), null);
  assert.deepEqual(await faults(), []);
  await close();
});

test('the rasteriser takes over from a lost context, and gives back when it is restored', async () => {
  const { page, close } = await open('#renderer=gl');
  await drawnBy(page, 'gpu');
  const before = await page.screenshot();
  await page.evaluate(() => {
    globalThis.loser = document.getElementById('gpu').getContext('webgl2').getExtension('WEBGL_lose_context');
    globalThis.loser.loseContext();
  });
  await drawnBy(page, 'software');
  await settled(page);
  assertSame(await compare(page, before, await page.screenshot()));
  await page.evaluate(() => globalThis.loser.restoreContext());
  await drawnBy(page, 'gpu');
  await settled(page);
  assertSame(await compare(page, before, await page.screenshot()));
  await close();
});

test('the address changes the renderer at once', async () => {
  const { page, faults, close } = await open('#renderer=gl');
  await drawnBy(page, 'gpu');
  await page.evaluate(() => { location.hash = 'renderer=sw'; });
  await drawnBy(page, 'software');
  await page.setViewportSize({ width: 1200, height: 700 });
  await page.evaluate(() => { location.hash = 'renderer=gl'; });
  await drawnBy(page, 'gpu');
  await settled(page);
  assert.deepEqual(await page.$eval('#gpu', (c) => [c.width, c.height]), [1200, 700]);
  assert.deepEqual(await faults(), []);
  await close();
});

test('the rasteriser puts on the canvas what changed, and the canvas is as if drawn whole', async () => {
  const { page, faults, close } = await open('#renderer=sw', {
    before: (p) => p.addInitScript(() => {
      globalThis.area = 0;
      const put = CanvasRenderingContext2D.prototype.putImageData;
      CanvasRenderingContext2D.prototype.putImageData = function (image, x, y, ...part) {
        globalThis.area += part.length ? part[2] * part[3] : image.width * image.height;
        return put.call(this, image, x, y, ...part);
      };
    }),
  });
  const picture = () => page.$eval('#screen', (screen) => screen.toDataURL());
  const area = () => page.evaluate(() => {
    const { area: all } = globalThis;
    globalThis.area = 0;
    return all;
  });
  await page.keyboard.press('Control+Home');
  await settled(page);
  await area();
  for (const key of ['End', 'x', 'y', 'ArrowDown', 'Backspace', 'F8', 'z']) {
    await page.keyboard.press(key);
    await settled(page);
  }
  const typed = await area();
  assert.ok(typed > 0 && typed < 7 * 1600 * 900, `${typed} pixels for seven keys, each of which draws three frames`);
  const partly = await picture();
  await page.$eval('#screen', (screen) => screen.dispatchEvent(new Event('contextrestored')));
  await settled(page);
  assert.equal(await area(), 1600 * 900, 'a canvas that lost its picture is drawn whole');
  assert.ok(await picture() === partly, 'and looks the same');
  assert.deepEqual(await faults(), []);
  await close();
});
