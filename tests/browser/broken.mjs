#!/usr/bin/env node
// Shows that each journey fails when what it tests is broken: functions of the workbench are taken out of the built module
// (wasm_patch.mjs), and the journey is run on that page. Needs the built page; not part of tests/run, since each row opens a
// browser of its own.
//
//     node tests/browser/broken.mjs [FILE...]        // all rows, or those of some files: editor lists
//
// The last line says `N passed, N failed, N skipped`: passed is a journey that failed as it should.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { root } from './page.mjs';
import { indicesOf } from './wasm_patch.mjs';

const W = (...names) => names.map((name) => `iz::Workbench::${name}`);

/** File, what the journey's name begins with, the functions that are taken out. */
const ROWS = [
  ['editor', 'Ctrl+F finds', W('step_hit')],
  ['editor', 'Ctrl+G goes', ['iz::read_target']],
  ['editor', 'typing in a coded field', W('take_code')],
  ['editor', 'what is typed at an absent place', W('at_absent')],
  ['editor', 'Ctrl+. and Enter mend', W('fix')],
  ['editor', 'all safe fixes', W('carry_out_plan')],
  ['editor', 'F2 edits', W('commit_form')],
  ['editor', 'in the form', ['wb_type']],
  ['editor', 'a message is saved', ['wb_request_text']],
  ['editor', 'the palette inserts', W('add_segment')],
  ['editor', 'a copy without the person', ['wb_copy_without_person']],
  ['editor', 'a dose folds', W('fold_dose')],
  ['journey', 'an invented message', W('select_finding')],
  ['journey', 'typing é', W('undo')],
  ['journey', 'an input method', ['wb_edit']],
  ['journey', 'copy and cut', ['wb_cut']],
  ['journey', 'a script that fills', W('recheck')],
  ['journey', 'a click in the editor', ['wb_button']],
  ['journey', 'the page asks', ['wb_unsaved']],
  ['lists', 'the palette runs', ['wb_set_field']],
  ['lists', 'the palette goes', W('select_place')],
  ['lists', 'the list of keys', ['wb_commands_html']],
  ['lists', 'the tree is filtered', ['wb_set_field']],
  ['lists', 'the problems are grouped', ['wb_set_field']],
  ['lists', 'back to the place', W('go')],
  ['lists', 'a new message', W('replace_documents')],
  ['lists', 'two messages', W('listed_differences')],
  ['workbench', 'a click on a problem', W('select_finding')],
  ['workbench', 'dragging selects', W('set_caret')],
  ['workbench', 'the Paste button', ['wb_requests']],
  ['workbench', 'files that are dropped', ['wb_open_files']],
  ['workbench', 'the canvas has', ['wb_resize']],
  ['workbench', 'light, dark', ['wb_system']],
  ['workbench', 'the caret of the text area', ['wb_select']],
  ['workbench', 'a touch scrolls', ['wb_pointer']],
  ['input', 'what an input method composes', ['wb_edit']],
  ['input', 'a composition that is given up', ['wb_edit']],
  ['input', 'a dead key', ['wb_edit']],
  ['input', 'Backspace, Delete', ['iz::caret_previous', 'iz::caret_next']],
  ['input', 'a touch keyboard', ['wb_edit']],
  ['input', 'a window that loses', ['wb_focus']],
  ['input', 'a Mac', ['wb_key']],
  ['codes', 'codes are found', W('open_code')],
  ['codes', 'the text version searches', ['wb_code_hits_html']],
  ['codes', 'a table that is dropped', ['iz::import_tables']],
  ['codes', 'tables are kept', ['wb_kept_count']],
  ['local', 'a dropped profile', W('apply_draft')],
  ['local', 'a link carries', ['wb_open_local']],
  ['local', 'a template goes', ['iz::is_local_template']],
  ['answer', 'an answer alone', ['iz::interpret']],
  ['answer', 'history and candidates', ['wb_answer_html']],
  ['answer', 'by pointer', W('select_card')],
  ['answer', 'in the text version', ['wb_answer_html']],
];

const symbols = readFileSync(join(root, 'build/wasm/workbench.js.symbols'), 'utf8');
const files = process.argv.slice(2);
const tally = { passed: 0, failed: 0, skipped: 0 };
for (const [file, journey, functions] of ROWS) {
  if (files.length && !files.includes(file)) continue;
  const says = `${file}: ${journey}... without ${functions.join(', ')}`;
  try {
    const pattern = `^${journey.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`;
    const run = spawnSync(process.execPath,
      ['--test', '--test-reporter=tap', '--test-timeout=90000', `--test-name-pattern=${pattern}`, join(root, `tests/browser/${file}.test.mjs`)],
      { env: { ...process.env, IZ_BROKEN: indicesOf(symbols, functions).join() }, encoding: 'utf8', timeout: 180000 });
    const count = (what) => Number(new RegExp(`^# ${what} (\\d+)$`, 'm').exec(run.stdout)?.[1] ?? -1);
    if (count('pass') + count('fail') + count('cancelled') < 1) throw new Error('no journey is called so');
    const proved = count('fail') + count('cancelled') > 0;
    tally[proved ? 'passed' : 'failed']++;
    const why = /^ {2,}error: (.*(?:\n {4,}.*)?)/m.exec(run.stdout)?.[1].replace(/\s+/g, ' ').slice(0, 110) ?? '';
    console.log(`${proved ? 'fails as it should' : 'PASSES THOUGH BROKEN'}: ${says}${proved ? ` (${why})` : ''}`);
  } catch (error) {
    tally.failed++;
    console.log(`NOT SHOWN: ${says}: ${error.message}`);
  }
}
console.log(`${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped`);
process.exitCode = tally.failed ? 1 : 0;
