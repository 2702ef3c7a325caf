// Starts the workbench, keeps the text area and the report in step with it, and stands in for it where there is no
// canvas. What page and workbench expect of each other: site/README.md.

const REPORT_PAUSE = 250;  // ms between two updates of the report
const LARGE = 200_000;     // characters from which the text area follows the editor at that pace, too

// ---- the text as the editor has it and as a text area shows it

/** A text area shows every line end as one \n. */
export const shownText = (text) => text.replace(/\r\n?/g, '\n');

/** Where a place of the shown text stands in the text itself. */
export function fromShown(text, place) {
  let at = 0;
  for (const pair of text.matchAll(/\r\n/g)) {
    if (pair.index - at >= place) break;
    at++;
  }
  return place + at;
}

/** Where a place of the text stands in what is shown. */
export function toShown(text, place) {
  return shownText(text.slice(0, place)).length;
}

/**
 * The text after an edit in the text area: what was not touched stays byte for byte, line ends included; new line ends
 * are like the first one of the text. `pasted` is the clipboard's own text, whose line ends the text area has lost.
 */
export function mergeEdit(text, after, pasted = '') {
  const before = shownText(text);
  const limit = Math.min(before.length, after.length);
  let head = 0;
  while (head < limit && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < limit - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  let fresh = after.slice(head, after.length - tail);
  if (shownText(pasted) === fresh) fresh = pasted;
  else fresh = fresh.replaceAll('\n', /\r\n?|\n/.exec(text)?.[0] ?? '\n');
  return text.slice(0, fromShown(text, head)) + fresh + text.slice(fromShown(text, before.length - tail));
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
    const at = this.module[`_${name}`](...values);
    const memory = this.module.HEAPU8;
    return decoder.decode(memory.subarray(at, memory.indexOf(0, at)));
  }
  /** Calls an export that takes a text and its size in bytes. */
  give(name, text) {
    const bytes = encoder.encode(text);
    const at = this.module._malloc(bytes.length + 1);
    if (at === 0) throw new RangeError(`there is no memory for a text of ${bytes.length} bytes`);
    this.module.HEAPU8.set(bytes, at);
    this.module.HEAPU8[at + bytes.length] = 0;
    this.module[`_${name}`](at, bytes.length);
    this.module._free(at);
  }
  get message() {
    const at = this.module._wb_text();
    return decoder.decode(this.module.HEAPU8.subarray(at, at + this.module._wb_text_size()));
  }
  set message(text) {
    this.give('wb_set_text', text);
  }
}

// ---- the page

const $ = (id) => document.getElementById(id);
const mark = (name) => performance.mark(name);

let engine = null;   // null until the workbench is ready, and again when it has failed
let text = '';       // the editor's text, as last seen
let pasted = '';     // what is being pasted into the text area
let canvasWorks = true;
let reportTimer = 0;
let reportTime = -Infinity;

function setView(view) {
  if (document.body.dataset.view === view || (view === 'canvas' && !canvasWorks)) return;
  document.body.dataset.view = view;
  if (view === 'text') updateReport();
  settleFocus();
  dispatchEvent(new Event('resize'));
  if (view === 'text') $('message').focus();
  else $('screen').focus();
}

/** Behind the canvas nothing but the text area takes part in the order of Tab keys. */
function settleFocus() {
  const covered = document.body.dataset.view === 'canvas';
  for (const e of document.querySelectorAll('#report button, #report summary, #report a')) e.tabIndex = covered ? -1 : 0;
  $('message').tabIndex = covered && document.body.dataset.state === 'ready' ? -1 : 0;
}

function fail(title, reason) {
  if (document.body.dataset.state === 'failed') return;
  engine = null;
  document.body.dataset.state = 'failed';
  document.body.dataset.view = 'text';
  $('failure-title').textContent = title;
  $('failure-reason').textContent = reason;
  $('failure').hidden = false;
  $('message').tabIndex = 0;
}

