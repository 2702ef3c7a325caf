// Measures the built page in Chromium, all of it in one run, and prints one table. Not a test: nothing can fail.
//
//     node tests/bench/page.mjs [--keys 40] [--big]
//
// Times are medians in ms. The column "of fill" is the time as a multiple of what this machine needs in the same run to
// fill 1600x900 pixels in JavaScript, ten times: compare that, not milliseconds, between runs and machines. `--big` adds
// a message of 2 MB. Needs site/dist (site/build.py); README.md says what the lines mean.

import { dist, copy, launch, serve, visit } from '../browser/page.mjs';
import { wrongUnit } from '../browser/samples.mjs';

const option = (name, otherwise) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
};
const keys = option('keys', 40);
const big = process.argv.includes('--big');
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

/** Runs before the page: notes how long each frame takes and when the last key came. */
function meter() {
  globalThis.frames = [];
  globalThis.keyed = [];
  let key = 0;
  addEventListener('keydown', (e) => { key = e.timeStamp; }, true);
  const ask = globalThis.requestAnimationFrame;
  globalThis.requestAnimationFrame = (draw) => ask.call(globalThis, (time) => {
    const began = performance.now();
    draw(time);
    const ended = performance.now();
    globalThis.frames.push(ended - began);
    if (key > 0) globalThis.keyed.push(ended - key);
    key = 0;
  });
}

/** Median time of ten fills of 1600x900 pixels. */
const fill = (page) => page.evaluate(() => {
  const pixels = new Uint32Array(1600 * 900), times = [];
  for (let i = 0; i < 21; i++) {
    const began = performance.now();
    for (let n = 0; n < 10; n++) pixels.fill(0xff000000 + i + n);
    times.push(performance.now() - began);
  }
  return times.sort((a, b) => a - b)[10];
});

const dose = wrongUnit.slice(wrongUnit.indexOf('\rORC|') + 1);
/** A message of about that many segments. */
function message(segments) {
  const lines = dose.split('\r').filter(Boolean).length, head = wrongUnit.split('\r').filter(Boolean).length;
  return wrongUnit + dose.repeat(Math.max(0, Math.round((segments - head) / lines)));
}

const rows = [];
const row = (name, value, target, unit = 'ms') => rows.push({ name, value, target, unit });

async function measure(browser, url, ratio, text, name) {
  const { page, close } = await visit(browser, url, { deviceScaleFactor: ratio, before: (p) => p.addInitScript(meter) });
  const settle = async () => {
    await page.waitForTimeout(150);
    return page.evaluate(() => {
      const seen = { frames: globalThis.frames, keyed: globalThis.keyed };
      globalThis.frames = [];
      globalThis.keyed = [];
      return seen;
    });
  };
  await page.emulateMedia({ colorScheme: 'light' });
  await copy(page, text);
  await page.keyboard.press('Control+V');
  await page.waitForFunction(() => document.getElementById('message').value.startsWith('MSH|'));
  await page.waitForTimeout(text.length > 1e6 ? 5000 : 1000);
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('End');
  await settle();
  const typed = [], first = [], scrolled = [], whole = [];
  for (let i = 0; i < keys; i++) {
    await page.keyboard.press('x');
    const { frames, keyed } = await settle();
    typed.push(...keyed);
    first.push(frames[0] ?? NaN);
  }
  await page.mouse.move(500, 300);
  await settle();
  for (let i = 0; i < keys; i++) {
    await page.mouse.wheel(0, i % 10 < 5 ? 100 : -100);
    scrolled.push((await settle()).frames[0] ?? NaN);
  }
  for (let i = 0; i < 10; i++) {
    await page.emulateMedia({ colorScheme: i % 2 ? 'light' : 'dark' });
    whole.push((await settle()).frames[0] ?? NaN);
  }
  const renderer = await page.$eval('#screen', (c) => c.dataset.renderer ?? 'software');
  const about = `${name}, ${1600 * ratio}x${900 * ratio}, ${renderer}`;
  row(`keystroke to frame, ${about}`, median(typed), 16);
  row(`frame of a typed key, ${about}`, median(first), 16);
  row(`frame of a scroll, ${about}`, median(scrolled), 16);
  row(`whole frame, ${about}`, median(whole), ratio === 1 ? 10 : NaN);
  if (ratio === 1 && text.length < 1e6) {
    await page.waitForTimeout(1000);
    await settle();
    await page.waitForTimeout(5000);
    row('frames in 5 s without input', (await settle()).frames.length, 0, '');
  }
  await close();
}

/** Every code there is in one list, scrolled. */
async function measureCodes(browser, url) {
  const { page, close } = await visit(browser, url, { before: (p) => p.addInitScript(meter) });
  await page.mouse.click(363, 24);  // the workspace Codes
  await page.waitForTimeout(500);
  await page.mouse.click(34, 162);  // all tables
  await page.mouse.move(200, 500);
  await page.waitForTimeout(500);
  const scrolled = [];
  for (let i = 0; i < keys; i++) {
    await page.evaluate(() => { globalThis.frames = []; });
    await page.mouse.wheel(0, i % 20 < 10 ? 400 : -300);
    await page.waitForTimeout(150);
    scrolled.push((await page.evaluate(() => globalThis.frames))[0] ?? NaN);
  }
  row('frame of a scroll through all codes, 1600x900', median(scrolled), 16);
  await close();
}

const site = await serve(dist);
const browser = await launch();
try {
  const cold = [], paste = [];
  let unit = 1, bytes = 0;
  for (let i = 0; i < 5; i++) {
    site.requests.length = 0;
    const { page, close } = await visit(browser, site.url);
    const at = (mark) => page.evaluate((m) => performance.getEntriesByName(m)[0].startTime, mark);
    cold.push(await at('first-frame'));
    paste.push(await at('paste-possible'));
    bytes = site.requests.reduce((sum, r) => sum + r.bytes, 0);
    unit = await fill(page);
    await close();
  }
  row('paste possible, cold', median(paste), 150);
  row('first frame, cold', median(cold), 600);
  row('page in transfer (brotli where it lies beside)', bytes / 1000, 800, 'kB');
  for (const ratio of [1, 2]) await measure(browser, site.url, ratio, message(60), '60 segments');
  await measureCodes(browser, site.url);
  const other = await launch({ gl: true });  // SwiftShader: what the page's own thread spends, the GPU is not measured
  await measure(other, `${site.url}#renderer=gl`, 1, message(60), '60 segments').finally(() => other.close());
  if (big) await measure(browser, site.url, 1, wrongUnit + dose.repeat(Math.ceil(2e6 / dose.length)), '2 MB');
  console.log(`${''.padEnd(58)}${'measured'.padStart(12)}${'target'.padStart(9)}${'of fill'.padStart(9)}`);
  for (const { name, value, target, unit: of } of rows) {
    const share = of === 'ms' ? (value / unit).toFixed(1) : '-';
    const goal = Number.isNaN(target) ? '-' : String(target);
    console.log(`${name.padEnd(58)}${`${value.toFixed(value < 100 && of === 'ms' ? 1 : 0)} ${of}`.padStart(12)}${goal.padStart(9)}${share.padStart(9)}`);
  }
  console.log(`fill: ${unit.toFixed(1)} ms`);
} finally {
  await browser.close();
  await site.close();
}
