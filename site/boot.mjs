// Starts the workbench, writes the report, and stands in for the workbench where there is no canvas. The text area is the
// editor's own (ui/platform.js) once the workbench is there. What page and workbench expect of each other: site/README.md.

const REPORT_PAUSE = 250;  // least ms between two updates of the report
const BEHIND_CANVAS = 200; // most problems of a report that is not looked at
const REPORT_SHARE = 4;    // an update that takes long waits that many times as long for the next

/** Where a place of the text stands in a text area, which shows \r\n as one \n. */
function toShown(text, place) {
  let pairs = 0;
  for (let at = text.indexOf('\r\n'); at >= 0 && at + 1 < place; at = text.indexOf('\r\n', at + 2)) pairs++;
  return place - pairs;
}

// ---- the engine's texts

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The workbench's exports with strings in the place of addresses. */
class Engine {
  constructor(module) {
    this.module = module;
  }
  /** Calls an export that gives back a NUL-terminated text. */
  text(name, ...values) {
    return this.read(this.module[`_${name}`](...values));
  }
  read(at) {
    const memory = this.module.HEAPU8;
    return decoder.decode(memory.subarray(at, memory.indexOf(0, at)));
  }
  /** The fonts that the workbench draws with, for what the page shows itself. */
  addFonts() {
    const { module } = this;
    for (let i = 0; module._wb_font_name(i); i++) {
      const [family, face] = this.text('wb_font_name', i).split('-');
      const at = module._wb_font(i);
      document.fonts.add(new FontFace(
        family === 'mono' ? 'JetBrains Mono' : 'Inter',
        module.HEAPU8.slice(at, at + module._wb_font_size(i)),
        { weight: face === 'regular' ? '400 500' : '600 700' },
      ));
    }
  }
  /** Calls an export that takes a text and its size in bytes. */
  give(name, text) {
    const bytes = encoder.encode(text);
    const at = this.module._malloc(bytes.length + 1);
    if (at === 0) throw new RangeError(`there is no memory for a text of ${bytes.length} bytes`);
    this.module.HEAPU8.set(bytes, at);
    this.module.HEAPU8[at + bytes.length] = 0;
    const result = this.module[`_${name}`](at, bytes.length);
    this.module._free(at);
    return result;
  }
  /** The same for one that gives back a text. */
  ask(name, text) {
    return this.read(this.give(name, text));
  }
  get message() {
    const at = this.module._wb_text();
    return decoder.decode(this.module.HEAPU8.subarray(at, at + this.module._wb_text_size()));
  }
}

// ---- the page

const $ = (id) => document.getElementById(id);
// This script does not wait for the styles, but for the document.
if (document.readyState === 'loading') {
  await new Promise((resolve) => { document.addEventListener('readystatechange', resolve, { once: true }); });
}
// Keys that the page itself names, as a Mac shows them; those of the workbench: ui/key_words.h.
if (/Mac|iPhone|iPad/.test(navigator.platform)) {
  for (const cap of document.querySelectorAll('kbd')) cap.textContent = cap.textContent.replace('Ctrl ', '\u2318');
}
const rows = () => [...document.querySelectorAll('#problems tr[data-begin]')];
const view = () => document.body.dataset.view;

let engine = null;  // null until the workbench is ready, and again when it has failed
let canvasWorks = true;
let composing = false;
let pasted = '';    // what was pasted before the workbench was there, with its own line ends
let typed = '';     // what stood in the text area when the workbench took it over
let reportTimer = 0;
let reportDue = -Infinity;
let reportCost = 0;  // ms, of the last one

// ---- colours: those chosen in the workbench hold in the text view, too

const ownCondition = new Map();  // each rule that depends on the colours of the system, with its condition as written

/** Makes those rules hold, or not, as the choice says: 0 the system, 1 light, 2 dark, 3 high contrast. */
function useColours(choice) {
  for (const rule of [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])) {
    if (!(rule instanceof CSSMediaRule)) continue;
    const own = ownCondition.get(rule) ?? rule.media.mediaText;
    const dark = own.includes('prefers-color-scheme: dark'), contrast = own.includes('prefers-contrast');
    if (!dark && !contrast) continue;
    ownCondition.set(rule, own);
    let condition = own;
    if (choice === 1 || (choice === 2 && contrast)) condition = 'not all';
    else if (choice === 2 || (choice === 3 && !dark)) condition = 'all';
    else if (choice === 3 && contrast) condition = '(prefers-color-scheme: dark)';
    rule.media.mediaText = condition;
  }
  document.documentElement.style.colorScheme = ['', 'light', 'dark', ''][choice];
}

function setView(wanted) {
  if (view() === wanted || (wanted === 'canvas' && !canvasWorks)) return;
  if (engine) useColours(engine.module._wb_theme());
  document.body.dataset.view = wanted;
  settleTabs();
  if (wanted === 'text') updateReport();
  $('message').focus();
}