/** Runs a call of the workbench; one that dies takes the page to the failure page, with the text kept. */
function guarded(action) {
  return (...values) => {
    if (!engine) return undefined;
    try {
      return action(...values);
    } catch (error) {
      fail('The workbench stopped', String(error?.message ?? error));
      return undefined;
    }
  };
}

// ---- text area -> editor

const takeInput = guarded(() => {
  const box = $('message');
  const edited = mergeEdit(text, box.value, pasted);
  pasted = '';
  if (edited === text) return;
  text = edited;
  engine.message = edited;
  showText();
  scheduleReport();
});

// ---- editor -> text area, report

/** Brings the text area in step with the editor; its caret stays where it was. */
function showText() {
  text = engine.message;
  const box = $('message');
  const shown = shownText(text);
  if (box.value !== shown) {
    const { selectionStart, selectionEnd } = box;
    box.value = shown;
    box.setSelectionRange(selectionStart, selectionEnd);
  }
  noteMessage();
}

const changed = guarded(() => {
  if (engine.module._wb_text_size() < LARGE) showText();
  scheduleReport();
});

function scheduleReport() {
  if (reportTimer) return;
  const wait = Math.max(0, reportTime + REPORT_PAUSE - performance.now());
  reportTimer = setTimeout(() => {
    reportTimer = 0;
    updateReport();
  }, wait);
}

/** Writes what has changed, and only that: a live region speaks when it is written to. */
function put(id, property, value) {
  const element = $(id);
  if (element.written === value) return false;
  element.written = value;
  element[property] = value;
  return true;
}

const updateReport = guarded(() => {
  reportTime = performance.now();
  if (engine.module._wb_text_size() >= LARGE) showText();
  put('summary', 'textContent', text ? engine.text('wb_summary_text') : 'No message yet.');
  const rows = put('problems', 'innerHTML', text ? engine.text('wb_report_html') : '');
  if (document.body.dataset.view === 'text') showDetails();
  if (rows) settleFocus();
});

/** The parts that are asked for in text view and in print only. */
function showDetails() {
  put('overview', 'textContent', text ? engine.text('wb_overview_text') : '');
  if (put('values', 'innerHTML', text ? engine.text('wb_message_html') : '')) settleFocus();
}

function noteMessage() {
  const box = $('message');
  const lines = box.value.split('\n').filter((line) => line.trim()).length;
  const note = box.value ? `${lines} ${lines === 1 ? 'line' : 'lines'}` : 'empty, start typing or paste';
  put('message-note', 'textContent', note);
}

// ---- problems

const rows = () => [...document.querySelectorAll('#problems tr[data-begin]')];

const goTo = guarded((row) => {
  for (const other of rows()) other.removeAttribute('aria-current');
  row.setAttribute('aria-current', 'true');
  if (document.body.dataset.view === 'canvas') {
    engine.module._wb_goto_problem(Number(row.dataset.finding));
    $('screen').focus();
    return;
  }
  const box = $('message');
  const begin = toShown(text, Number(row.dataset.begin));
  const end = toShown(text, Number(row.dataset.end));
  box.blur();  // a text area scrolls to its caret when it gets the focus
  box.setSelectionRange(begin, begin);
  box.focus();
  box.setSelectionRange(begin, end);
});

/** F8 goes on from the caret, not from the top. */
function nextProblem(back) {
  const caret = fromShown(text, $('message').selectionStart);
  const list = rows();
  if (!list.length) return;
  const current = list.findIndex((row) => row.getAttribute('aria-current') === 'true');
  const begin = (row) => Number(row.dataset.begin);
  let next;
  if (current >= 0 && begin(list[current]) === caret) next = list[(current + (back ? list.length - 1 : 1)) % list.length];
  else if (back) next = list.findLast((row) => begin(row) < caret) ?? list.at(-1);
  else next = list.find((row) => begin(row) >= caret) ?? list[0];
  goTo(next);
}

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
function make(program, canvas) {
  return new Promise((resolve, reject) => {
    globalThis.createWorkbench({
      canvas,
      instantiateWasm(imports, ready) {
        WebAssembly.instantiate(program, imports).then((instance) => ready(instance, program), reject);
        return {};
      },
      onChange: changed,
      onFirstFrame() { mark('first-frame'); },
      onTextView() { setView('text'); },
      onAbort(reason) { fail('The workbench stopped', String(reason)); },
    }).then(resolve, reject);
  });
}

