// Chromium on the built page: a server on this machine, a browser, and what the page must never do.
//
//     onPage();                                        // site and browser, from before the first test to after the last
//     const { page, faults, close } = await visit(browser, site.url);   // with an empty profile
//     ...
//     assert.deepEqual(await faults(), []);

import { after, before } from 'node:test';
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { delimiter, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { withoutFunctions } from './wasm_patch.mjs';

export const root = fileURLToPath(new URL('../../', import.meta.url));
export const dist = join(root, 'site/dist');
export const shared = process.env.IZ_SHARED ?? join(root, '../shared');

const TYPES = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8', '.wasm': 'application/wasm', '.txt': 'text/plain; charset=utf-8',
};

/** Serves a folder on 127.0.0.1, compressed files where they lie beside it, and counts what goes out. */
export async function serve(folder) {
  const requests = [];
  const server = createServer(async (request, response) => {
    const path = new URL(request.url, 'http://localhost').pathname;
    const file = join(folder, path === '/' ? 'index.html' : path.slice(1).replaceAll('..', ''));
    const broken = process.env.IZ_BROKEN && /workbench[^/]*\.wasm$/.test(file);  // broken.mjs
    const compressed = !broken && existsSync(`${file}.br`) && /\bbr\b/.test(request.headers['accept-encoding'] ?? '');
    try {
      let body = await readFile(compressed ? `${file}.br` : file);
      if (broken) body = withoutFunctions(body, process.env.IZ_BROKEN.split(',').map(Number));
      requests.push({ path: request.url, bytes: body.length, compressed });
      response.writeHead(200, {
        'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream',
        'Cache-Control': 'no-store',
        ...(compressed && { 'Content-Encoding': 'br' }),
      });
      response.end(body);
    } catch {
      requests.push({ path: request.url, bytes: 0, missing: true });
      response.writeHead(404).end('Not found');
    }
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    requests,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => { server.close(resolve); });
    },
  };
}

function chromiumPath() {
  const found = process.env.IZ_CHROMIUM
    ?? process.env.PATH.split(delimiter).map((folder) => join(folder, 'chromium')).find(existsSync);
  if (!found) throw new Error('There is no chromium on the PATH: run web/setup --tests');
  return found;
}

/** Headless Chromium; the caller closes it. It has WebGL only when asked for, drawn by SwiftShader. */
export async function launch({ gl = false } = {}) {
  const place = process.env.IZ_PLAYWRIGHT ?? join(root, '.deps/npm/node_modules/playwright-core/index.mjs');
  const { chromium } = await import(place);
  return chromium.launch({
    executablePath: chromiumPath(),
    chromiumSandbox: process.getuid?.() !== 0,
    args: [...(gl ? ['--use-angle=swiftshader', '--enable-unsafe-swiftshader'] : ['--disable-gpu']), '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage'],
  });
}

/** The built page and a browser for the tests of a file; set while they run. */
export let site, browser;

/** Serves the page and starts a browser before the tests of a file, ends both after them; options as of `launch`. */
export function onPage(options) {
  before(async () => {
    site = await serve(dist);
    browser = await launch(options);
  });
  after(async () => {
    await browser?.close();
    await site?.close();
  });
}

/** Runs in the page before anything else: notes what a page may be asked about later. */
function watch() {
  const seen = { violations: [], frames: 0 };
  Object.defineProperty(globalThis, 'seen', { value: seen });
  addEventListener('securitypolicyviolation', (e) => seen.violations.push(`${e.violatedDirective} ${e.blockedURI}`));
  const draw = globalThis.requestAnimationFrame;
  globalThis.requestAnimationFrame = (f) => { seen.frames++; return draw.call(globalThis, f); };
}

/**
 * Opens the page as a visitor of its own. `before(page)` runs before the page is asked for. `faults()` is everything that
 * must not happen: console errors and warnings, exceptions, policy violations, requests to anywhere else.
 */
export async function visit(browser, url, { size = [1600, 900], before, wait = 'ready', ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: size[0], height: size[1] }, ...options });
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: new URL(url).origin });
  await context.addInitScript(watch);
  const page = await context.newPage();
  const faults = [];
  const requests = [];
  await context.route((to) => to.origin !== new URL(url).origin, (route) => {
    faults.push(`request to ${route.request().url()}`);
    return route.abort();
  });
  page.on('request', (r) => { if (!r.url().startsWith('data:')) requests.push(r.url()); });
  page.on('console', (m) => { if (['error', 'warning'].includes(m.type())) faults.push(`console: ${m.text()}`); });
  page.on('pageerror', (e) => faults.push(`exception: ${e.message}`));
  await before?.(page);
  await page.goto(url);
  if (wait) await page.waitForSelector(`body[data-state="${wait}"]`, { state: 'attached', timeout: 30000 });
  return {
    page,
    requests,
    async faults() {
      return [...faults, ...(await page.evaluate(() => globalThis.seen.violations)).map((v) => `policy: ${v}`)];
    },
    close: () => context.close(),
  };
}

/** Waits until the page asks for no more frames: what was typed or tapped is then drawn, however slow the machine is. */
export function settled(page) {
  return page.evaluate(() => new Promise((done) => {
    let frames = -1;
    let quiet = 0;
    const look = () => {
      quiet = globalThis.seen.frames === frames ? quiet + 1 : 0;
      frames = globalThis.seen.frames;
      if (quiet === 4) done();
      else setTimeout(look, 30);
    };
    look();
  }));
}

/** Puts a text on the clipboard with its line ends as they are. */
export async function copy(page, text) {
  await page.evaluate((t) => navigator.clipboard.writeText(t), text);
}

/** The problems as rows: rule, path, severity. */
export function problems(page) {
  return page.$$eval('#problems tr[data-rule]', (rows) => rows.map((r) => ({ ...r.dataset, title: r.querySelector('th').textContent })));
}