/** Behind the canvas nothing but the text area takes part in the order of Tab keys. */
function settleTabs() {
  const covered = view() === 'canvas';
  for (const e of document.querySelectorAll('#report button, #report summary, #report a, #report input, #answer button, #answer summary')) e.tabIndex = covered ? -1 : 0;
}

/** Puts a text area without listeners in the place of the one that a dead workbench has, which may hold a part only. */
function renewBox(text = null) {
  const box = $('message');
  const fresh = box.cloneNode();
  fresh.removeAttribute('style');
  fresh.value = text ?? box.value;
  box.replaceWith(fresh);
}

/** Leaves a page that can be read: what happened, and the text in a box that listens to nobody. */
function fail(title, reason) {
  if (document.body.dataset.state === 'failed') return;
  let text = null;
  try {
    text = engine?.message ?? null;
  } catch {
    // What the box holds has to do.
  }
  engine = null;
  renewBox(text);
  document.body.dataset.state = 'failed';
  document.body.dataset.view = 'text';
  $('failure-title').textContent = title;
  $('failure-reason').textContent = reason;
  $('message-note').textContent = 'not checked';
  $('failure').hidden = false;
}

/** Runs a call of the workbench; one that dies takes the page to the failure page, with the text kept. */
function guarded(action) {
  return (...values) => {
    if (!engine) return;
    try {
      action(...values);
    } catch (error) {
      fail('The workbench stopped', String(error?.message ?? error));
    }
  };
}

// ---- report

const changed = guarded(() => {
  // A report that takes long waits until nothing has been typed for a while.
  const slow = reportCost > 50 && view() !== 'text';
  if (reportTimer && !slow) return;
  clearTimeout(reportTimer);
  const wait = Math.max(slow ? 1000 : 0, reportDue - performance.now());
  reportTimer = setTimeout(() => {
    reportTimer = 0;
    updateReport();
  }, wait);
});

/** Writes what has changed, and only that: a live region speaks when it is written to. */
function put(id, property, value) {
  const element = $(id);
  if (element.written === value) return false;
  element.written = value;
  element[property] = value;
  return true;
}

const updateReport = guarded((whole = view() === 'text') => {
  const began = performance.now();
  const empty = engine.module._wb_text_size() === 0;
  put('edition', 'textContent', engine.text('wb_edition_text'));
  put('summary', 'textContent', empty ? 'No message yet.' : engine.text('wb_summary_text'));
  if (put('problems', 'innerHTML', empty ? '' : engine.text('wb_report_html', whole ? 0 : BEHIND_CANVAS))) linkRules();
  const verdict = empty ? '' : engine.text('wb_answer_text');
  $('answer').hidden = verdict === '';
  put('verdict', 'textContent', verdict);
  put('answer-parts', 'innerHTML', verdict === '' ? '' : engine.text('wb_answer_html'));
  put('message-note', 'textContent', noteOf(engine.message));
  if (view() === 'text') showDetails(empty);
  settleTabs();
  $('report').getBoundingClientRect();  // the layout is part of what it costs
  reportCost = performance.now() - began;
  reportDue = began + Math.max(REPORT_PAUSE, reportCost * REPORT_SHARE);
});

/** Where the page about a rule lies (site/reference.mjs). */
const rulePage = (id) => `reference/rules/${id}.html`;

/** The page in one file stands alone. */
const alone = () => $('program') !== null;

function showRule(id) {
  if (alone()) engine.give('wb_notice', 'The pages about the rules are part of the workbench as a site, not of this single file.');
  else open(rulePage(id), '_blank', 'noopener');
}

/** Each problem's source leads to the page about its rule. */
function linkRules() {
  if (alone()) return;
  for (const row of rows()) {
    const link = document.createElement('a');
    Object.assign(link, { href: rulePage(row.dataset.rule), target: '_blank', rel: 'noopener' });
    link.append(...row.lastElementChild.childNodes);
    row.lastElementChild.append(link);
  }
}

function noteOf(shown) {
  const lines = shown.match(/^.*\S.*$/gm)?.length ?? 0;
  return lines === 0 ? 'empty, start typing or paste' : `${lines} ${lines === 1 ? 'line' : 'lines'}`;
}

/** The parts that are asked for in text view and in print only. */
function showDetails(empty) {
  $('details').hidden = empty;
  put('overview', 'textContent', empty ? '' : engine.text('wb_overview_text'));
  put('values', 'innerHTML', empty ? '' : engine.text('wb_message_html'));
  put('quality', 'innerHTML', empty ? '' : engine.text('wb_quality_html'));
}

const goTo = guarded((row) => {
  for (const other of rows()) other.removeAttribute('aria-current');
  row.setAttribute('aria-current', 'true');
  engine.module._wb_goto_problem(Number(row.dataset.finding));
  if (view() === 'canvas') {
    $('message').focus();
    return;
  }
  select(row);
});

