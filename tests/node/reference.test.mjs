// The pages about rules, profiles and code sets: each has one, and no link of theirs leads nowhere.

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { test } from 'node:test';

import { iz, root, sample } from './engine.mjs';

const { catalogue, check, example } = iz;
const dist = join(root, 'site/dist/');
const folder = join(dist, 'reference');
const pages = ['rules', 'profiles', 'codes', 'tips'].flatMap(part => readdirSync(join(folder, part)).map(name => join(folder, part, name)));
const text = new Map(pages.map(page => [page, readFileSync(page, 'utf8')]));
const pageOf = (part, id) => join(folder, part, `${id.replace(/[^A-Za-z0-9._-]/g, '-')}.html`);
const { rules, profiles, code_sets: codeSets } = catalogue();

test('every rule, profile and code set has its page, and there are no others', () => {
  const wanted = [
    ...rules.map(r => pageOf('rules', r.id)), ...profiles.map(p => pageOf('profiles', p.id)), ...codeSets.map(c => pageOf('codes', c.id)),
    ...[...new Set(rules.map(r => r.who))].map(who => join(folder, 'tips', `${who.toLowerCase().replace(/[^a-z]+/g, '-')}.html`)), join(folder, 'tips', 'newborn.html'),
    ...['rules', 'profiles', 'codes', 'tips'].map(part => join(folder, part, 'index.html')),
  ];
  assert.equal(new Set(wanted).size, wanted.length, 'two of one name');
  assert.deepEqual([...text.keys()].sort(), wanted.sort());
});

test('every link and file of every page resolves, places in pages too', () => {
  let links = 0;
  for (const [page, html] of text) {
    for (const [, target] of html.matchAll(/(?:href|src)="([^"]+)"/g)) {
      if (target.startsWith('data:')) continue;
      const [path, anchor] = target.split('#');
      const file = path ? resolve(dirname(page), path) : page;
      assert.ok(file.startsWith(dist), `${page}: ${target} leads out of the site`);
      assert.ok(existsSync(file), `${page}: ${target} leads nowhere`);
      if (anchor) assert.ok(text.get(file)?.includes(`id="${anchor}"`), `${page}: ${target} names no place`);
      links++;
    }
  }
  assert.ok(links > 3000, `only ${links} links`);
});

test('a page of a rule says what, why, how to fix, who, whose rule it is and shows its examples', () => {
  for (const rule of rules) {
    const html = text.get(pageOf('rules', rule.id));
    for (const part of ['<h1>', 'Why it matters', 'How to fix', 'Who fixes', 'Source']) assert.ok(html.includes(part), `${rule.id}: no ${part}`);
    for (const { says } of rule.examples) assert.ok(html.includes(says.replace(/[&<>"']/g, c => `&#${c.charCodeAt(0)};`)), `${rule.id}: ${says}`);
    if (rule.examples.some(e => e.finds.length)) assert.match(html, /We say: /, rule.id);
    assert.doesNotMatch(html.replace(/<pre>[^]*?<\/pre>/g, ''), /\{[a-z]\w*\}|undefined|\[object/, rule.id);
  }
});

test('a tip sheet has every rule of those who mend it; clinic and registration are told no HL7', () => {
  for (const who of new Set(rules.map(r => r.who))) {
    const html = text.get(join(folder, 'tips', `${who.toLowerCase().replace(/[^a-z]+/g, '-')}.html`));
    const own = rules.filter(r => r.who === who);
    assert.equal(html.match(/<li(?: class="more")?><b /g).length, own.length, who);
    for (const rule of own) assert.ok(html.includes(`href="../rules/${rule.id}.html"`), rule.id);
    assert.doesNotMatch(html, /\{[a-z]\w*\}|undefined|\[object/, who);
    if (who === 'Clinic staff' || who === 'Registration desk') assert.doesNotMatch(html.replace(/<a [^]*?<\/a>/g, ''), /\b[A-Z]{2}[A-Z0-9]-\d|\bOBX\b|\bsegment\b/, who);
  }
});

test('the page about newborns shows what the engine says: the follow-up, and a second chart', () => {
  const html = text.get(join(folder, 'tips', 'newborn.html'));
  assert.match(html, /Harrowgate\^Babygirl is now Harrowgate\^Linnea; nothing else that registries compare differs\./);
  assert.match(html, /No record number and no dose in common/);
  for (const rule of rules.filter(r => /^newborn-/.test(r.id))) assert.ok(html.includes(`/${rule.id}.html`) || rule.id === 'newborn-unnamed', rule.id);
});

test('the list of rules leads to each of them', () => {
  const html = text.get(join(folder, 'rules', 'index.html'));
  for (const rule of rules) assert.ok(html.includes(`href="../rules/${rule.id}.html"`), rule.id);
});

test('a profile shows its segments, fields and predicates', () => {
  const z22 = text.get(pageOf('profiles', 'Z22'));
  assert.match(z22, /id="RXA-7".*C\(R\/X\).*href="\.\.\/codes\/UCUM\.html".*required if RXA-6 is sent and is not 999, otherwise not sent/);
  for (const p of profiles) for (const s of p.segments) assert.ok(text.get(pageOf('profiles', p.id)).includes(`id="${s.name}"`), `${p.id} ${s.name}`);
});

test('an example is made from its base', () => {
  const base = sample('vxu-two-doses');
  const wrong = example('IZ-29', 0, base);
  assert.deepEqual(check(wrong)[0].findings.filter(f => f.rule === 'IZ-29').map(f => f.path), ['RXA[2]-2[1]']);
  assert.throws(() => example('IZ-29', 99, base), /no example/);
  assert.throws(() => example('IZ-29', 0, 'MSH|^~\\&|'), RangeError);
  assert.throws(() => example('IZ-29', -1, base), TypeError);
});
