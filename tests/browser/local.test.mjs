// The workspace Local rules with real events: profiles dropped, pasted and shared, edited with the effect on the message, saved.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { browser, copy, onPage, problems, root, settled, site, visit } from './page.mjs';
import { sample } from './samples.mjs';

onPage();

const iz = join(root, 'build/native/iz');
const shipped = (name) => readFileSync(join(root, `core/local/${name}.json`), 'utf8');
const now = new Date();
const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => String(n).padStart(2, '0')).join('-');
const folder = mkdtempSync(join(tmpdir(), 'iz-local-'));

/** A message that Westbrook refuses and the guide does not: a dose without route. */
const message = sample('vxu-two-doses').replace(/RXR\|[^\r]*\r/, '');

async function paste(page, text) {
  await copy(page, text);
  await page.keyboard.press('Control+V');
  await settled(page);
}
async function drop(page, files) {
  const data = await page.evaluateHandle((all) => {
    const transfer = new DataTransfer();
    for (const [name, text] of all) transfer.items.add(new File([text], name));
    return transfer;
  }, Object.entries(files));
  await page.dispatchEvent('#screen', 'drop', { dataTransfer: data });
  await page.waitForTimeout(800);
  await settled(page);
}
/** Runs a command of the palette by its words. */
async function command(page, words) {
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+K');
  await page.keyboard.type(words);
  await settled(page);
  await page.keyboard.press('Enter');
  await settled(page);
}
/** The problems as the text version has them. */
async function rules(page) {
  await page.keyboard.press('F4');
  const rows = await problems(page);
  await page.keyboard.press('F4');
  await settled(page);
  return rows.map((r) => `${r.rule} ${r.severity}`);
}
async function saved(page, act) {
  const [download] = await Promise.all([page.waitForEvent('download'), act()]);
  return readFileSync(await download.path(), 'utf8');
}
/** What the command line finds with the same profile. */
function byCommand(profile) {
  const files = [join(folder, 'm.hl7'), join(folder, 'p.json')];
  writeFileSync(files[0], message);
  writeFileSync(files[1], profile);
  const out = JSON.parse(run('check', '--format', 'json', '--as-of', today, '--local', files[1], files[0]));
  return (Array.isArray(out) ? out[0] : out);
}
function run(...args) {
  try {
    return execFileSync(iz, args, { encoding: 'utf8' });
  } catch (error) {
    if (typeof error.status === 'number' && error.status < 3 && error.stdout) return error.stdout;
    throw error;
  }
}

test('a dropped profile is checked with, edited with its effect, saved, and the command line agrees', async () => {
  const { page, requests, faults, close } = await visit(browser, site.url);
  await paste(page, message);
  const before = await rules(page);
  assert.ok(!before.some((r) => r.startsWith('WB-520')));
  const atStart = requests.length;
  await drop(page, { 'westbrook.json': shipped('route-required') });
  assert.ok((await rules(page)).includes('WB-520 error'));
  // With the keyboard: the third row, to its form, another severity.
  await page.keyboard.press('F6');
  await page.keyboard.press('Shift+F6');
  for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await settled(page);
  for (let i = 0; i < 3; i++) await page.keyboard.press('Tab');  // Profile, Remove rule, Error, Warning
  await page.keyboard.press('Enter');
  await settled(page);
  assert.ok((await rules(page)).includes('WB-520 warning'));
  const file = await saved(page, () => page.keyboard.press('Control+S'));
  const rule = JSON.parse(file).rules.find((r) => r.id === 'WB-520');
  assert.equal(rule.severity, 'warning');
  const found = byCommand(file).findings.map((f) => `${f.rule} ${f.severity}`).sort();
  assert.deepEqual((await rules(page)).sort(), found.filter((f) => !/^(element|segment)_not_sent/.test(f)), 'page and command agree');
  // One step back, as for text.
  await page.keyboard.press('Control+Z');
  await settled(page);
  assert.ok((await rules(page)).includes('WB-520 error'));
  assert.equal(await page.$eval('#message', (b) => b.value), message.replaceAll('\r', '\n'), 'nothing of it reaches the message');
  assert.deepEqual(requests.slice(atStart), []);
  assert.deepEqual(await faults(), []);
  await close();
});

test('a link carries a profile, leaves the address bar at once, and opens the same rules', async () => {
  const { page, faults, close } = await visit(browser, site.url);
  await paste(page, shipped('facility-must-match'));
  await copy(page, '');
  await page.mouse.click(1457, 70);  // Copy link
  await page.waitForFunction(async () => (await navigator.clipboard.readText()).includes('#local='));
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await close();
  assert.ok(link.startsWith(`${site.url}#local=`), link.slice(0, 80));
  const other = await visit(browser, link);
  assert.equal(await other.page.evaluate(() => location.hash), '');
  await settled(other.page);
  const file = await saved(other.page, () => other.page.keyboard.press('Control+S'));
  assert.deepEqual(JSON.parse(file), JSON.parse(shipped('facility-must-match')));
  assert.deepEqual(await other.faults(), []);
  assert.deepEqual(await faults().catch(() => []), []);
  await other.close();
});

test('a link that holds nothing to read says so, and what was in use stays', async () => {
  for (const code of ['x', '%%%', 'AAAA', Buffer.from('{"local_profile": 1}').toString('base64url')]) {
    const { page, faults, close } = await visit(browser, `${site.url}#local=${code}`);
    await settled(page);
    assert.equal(await page.evaluate(() => location.hash), '', code);
    await paste(page, message);
    assert.ok(!(await rules(page)).some((r) => r.startsWith('WB-')));
    assert.deepEqual(await faults(), [], code);
    await close();
  }
});

test('a template goes to a spreadsheet and comes back edited', async () => {
  const { page, faults, close } = await visit(browser, site.url);
  await paste(page, message);
  await drop(page, { 'a.json': shipped('address-required') });
  const csv = await saved(page, async () => {
    await page.mouse.click(1334, 70);  // Error template
    await settled(page);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
  });
  assert.match(csv, /AP-105/);
  await drop(page, { 'edited.csv': csv.replace('AP-105', 'AP-999') });
  const file = await saved(page, () => page.keyboard.press('Control+S'));
  assert.equal(JSON.parse(file).changes.find((c) => c.rule === 'name-junk').code, 'AP-999');
  // A fault in the table is told by row and column; the profile before stays.
  await drop(page, { 'broken.csv': csv.replace(/,error,/, ',fatal,') });
  const same = await saved(page, () => page.keyboard.press('Control+S'));
  assert.equal(same, file);
  assert.deepEqual(await faults(), []);
  await close();
});