async function load() {
  if (typeof WebAssembly !== 'object') throw new Error('This browser has no WebAssembly. A current Firefox, Chrome, Edge or Safari has it.');
  const program = await compile();
  if (typeof globalThis.createWorkbench !== 'function') throw new Error('A part of the page (workbench.js) could not be loaded.');
  try {
    return await make(program, $('screen'));
  } catch (error) {
    console.warn('No canvas view:', error);
    canvasWorks = false;
    return make(program, null);
  }
}

/** Waits while an input method is composing: taking the box away would lose what is being typed. */
function whenComposed() {
  return new Promise((resolve) => {
    if (!composing) resolve();
    else $('message').addEventListener('compositionend', () => setTimeout(resolve), { once: true });
  });
}
let composing = false;

function listen() {
  const box = $('message');
  box.addEventListener('compositionstart', () => { composing = true; });
  box.addEventListener('compositionend', () => { composing = false; });
  box.addEventListener('paste', (event) => { pasted = event.clipboardData?.getData('text/plain') ?? ''; });
  box.addEventListener('input', () => { takeInput(); noteMessage(); });
  $('view').addEventListener('click', () => setView('canvas'));
  $('to-text').addEventListener('click', (event) => {
    event.preventDefault();
    setView('text');
  });
  $('problems').addEventListener('click', (event) => {
    const row = event.target.closest('tr[data-begin]');
    if (row) goTo(row);
  });
  $('again').addEventListener('click', (event) => {
    event.preventDefault();
    location.reload();
  });
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === 'F4' && engine) {
      event.preventDefault();
      event.stopImmediatePropagation();
      setView(document.body.dataset.view === 'text' ? 'canvas' : 'text');
    } else if (event.key === 'F8' && document.body.dataset.view === 'text') {
      event.preventDefault();
      nextProblem(event.shiftKey);
    }
  }, true);
  addEventListener('beforeprint', guarded(() => {
    updateReport();
    showDetails();
    put('printed', 'textContent', shownText(text));
  }));
  addEventListener('error', (event) => { if (event.error instanceof WebAssembly.RuntimeError) fail('The workbench stopped', event.error.message); });
  addEventListener('unhandledrejection', (event) => { if (event.reason instanceof WebAssembly.RuntimeError) fail('The workbench stopped', event.reason.message); });
}

/** Today by this machine's clock and zone; the engine reads none. */
function today() {
  const now = new Date();
  const two = (n) => String(n).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

async function start() {
  listen();
  mark('paste-possible');
  let module;
  try {
    module = await load();
  } catch (error) {
    fail('The workbench did not start', String(error?.message ?? error));
    return;
  }
  await whenComposed();
  engine = new Engine(module);
  guarded(() => {
    const box = $('message');
    const typed = pasted && shownText(pasted) === box.value ? pasted : box.value;
    const hadFocus = document.activeElement === box || document.activeElement === document.body;
    pasted = '';
    engine.give('wb_set_as_of', today());
    if (typed) engine.message = typed;
    showText();
    $('version').textContent = engine.text('wb_version');
    document.body.dataset.state = 'ready';
    updateReport();
    if (!canvasWorks) {
      document.body.dataset.view = 'text';
      $('view').hidden = true;
    } else if (hadFocus) {
      $('screen').focus();
    }
    settleFocus();
    mark('ready');
  })();
}

if (typeof document !== 'undefined') start();