/** Selects in the text area what a row speaks of. */
function select(row) {
  const box = $('message');
  const text = engine.message;
  const begin = toShown(text, Number(row.dataset.begin));
  box.blur();  // a text area scrolls to its caret when it gets the focus
  box.setSelectionRange(begin, begin);
  box.focus();
  box.setSelectionRange(begin, toShown(text, Number(row.dataset.end)));
}

/** The place in the sent message that an error of the answer speaks of. */
const goToError = guarded((row) => {
  for (const other of document.querySelectorAll('#answer tr[data-err]')) other.removeAttribute('aria-current');
  row.setAttribute('aria-current', 'true');
  engine.module._wb_goto_error(Number(row.dataset.err));
  if (view() === 'text') select(row);
  else $('message').focus();
});

/** F8 in text view; it goes on from the caret, not from the top. */
const nextProblem = guarded((back) => {
  const list = rows();
  if (!list.length) return;
  const text = engine.message;
  const caret = $('message').selectionStart;
  const begin = (row) => toShown(text, Number(row.dataset.begin));
  const current = list.findIndex((row) => row.getAttribute('aria-current') === 'true');
  if (current >= 0 && begin(list[current]) === caret) {
    goTo(list[(current + (back ? list.length - 1 : 1)) % list.length]);
  } else if (back) {
    goTo(list.filter((row) => begin(row) < caret).at(-1) ?? list.at(-1));
  } else {
    goTo(list.find((row) => begin(row) >= caret) ?? list[0]);
  }
});

// ---- start

/** The bytes of the program, counted as they come: a server's own length lies when it compresses. */
function counted(response, total) {
  let loaded = 0;
  const counter = new TransformStream({
    transform(chunk, controller) {
      loaded += chunk.length;
      $('progress').value = Math.min(1, loaded / total);
      $('state').textContent = `Loading the workbench, ${Math.round(loaded / 1000)} of ${Math.round(total / 1000)} kB`;
      controller.enqueue(chunk);
    },
  });
  return new Response(response.body.pipeThrough(counter), { headers: { 'Content-Type': 'application/wasm' } });
}

