// Answers with real input events: paste a message and its answer in any order, read what happened, go from an error to its
// place and back, by pointer and by keyboard alone.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { browser, copy, onPage, settled, site, visit } from './page.mjs';
import { sample } from './samples.mjs';

onPage();

const vxu = sample('vxu-two-doses'), ack = sample('ack-errors');
const fault = '<soap:Envelope xmlns:soap="http://www.w3.org/2003/05/soap-envelope"><soap:Body><soap:Fault><soap:Code>'
  + '<soap:Value>soap:Sender</soap:Value></soap:Code><soap:Reason><soap:Text xml:lang="en">Security failure</soap:Text>'
  + '</soap:Reason><soap:Detail><SecurityFault xmlns="urn:cdc:iisb:2011"><Code>10</Code><Reason>Security</Reason>'
  + '<Detail>Invalid user name, password or facility id</Detail></SecurityFault></soap:Detail></soap:Fault></soap:Body></soap:Envelope>';

async function paste(page, ...texts) {
  for (const text of texts) {
    await copy(page, text);
    await page.keyboard.press('Control+V');
    await settled(page);
  }
}
const verdict = (page, words) => page.waitForFunction((w) => document.getElementById('verdict').textContent.includes(w), words);
const value = (page) => page.$eval('#message', (box) => box.value);
const selected = (page) => page.$eval('#message', (box) => box.value.slice(box.selectionStart, box.selectionEnd));
const selects = (page, text) => page.waitForFunction((t) => {
  const box = document.getElementById('message');
  return box.value.slice(box.selectionStart, box.selectionEnd) === t;
}, text);
const errors = (page) => page.$$eval('#answer tr[data-err]', (rows) => rows.map((r) => ({ ...r.dataset })));

const ORDERS = {
  'message, then answer': [vxu, ack],
  'answer, then message': [ack, vxu],
  'both in one paste': [`${vxu}\r${ack}`],
};
for (const [name, pastes] of Object.entries(ORDERS)) {
  test(`${name}: paired, judged, placed`, async () => {
    const { page, faults, close } = await visit(browser, site.url);
    await paste(page, ...pastes);
    await verdict(page, '1 of 2 doses was stored');
    assert.equal(await value(page), vxu.replaceAll('\r', '\n'), 'the sent message is the text in work');
    const doses = await page.$$eval('#answer tr[data-dose]', (rows) => rows.map((r) => r.dataset.stored));
    assert.deepEqual(doses, ['no', 'yes']);
    assert.deepEqual((await errors(page)).map((e) => e.path), ['RXA[1]-5[1].1', 'PID[1]-11[1].5']);
    assert.deepEqual(await faults(), []);
    await close();
  });
}

test('an answer alone has a verdict and keeps its text', async () => {
  const { page, faults, close } = await visit(browser, site.url);
  await paste(page, ack);
  await page.waitForSelector('#answer:not([hidden])', { state: 'attached' });
  assert.match(await page.textContent('#verdict'), /Send again\?/);
  assert.equal(await value(page), ack.replaceAll('\r', '\n'));
  assert.deepEqual((await errors(page)).map((e) => e.path), ['', '']);
  assert.deepEqual(await faults(), []);
  await close();
});

test('a SOAP fault beside the message: nothing was stored, the account is to be mended', async () => {
  const { page, faults, close } = await visit(browser, site.url);
  await paste(page, vxu, fault);
  await verdict(page, 'No dose was stored');
  assert.equal(await value(page), vxu.replaceAll('\r', '\n'));
  assert.deepEqual(await faults(), []);
  await close();
});

test('history and candidates of a query', async () => {
  const { page, faults, close } = await visit(browser, site.url);
  await paste(page, sample('rsp-z42'));
  await page.waitForSelector('#answer table.history tbody tr', { state: 'attached' });
  await page.waitForSelector('#answer table.forecast tbody tr', { state: 'attached' });
  const [download] = await Promise.all([page.waitForEvent('download'), page.mouse.click(1300, 70)]);
  assert.match(download.suggestedFilename(), /\.csv$/);
  await page.keyboard.press('Control+A');
  await paste(page, sample('rsp-z31'));
  await page.waitForSelector('#answer table.candidates tbody tr', { state: 'attached' });
  assert.match(await page.textContent('#answer table.candidates'), /differs/);
  assert.deepEqual(await faults(), []);
  await close();
});

test('by pointer and by keyboard: from an error to its place, from the place to the error', async () => {
  const { page, faults, close } = await visit(browser, site.url);
  await paste(page, vxu, ack);
  await verdict(page, '1 of 2 doses was stored');
  await selects(page, '03');
  await page.keyboard.press('F8');
  await selects(page, '97999');
  await page.mouse.click(1200, 380);  // the first card
  await selects(page, '03');
  // Keyboard alone: to the answer, to the second error, to its place, and mend it there.
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('F6');
  await page.keyboard.press('ArrowUp');
  await selects(page, '97999');
  await page.keyboard.press('Enter');
  await page.keyboard.type('97301');
  await page.waitForFunction(() => document.getElementById('message').value.includes('^97301^'));
  await page.keyboard.press('F9');
  await page.keyboard.press('F9');
  assert.match(await page.textContent('#verdict'), /1 of 2 doses/);
  assert.deepEqual(await faults(), []);
  await close();
});

test('in the text version an error leads to its place', async () => {
  const { page, faults, close } = await visit(browser, site.url);
  await paste(page, vxu, ack);
  await verdict(page, '1 of 2 doses was stored');
  await page.keyboard.press('F4');
  await page.click('#answer tr[data-err="1"] button');
  assert.equal(await selected(page), '97999');
  assert.deepEqual(await faults(), []);
  await close();
});

test('nothing is drawn while nothing happens', async () => {
  const { page, close } = await visit(browser, site.url);
  await paste(page, vxu, ack);
  await verdict(page, '1 of 2 doses was stored');
  await page.waitForTimeout(800);
  const frames = await page.evaluate(() => globalThis.seen.frames);
  await page.waitForTimeout(1000);
  assert.equal(await page.evaluate(() => globalThis.seen.frames), frames);
  await close();
});
