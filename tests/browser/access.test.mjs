// What assistive technology and people with other needs get: names, headings, order, contrast, zoom. Basic checks of our own.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { browser, copy, onPage, site, visit } from './page.mjs';
import { wrongUnit } from './samples.mjs';

onPage();

async function textVersion(options) {
  const opened = await visit(browser, site.url, options);
  await copy(opened.page, wrongUnit);
  await opened.page.keyboard.press('Control+V');
  await opened.page.waitForSelector('#problems tr[data-rule]', { state: 'attached' });
  await opened.page.keyboard.press('F4');
  return opened;
}

test('names, headings and tables of the text version', async () => {
  const { page, close } = await textVersion();
  const faults = await page.evaluate(() => {
    const out = [];
    const seen = (e) => e.checkVisibility({ visibilityProperty: true });
    const name = (e) => e.getAttribute('aria-label') || document.getElementById(e.getAttribute('aria-labelledby'))?.textContent || e.labels?.[0]?.textContent || e.textContent;
    if (!document.documentElement.lang) out.push('no language');
    if (!document.title) out.push('no title');
    if (document.querySelectorAll('main').length !== 1) out.push('not one main');
    for (const e of document.querySelectorAll('button, a, textarea, input, select, progress, [role="button"]'))
      if (seen(e) && !name(e)?.trim()) out.push(`no name: ${e.outerHTML}`);
    const levels = [...document.querySelectorAll('h1, h2, h3, h4')].filter(seen).map((h) => Number(h.tagName[1]));
    if (levels.filter((l) => l === 1).length !== 1) out.push(`h1: ${levels.filter((l) => l === 1).length}`);
    levels.forEach((l, i) => { if (i && l > levels[i - 1] + 1) out.push(`heading level ${l} after ${levels[i - 1]}`); });
    const ids = [...document.querySelectorAll('[id]')].map((e) => e.id);
    if (new Set(ids).size !== ids.length) out.push('an id stands twice');
    for (const table of document.querySelectorAll('table')) {
      if (!seen(table)) continue;
      if (!table.caption && !table.getAttribute('aria-label')) out.push(`a table without caption: ${table.outerHTML.slice(0, 100)}`);
      for (const th of table.querySelectorAll('th')) if (!th.scope) out.push(`th without scope: ${th.outerHTML}`);
    }
    if (/user-scalable|maximum-scale/.test(document.querySelector('meta[name="viewport"]').content)) out.push('zoom is blocked');
    return out;
  });
  assert.deepEqual(faults, []);
  const status = page.getByRole('status');
  assert.equal(await status.getAttribute('aria-live'), 'polite');
  assert.match(await status.textContent(), /error/);
  await page.getByRole('textbox', { name: 'Message' }).waitFor();
  await page.getByRole('table', { name: /error/ }).waitFor();
  await close();
});

for (const colorScheme of ['light', 'dark']) {
  test(`contrast of the text version, ${colorScheme}`, async () => {
    const { page, close } = await textVersion({ colorScheme });
    const poor = await page.evaluate(() => {
      const rgb = (c) => c.match(/[\d.]+/g).map(Number);
      const light = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
        .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
      const ground = (e) => {
        for (; e; e = e.parentElement) {
          const c = rgb(getComputedStyle(e).backgroundColor);
          if (c[3] !== 0) return c;
        }
        return [255, 255, 255];
      };
      const out = [];
      const walker = document.createTreeWalker(document.getElementById('page'), NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const e = walker.currentNode.parentElement;
        if (!walker.currentNode.data.trim() || !e.checkVisibility({ visibilityProperty: true })) continue;
        const [a, b] = [light(rgb(getComputedStyle(e).color)), light(ground(e))].sort((x, y) => y - x);
        const ratio = (a + 0.05) / (b + 0.05);
        if (ratio < 4.5) out.push(`${ratio.toFixed(2)} ${walker.currentNode.data.trim().slice(0, 40)}`);
      }
      return [...new Set(out)];
    });
    assert.deepEqual(poor, []);
    await close();
  });
}

test('the canvas view keeps the report for screen readers, and no stop for Tab that cannot be seen', async () => {
  const { page, close } = await visit(browser, site.url);
  await copy(page, wrongUnit);
  await page.keyboard.press('Control+V');
  await page.waitForSelector('#problems tr[data-rule]', { state: 'attached' });
  assert.equal(await page.getByRole('table', { name: /error/ }).count(), 1);
  assert.equal(await page.getByRole('status').count(), 1);
  const hidden = await page.evaluate(() => [...document.querySelectorAll('#page button, #page a, #page summary, #page [tabindex]')]
    .filter((e) => e.tabIndex >= 0 && e.checkVisibility()).map((e) => e.outerHTML));
  assert.deepEqual(hidden, []);
  await close();
});

test('zoomed to 200 % nothing of the text version is cut', async () => {
  const { page, close } = await textVersion({ size: [800, 450], deviceScaleFactor: 2 });
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  await close();
});

test('without JavaScript the page says what is needed', async () => {
  const { page, close } = await visit(browser, site.url, { javaScriptEnabled: false, wait: null });
  assert.match(await page.locator('.plain').innerText(), /This page needs JavaScript/);
  await close();
});