async function compile() {
  const inside = $('program');  // the page as one file holds its program, packed
  if (inside) {
    const packed = Uint8Array.from(atob(inside.textContent.trim()), (c) => c.charCodeAt(0));
    return WebAssembly.compile(await new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'))).arrayBuffer());
  }
  const { href, dataset } = $('wasm');
  let response;
  try {
    response = await fetch(href, { credentials: 'same-origin' });
  } catch {
    throw new Error('The program (workbench.wasm) could not be loaded: the connection failed.');
  }
  if (!response.ok) throw new Error(`The program (workbench.wasm) could not be loaded: the server answered ${response.status}.`);
  return WebAssembly.compileStreaming(counted(response, Number(dataset.bytes) || 1));
}

/** Makes a workbench from the compiled program; without a canvas it has no picture, but everything else. */
function make(program, canvas, onFirstFrame) {
  return new Promise((resolve, reject) => {
    globalThis.createWorkbench({
      canvas,
      message: $('message'),
      instantiateWasm(imports, ready) {
        WebAssembly.instantiate(program, imports).then((instance) => ready(instance, program), reject);
        return {};
      },
      onChange: changed,
      onFirstFrame,
      onTextView() { setView('text'); },
      onRulePage: showRule,
      onAbort(reason) { fail('The workbench stopped', String(reason)); },
    }).then(resolve, reject);
  });
}

/** Until workbench.js has run, which is before the document counts as loaded, or has failed. */
async function scriptRan() {
  if (typeof globalThis.createWorkbench === 'function' || document.readyState === 'complete') return;
  await new Promise((resolve) => { for (const event of ['DOMContentLoaded', 'load']) addEventListener(event, resolve, { once: true }); });
}

/** The workbench with its first frame drawn, or without a picture where there can be none. */
async function load() {
  if (typeof WebAssembly !== 'object') throw new Error('This browser has no WebAssembly. A current Firefox, Chrome, Edge or Safari has it.');
  const program = await compile();
  await scriptRan();
  if (typeof globalThis.createWorkbench !== 'function') throw new Error('A part of the page (workbench.js) could not be loaded.');
  if (composing) {  // to take the box over now would lose what an input method is composing
    await new Promise((resolve) => { $('message').addEventListener('compositionend', () => setTimeout(resolve), { once: true }); });
  }
  typed = $('message').value;
  if ($('screen').getContext('2d')) {
    try {
      const drawn = new Promise((resolve) => { setTimeout(resolve, 1000); firstFrame = resolve; });
      const module = await make(program, $('screen'), () => { performance.mark('first-frame'); firstFrame(); });
      await drawn;
      return module;
    } catch (error) {
      console.warn('No canvas view:', error);
      renewBox();
    }
  }
  canvasWorks = false;
  return make(program, null, () => {});
}
let firstFrame = () => {};

function listen() {
  const box = $('message');
  box.addEventListener('compositionstart', () => { composing = true; });
  box.addEventListener('compositionend', () => { composing = false; });
  box.addEventListener('paste', (event) => { if (!engine) pasted = event.clipboardData?.getData('text/plain') ?? ''; });
  $('view').addEventListener('click', () => setView('canvas'));
  $('to-text').addEventListener('click', (event) => {
    event.preventDefault();
    setView('text');
  });
  $('problems').addEventListener('click', (event) => {
    if (event.target.closest('a')) return;
    const row = event.target.closest('tr[data-begin]');
    if (row && getSelection().isCollapsed) goTo(row);
  });
  $('answer-parts').addEventListener('click', (event) => {
    const row = event.target.closest('tr[data-err][data-begin]');
    if (row && getSelection().isCollapsed) goToError(row);
  });
  $('code-search').addEventListener('input', guarded(() => {
    $('code-hits').innerHTML = engine.ask('wb_code_hits_html', $('code-search').value);
    $('code-page').replaceChildren();
  }));
  $('codes').addEventListener('click', guarded((event) => {
    const to = event.target.closest('button[data-code]');
    if (!to) return;
    $('code-page').innerHTML = engine.ask('wb_code_page_html', `${to.dataset.table}\t${to.dataset.code}`);
    $('code-page').querySelector('h3')?.focus();
  }));
  $('again').addEventListener('click', (event) => {
    event.preventDefault();
    location.reload();
  });
  addEventListener('keydown', (event) => {
    if (!engine || event.ctrlKey || event.altKey || event.metaKey) return;
    const toggle = event.key === 'F4';
    if (!toggle && !(event.key === 'F8' && view() === 'text')) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (toggle) setView(view() === 'text' ? 'canvas' : 'text');
    else nextProblem(event.shiftKey);
  }, true);
  addEventListener('beforeprint', guarded(() => {
    updateReport(true);
    showDetails(engine.module._wb_text_size() === 0);
    put('printed', 'textContent', engine.message.replace(/\r\n?/g, '\n'));
  }));
  addEventListener('beforeunload', (event) => { if (document.body.dataset.state === 'ready' && engine.module._wb_unsaved()) event.preventDefault(); });
  const died = (error) => { if (error instanceof WebAssembly.RuntimeError) fail('The workbench stopped', error.message); };
  addEventListener('error', (event) => died(event.error));
  addEventListener('unhandledrejection', (event) => died(event.reason));
}

/** Today by this machine's clock and zone; the engine reads none. */
function today() {
  const now = new Date();
  const two = (n) => String(n).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** The text after # that somebody shared; it leaves the address bar at once. */
function takeLink() {
  const code = location.hash.startsWith('#local=') ? location.hash.slice(7) : '';
  if (code) history.replaceState(null, '', location.pathname + location.search);
  return code;
}

/** A local profile from a link: packed, in the letters of base64url. */
async function openLink(code) {
  if (!code) return;
  const most = 4e6;
  try {
    const bytes = Uint8Array.from(atob(code.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
    const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
    const parts = [];
    for (let size = 0; ;) {
      const { value, done } = await reader.read();
      if (done) break;
      parts.push(value);
      if ((size += value.length) > most) throw new Error('too large');
    }
    const text = await new Blob(parts).text();
    guarded(() => engine.give('wb_open_local', text))();
  } catch {
    guarded(() => engine.give('wb_notice', 'The link holds no local profile that can be read. Ask for it once more, or for the file.'))();
  }
}

async function start() {
  const link = takeLink();
  listen();
  performance.mark('paste-possible');
  try {
    engine = new Engine(await load());
  } catch (error) {
    fail('The workbench did not start', String(error?.message ?? error));
    return;
  }
  guarded(() => {
    engine.give('wb_set_as_of', today());
    if (pasted.includes('\r') && pasted.replace(/\r\n?/g, '\n') === typed) {
      const { selectionStart, selectionEnd } = $('message');
      engine.give('wb_set_text', pasted);
      $('message').setSelectionRange(selectionStart, selectionEnd);
    }
    engine.addFonts();
    $('key-tables').innerHTML = engine.text('wb_commands_html');
    $('version').textContent = engine.text('wb_version').split('\n')[0].replace('iz', 'Version');
    document.body.dataset.state = 'ready';
    if (!canvasWorks) document.body.dataset.view = 'text';
    $('view').hidden = !canvasWorks;
    updateReport();
    performance.mark('ready');
    addEventListener('hashchange', () => openLink(takeLink()));
    openLink(link);
  })();
}

start();
