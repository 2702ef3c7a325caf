// Pictures for a person to look at, in build/screenshots: each state of the page, wide and narrow, light and dark. A picture
// that is all of one colour fails.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { copy, dist, launch, root, serve, visit } from './page.mjs';
import { sample, wrongUnit } from './samples.mjs';

const folder = join(root, 'build/screenshots');
const SIZES = { wide: [1600, 900], narrow: [400, 860] };
const SCHEMES = ['light', 'dark'];

let site, browser;
before(async () => {
  mkdirSync(folder, { recursive: true });
  site = await serve(dist);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await site?.close();
});

/** Several faults in one message: errors, a warning, notes. */
const faulty = wrongUnit.replace('|W031877|', '||').replace('|M||2106-3', '|Q||2106-3');

async function paste(page, text) {
  await copy(page, text);
  await page.keyboard.press('Control+V');
  await page.waitForSelector('#problems tr[data-rule], #problems p', { state: 'attached' });
}

/** A profile on a message that lacks what it asks for, with its first row chosen. */
async function local(page) {
  await paste(page, sample('vxu-two-doses').replace(/RXR\|[^\r]*\r/, ''));
  await copy(page, readFileSync(join(root, 'core/local/route-required.json'), 'utf8'));
  await page.keyboard.press('Control+V');
  await page.waitForTimeout(500);
  await page.keyboard.press('ArrowDown');
}

const STATES = {
  'loading': { wait: 'loading', before: (page) => page.route('**/*.wasm', () => {}), act: async () => {} },
  'first-visit': { act: async () => {} },
  'analysed': { act: async (page) => { await paste(page, faulty); await page.keyboard.press('Control+Home'); await page.keyboard.press('F8'); } },
  'clean': { act: (page) => paste(page, sample('vxu-two-doses')) },
  'answer': { act: (page) => paste(page, sample('ack-errors')) },
  'local': { act: local },
  'text': { act: async (page) => { await paste(page, faulty); await page.keyboard.press('F4'); } },
  'failed': { wait: 'failed', before: (page) => page.route('**/*.wasm', (r) => r.abort()), act: async () => {} },
};

for (const [state, { act, ...how }] of Object.entries(STATES)) {
  for (const [width, size] of Object.entries(SIZES)) {
    for (const colorScheme of SCHEMES) {
      test(`picture ${state}-${width}-${colorScheme}`, async () => {
        const { page, close } = await visit(browser, site.url, { size, colorScheme, ...how });
        await act(page);
        await page.waitForTimeout(400);
        const picture = await page.screenshot({ path: join(folder, `${state}-${width}-${colorScheme}.png`), caret: 'initial' });
        assert.ok(picture.length > 8000, `a picture with something on it: ${picture.length} bytes`);
        await close();
      });
    }
  }
}

test('picture local-template', async () => {
  const { page, close } = await visit(browser, `${site.url}reference/local/route-required-template.html`, { size: SIZES.wide, wait: null });
  const picture = await page.screenshot({ path: join(folder, 'local-template.png') });
  assert.ok(picture.length > 8000, `a picture with something on it: ${picture.length} bytes`);
  await close();
});
