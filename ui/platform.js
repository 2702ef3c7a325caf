// The browser's events for the workbench; linked into workbench.js (ui/link_options.txt), so `Module` holds the options
// that the page gave to createWorkbench. What belongs to whom is in ui/README.md.
//
// The text area is the agent for everything that is text: it has the keyboard, and what the browser does in it (typing,
// dead keys, input methods, dictation, touch keyboards) is compared with what was there before and handed over as one
// edit. What the workbench does is written back. Keys that move, select or delete are the workbench's, all others stay
// the browser's.
Module['postRun'] = [].concat(Module['postRun'] ?? [], () => {
  const M = Module, box = M['message'], canvas = M['canvas'] ?? null;
  const pixels = canvas ? canvas.getContext('2d', { alpha: false }) : null;
  const encoder = new TextEncoder(), decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const mac = /Mac|iPhone|iPad/.test(navigator.platform);
  const KEYS = ['', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'PageUp', 'PageDown', 'Enter', ' ', 'Escape',
    'Tab', 'Backspace', 'Delete', 'a', 'c', 'g', 'i', 'k', 'y', 'z', 'F1', 'F2', 'F4', 'F6', 'F8', 'f', 'o',
    's', '.', '/', 'F3', 'F10', 'ContextMenu', 'F9'];   // as iz::Key
  const HANDED = new Set([' ', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'PageUp', 'PageDown', 'Enter', 'Escape',
    'Tab', 'Backspace', 'Delete', 'F1', 'F2', 'F3', 'F6', 'F8', 'F9', 'F10', 'ContextMenu', '/']);
  const COMMANDS = new Set(['a', 'f', 'g', 'i', 'k', 'o', 's', 'y', 'z', '.']);
  const CURSORS = ['default', 'text', 'move', 'ns-resize', 'ew-resize', 'nesw-resize', 'nwse-resize', 'pointer', 'wait', 'progress', 'not-allowed'];

  let shown = '';            // the text area's value as the workbench knows it
  let seenChange = -1, seenText = -1, seenSelection = -1, seenStart = 0, seenEnd = 0;
  let composing = false, fromBox = false, replacesAll = false;
  let fitted = () => false;   // the canvas gets the size it has on the screen; true: and is drawn
  let ratio = 1, budget = 0, asked = false, last = 0, first = true, hoverTimer = 0, calmTimer = 0, cursor = '', boxPlace = '';

  const gpu = canvas ? gpuRenderer(M, canvas, () => {
    M['_wb_forget_picture']();
    wake(2);
  }) : null;
  const inCanvas = () => canvas !== null && canvas.clientWidth > 0 && canvas.clientHeight > 0;

  /** Gives a text or bytes to an export that takes an address and a size, after `before`. */
  function give(name, value, ...before) {
    const bytes = typeof value === 'string' ? encoder.encode(value) : value;
    const at = M['_malloc'](bytes.length + 1);
    if (!at) throw new RangeError(`there is no memory for a text of ${bytes.length} bytes`);
    M['HEAPU8'].set(bytes, at);
    M['HEAPU8'][at + bytes.length] = 0;
    const result = M[name](...before, at, bytes.length);
    M['_free'](at);
    return result;
  }
  function take(name, ...values) {
    const at = M[name](...values);
    return decoder.decode(M['HEAPU8'].slice(at, at + M['_wb_answer_size']()));
  }

  // ---- text area and workbench in step

  M['touched'] = () => {
    const text = M['_wb_box_change'](inCanvas() ? 0 : 1);
    if (text !== seenText) {
      seenText = text;
      seenSelection = -1;
      if (fromBox) {
        shown = box.value;
      } else {
        shown = take('_wb_box_text');
        if (box.value !== shown) box.value = shown;
      }
    }
    const selection = M['_wb_selection_change']();
    if (selection !== seenSelection && !composing) {
      seenSelection = selection;
      const anchor = M['_wb_anchor'](), caret = M['_wb_caret']();
      seenStart = Math.min(anchor, caret);
      seenEnd = Math.max(anchor, caret);
      if (box.selectionStart !== seenStart || box.selectionEnd !== seenEnd) {
        box.setSelectionRange(seenStart, seenEnd, caret < anchor ? 'backward' : 'forward');
      }
    }
    const change = M['_wb_change']();
    if (change !== seenChange) {
      seenChange = change;
      M['onChange']?.();
    }
    followField();
    M['keepTables']();
    wake(3);
  };

  // ---- a field of one line has an input element of its own while it is typed into

  let line = null, field = '', seenField = -1;
  const agent = () => (field ? line : box);
  if (canvas) {
    line = document.createElement('input');
    Object.assign(line, { type: 'text', hidden: true, tabIndex: -1, autocomplete: 'off', spellcheck: false });
    line.setAttribute('autocapitalize', 'off');
    Object.assign(line.style, { position: 'fixed', width: '200px', height: '20px', padding: 0, border: 0, fontSize: '16px', opacity: 0, pointerEvents: 'none' });
    box.after(line);
    const tell = () => {
      if (!field || composing) return;
      const back = line.selectionDirection === 'backward', [low, high] = [line.selectionStart, line.selectionEnd];
      give('_wb_set_field', line.value, back ? high : low, back ? low : high);
    };
    line.addEventListener('input', tell);
    line.addEventListener('compositionstart', () => { composing = true; });
    line.addEventListener('compositionend', () => {
      composing = false;
      tell();
    });
    document.addEventListener('selectionchange', () => {
      if (document.activeElement === line && seenField === M['_wb_field_change']()) tell();
    });
    box.addEventListener('focus', () => { if (field) M['_wb_leave_field'](); });
  }
  /** The element that has the keyboard and what it holds, as the workbench says. */
  function followField() {
    if (!line) return;
    const change = M['_wb_field_change']();
    if (change === seenField || composing) return;
    seenField = change;
    const now = M['_wb_field']() ? take('_wb_field_name') : '';
    if (now !== field) {
      const ours = [line, box, document.body].includes(document.activeElement);
      field = now;
      line.hidden = now === '';
      if (ours) agent().focus({ preventScroll: true });
    }
    if (now === '') return;
    const text = take('_wb_field_text');
    if (line.value !== text) line.value = text;
    const anchor = M['_wb_field_anchor'](), caret = M['_wb_field_caret']();
    line.setSelectionRange(Math.min(anchor, caret), Math.max(anchor, caret), caret < anchor ? 'backward' : 'forward');
  }

  const isHigh = (code) => code >= 0xd800 && code < 0xdc00, isLow = (code) => code >= 0xdc00 && code < 0xe000;

  /** The browser changed the text area: finds what is new and hands it over. */
  function read(event) {
    const now = box.value, before = shown;
    if (now === before) return;
    const type = event?.inputType;
    if (type === undefined || (replacesAll && !composing && now.length > 1)) {
      // A script, or everything replaced at once: read like a paste.
      shown = now;
      if (now === '') handEdit(0, before.length, '');
      else give('_wb_set_text', now);
      return;
    }
    const most = Math.min(now.length, before.length);
    // What stands behind the caret is unchanged; else the longest common end.
    let tail = box.selectionStart === box.selectionEnd ? now.length - box.selectionStart : -1;
    if (tail < 0 || tail > most || before.slice(before.length - tail) !== now.slice(now.length - tail)) {
      tail = 0;
      while (tail < most && before.charCodeAt(before.length - 1 - tail) === now.charCodeAt(now.length - 1 - tail)) tail++;
      if (tail > 0 && isLow(now.charCodeAt(now.length - tail))) tail--;
    }
    let head = 0;
    while (head < most - tail && before.charCodeAt(head) === now.charCodeAt(head)) head++;
    if (head > 0 && isHigh(now.charCodeAt(head - 1))) head--;
    handEdit(head, before.length - tail, now.slice(head, now.length - tail));
  }
  function handEdit(begin, end, text) {
    fromBox = true;
    let same = 1;
    try {
      same = give('_wb_edit', text, begin, end, composing ? 1 : 0);
    } finally {
      fromBox = false;
    }
    if (!same && !composing) resync();
    // The workbench may have read it otherwise (a line end, a lone half of a character).
    if (!composing && box.value !== shown) box.value = shown;
  }

  /** The text area gets the text and the caret of the workbench. */
  function resync() {
    seenText = seenSelection = -1;
    M['touched']();
  }

  box.addEventListener('beforeinput', (e) => {
    const part = M['_wb_box_part']();
    // What is to be replaced is not all in the text area, or nothing in it is.
    if ((part & 2 || (part & 4 && inCanvas() && e.inputType === 'insertText')) && e.cancelable && !composing) {
      e.preventDefault();
      return give('_wb_type', e.data ?? '');
    }
    replacesAll = (part & 3) === 0 && box.selectionStart === 0 && box.selectionEnd === box.value.length;
    if (e.inputType !== 'historyUndo' && e.inputType !== 'historyRedo') return;
    e.preventDefault();
    M['_wb_key'](KEYS.indexOf(e.inputType === 'historyUndo' ? 'z' : 'y'), 1);
  });
  box.addEventListener('input', (e) => {
    read(e);
    replacesAll = false;
  });
  box.addEventListener('compositionstart', () => { composing = true; });
  box.addEventListener('compositionend', () => {
    composing = false;
    M['_wb_composed']();
    resync();
  });
  document.addEventListener('selectionchange', () => {
    if (document.activeElement !== box || composing || box.value !== shown) return;
    if (box.selectionStart === seenStart && box.selectionEnd === seenEnd) return;
    const backward = box.selectionDirection === 'backward';
    M['_wb_select'](backward ? box.selectionEnd : box.selectionStart, backward ? box.selectionStart : box.selectionEnd);
  });

  box.addEventListener('paste', (e) => {
    const data = e.clipboardData;
    if (!data) return;
    e.preventDefault();
    const text = data.getData('text/plain');
    if (text) give('_wb_paste', text);
    else if (data.files.length) M['openFiles'](data.files);
  });
  for (const type of ['copy', 'cut']) {
    box.addEventListener(type, (e) => {
      const text = take('_wb_copy_text');
      if (!text || !e.clipboardData) return;
      e.preventDefault();
      e.clipboardData.setData('text/plain', text);
      if (type === 'cut') M['_wb_cut']();
    });
  }
  // ---- keys

  box.addEventListener('keydown', onKey);
  line?.addEventListener('keydown', onKey);
  function onKey(e) {
    if (e.isComposing || e.keyCode === 229 || !inCanvas()) return;
    let key = e.key.length === 1 ? e.key.toLowerCase() : e.key;
    let command = mac ? e.metaKey : e.ctrlKey, alt = e.altKey;
    if (command && !/^[ -~]$/.test(key) && /^Key[A-Z]$/.test(e.code)) key = e.code[3].toLowerCase();   // no Latin layout
    let other = mac ? e.ctrlKey : e.metaKey;   // a key that is none of ours
    if (mac && e.altKey && !e.metaKey && /^Arrow(Left|Right)$|^Backspace$|^Escape$/.test(key)) {
      if (key === 'Escape') key = ' ';   // a Mac's key for completion; with Command, Space is the system's
      command = true;
      alt = false;
    } else if (mac && e.ctrlKey && e.metaKey && /^Arrow(Left|Right)$/.test(key)) {
      command = other = false;
      alt = true;
    } else if (mac && e.metaKey && key === 'ArrowLeft') {
      key = 'Home';
      command = false;
    } else if (mac && e.metaKey && key === 'ArrowRight') {
      key = 'End';
      command = false;
    }
    if (!(HANDED.has(key) || (command && COMMANDS.has(key)))) return;
    if (other && !command) return;
    if (M['_wb_key'](KEYS.indexOf(key), (command ? 1 : 0) | (e.shiftKey ? 2 : 0) | (alt ? 4 : 0))) e.preventDefault();
  }

  // ---- frames: one is asked for only while something happens

  function wake(frames) {
    budget = Math.max(budget, frames);
    if (asked || !inCanvas()) return;
    asked = true;
    requestAnimationFrame((time) => {
      asked = false;
      draw(time);
      if (budget > 0) wake(budget);
    });
  }
  function draw(time) {
    if (!inCanvas()) return;
    if (ratio !== devicePixelRatio && fitted()) return;
    budget = Math.max(0, budget - 1);
    const seconds = last > 0 ? Math.max(0.001, (time - last) / 1000) : 1 / 60;
    last = time;
    const at = M['_wb_frame'](seconds), { width, height } = canvas;
    if (!gpu.on()) blit(at, width, height);
    if (M['_wb_busy']()) budget = Math.max(budget, 2);
    clearTimeout(calmTimer);
    const calm = budget > 0 ? 0 : M['_wb_waits']();
    if (calm > 0) calmTimer = setTimeout(() => wake(2), calm);
    const wanted = CURSORS[M['_wb_cursor']()] ?? 'default';
    if (wanted !== cursor) canvas.style.cursor = cursor = wanted;
    placeBox();
    if (field) {
      line.setAttribute('aria-label', take('_wb_field_label') || field);
      line.setAttribute('aria-description', take('_wb_field_hint'));
    }
    answer(M['_wb_requests']());
    if (first) {
      first = false;
      M['onFirstFrame']?.();
      setTimeout(() => gpu.choose(), 200);
    }
  }
  /** Puts on the canvas what the frame changed. */
  function blit(at, width, height) {
    const { buffer } = M['HEAPU8'], picture = new ImageData(new Uint8ClampedArray(buffer, at, width * height * 4), width, height);
    const parts = new Int32Array(buffer, M['_wb_changed'](), M['_wb_changed_count']() * 4);
    for (let i = 0; i < parts.length; i += 4) pixels.putImageData(picture, 0, 0, ...parts.subarray(i, i + 4));
  }
  /** Input methods show their list where the text area is. */
  function placeBox() {
    const place = `${Math.round(M['_wb_caret_x']() / ratio)}px ${Math.round(M['_wb_caret_y']() / ratio)}px`;
    if (place === boxPlace) return;
    boxPlace = place;
    for (const one of [box, line]) if (one) [one.style.left, one.style.top] = place.split(' ');
  }
  function answer(requests) {
    if (requests & 2) M['onTextView']?.();
    if (requests & 4) M['onRulePage']?.(take('_wb_take_rule_page'));
    if (requests & 8) copy(take('_wb_request_text', 0));
    if (requests & 16) save(take('_wb_request_text', 1));
    if (requests & 64) give('_wb_notice', gpu.change());
    if (requests & 128) M['chooseFiles']();
    if (requests & 256) pasteFromClipboard('_wb_set_partner');
    if (requests & 1024) share(take('_wb_request_text', 3));
    if (requests & 512) give('_wb_copy_without_person', crypto.getRandomValues(new Uint8Array(32)).join());
    if (requests & 32) pasteFromClipboard('_wb_set_answer');
    else if (requests & 1) pasteFromClipboard('_wb_set_text');
  }
  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      give('_wb_notice', 'Copied.');
    } catch {
      give('_wb_notice', 'The browser did not allow to copy. The text version (F4) can be selected and copied by hand.');
    }
  }
  /** A link to this page that holds a local profile: settings, never a message. The page reads it in boot.mjs. */
  async function share(profile) {
    const packed = new Blob([profile]).stream().pipeThrough(new CompressionStream('deflate-raw'));
    const bytes = new Uint8Array(await new Response(packed).arrayBuffer());
    let code = '';
    for (const byte of bytes) code += String.fromCharCode(byte);
    code = btoa(code).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
    await copy(`${location.href.split('#')[0]}#local=${code}`);
    if (code.length > 8000) give('_wb_notice', `Copied. The link has ${code.length} characters; some programs cut links that long, so send the file instead.`);
  }
  const TYPES = { json: 'application/json', csv: 'text/csv;charset=utf-8' };
  /** What is to be saved, byte for byte. */
  function save(name) {
    const at = M['_wb_request_text'](2), link = document.createElement('a');
    const bytes = M['HEAPU8'].slice(at, at + M['_wb_answer_size']());
    link.href = URL.createObjectURL(new Blob([bytes], { type: TYPES[name.split('.').pop()] ?? 'application/octet-stream' }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }
  async function pasteFromClipboard(reader) {
    box.focus({ preventScroll: true });
    try {
      const text = await navigator.clipboard.readText();
      if (text) give(reader, text);
      else give('_wb_notice', 'There is no text in the clipboard.');
    } catch {
      give('_wb_notice', `Press ${mac ? 'Cmd' : 'Ctrl'}+V to paste: the browser gives the clipboard only to that key.`);
    }
  }

  // ---- pointer

  if (canvas) {
    const BUTTONS = [0, 2, 1];
    let ownMenu = false;   // the right button is down where a pane has a menu of its own
    const move = (e) => {
      if (ratio !== devicePixelRatio) fitted();
      M['_wb_pointer'](e.offsetX * ratio, e.offsetY * ratio, e.pointerType === 'touch' ? 1 : 0);
    };
    canvas.addEventListener('pointermove', (e) => {
      move(e);
      wake(2);
      clearTimeout(hoverTimer);
      hoverTimer = setTimeout(() => wake(2), 380);   // a hover card may be due
    });
    canvas.addEventListener('pointerdown', (e) => {
      ownMenu = e.pointerType === 'mouse' && (e.button === 2 || (mac && e.ctrlKey));
      if (ownMenu && !M['_wb_has_menu'](e.offsetX * ratio, e.offsetY * ratio)) {
        ownMenu = false;
        return lendMenu(e);
      }
      if (e.pointerType === 'touch') setTimeout(() => wake(3), 520);   // a finger that rests opens a menu
      e.preventDefault();
      canvas.setPointerCapture(e.pointerId);
      if (e.pointerType !== 'touch') agent().focus({ preventScroll: true });
      move(e);
      M['_wb_button'](ownMenu ? 1 : BUTTONS[e.button] ?? 0, 1, e.shiftKey ? 1 : 0);
      wake(3);
    });
    canvas.addEventListener('contextmenu', (e) => {
      if (M['_wb_has_menu'](e.offsetX * ratio, e.offsetY * ratio)) e.preventDefault();
    });
    /** The browser's own menu with copy and paste: the text area lies under the pointer while it opens. */
    function lendMenu(e) {
      boxPlace = '';
      Object.assign(box.style, { left: `${e.clientX - 300}px`, top: `${e.clientY - 10}px`, zIndex: 1 });
      box.focus({ preventScroll: true });
      setTimeout(() => {
        box.style.zIndex = '';
        placeBox();
      }, 200);
    }
    const up = (e) => {
      if (e.pointerType === 'mouse' && e.button === 2 && !ownMenu) return;
      move(e);
      M['_wb_button'](ownMenu ? 1 : BUTTONS[e.button] ?? 0, 0, e.shiftKey ? 1 : 0);
      ownMenu = false;
      wake(3);
      draw(performance.now());   // inside the event: what the click asks of the browser is allowed only here
      if (e.pointerType !== 'touch') return;
      if (field || M['_wb_editor_focus']()) agent().focus({ preventScroll: true });
      M['_wb_pointer'](-1e6, -1e6, 1);
    };
    canvas.addEventListener('pointerup', up);
    canvas.addEventListener('pointercancel', up);
    canvas.addEventListener('pointerleave', () => {
      M['_wb_pointer'](-1e6, -1e6, 0);
      clearTimeout(hoverTimer);
      wake(2);
    });
    canvas.addEventListener('wheel', (e) => {
      if (e.ctrlKey) return;   // zoom is the browser's
      e.preventDefault();
      const unit = e.deltaMode === 1 ? 20 : e.deltaMode === 2 ? canvas.clientHeight : 1;
      M['_wb_wheel'](-e.deltaX * unit / 70, -e.deltaY * unit / 70);
      wake(3);
    }, { passive: false });
    canvas.addEventListener('contextrestored', () => {
      M['_wb_forget_picture']();
      wake(1);
    });
    addEventListener('blur', () => {
      M['_wb_focus'](0);
      wake(1);
    });
    addEventListener('focus', () => {
      M['_wb_focus'](1);
      wake(2);
    });

    // ---- start, size, pixel ratio, colours of the system

    const fit = (width, height) => {
      if (!(width > 0 && height > 0)) return;
      if (canvas.width === width && canvas.height === height && ratio === devicePixelRatio) return;
      canvas.width = width;
      canvas.height = height;
      ratio = devicePixelRatio || 1;
      M['_wb_resize'](width, height, ratio);
      gpu.resize();
      M['_wb_forget_picture']();
      draw(performance.now());   // at once: a resized canvas is blank
      wake(3);
    };
    const measure = () => fit(Math.round(canvas.clientWidth * devicePixelRatio), Math.round(canvas.clientHeight * devicePixelRatio));
    const observer = new ResizeObserver(([entry]) => {
      const exact = entry.devicePixelContentBoxSize?.[0];
      // Some browsers leave an emulated or zoomed pixel ratio out of the exact size.
      const near = exact && Math.abs(exact.inlineSize - canvas.clientWidth * devicePixelRatio) <= 1 &&
        Math.abs(exact.blockSize - canvas.clientHeight * devicePixelRatio) <= 1;
      if (near) fit(exact.inlineSize, exact.blockSize);
      else measure();
      M['touched']();   // the text version has all of the text in the text area
    });
    try {
      observer.observe(canvas, { box: 'device-pixel-content-box' });
    } catch {
      observer.observe(canvas);
    }
    // Browser zoom and another screen change the ratio. A query for the exact ratio may match neither before nor after (1.1
    // is no number of a computer), so it asks on which side of a hair's breadth the ratio is; zoom resizes the page, too.
    // Not every change of the ratio is told: a frame looks, too.
    fitted = () => {
      const before = ratio;
      measure();
      return ratio !== before;
    };
    const watchRatio = () => {
      const near = [-1, 1].map((side) => matchMedia(`(min-resolution: ${devicePixelRatio + side * 1e-3}dppx)`));
      const changed = () => {
        for (const query of near) query.removeEventListener('change', changed);
        watchRatio();
        measure();
      };
      for (const query of near) query.addEventListener('change', changed);
    };
    watchRatio();
    addEventListener('resize', measure);
    const media = ['(prefers-color-scheme: dark)', '(prefers-contrast: more)', '(forced-colors: active)', '(pointer: coarse)'].map((q) => matchMedia(q));
    const system = () => {
      const [dark, contrast, forced, coarse] = media.map((m) => (m.matches ? 1 : 0));
      M['_wb_system'](dark, contrast | forced, coarse);
    };
    for (const m of media) m.addEventListener('change', system);

    begin();
    system();
    measure();
  } else {
    begin();
  }

  /** What was typed or pasted before the workbench was there, with the caret where it is. */
  function begin() {
    M['_wb_init'](mac ? 1 : 0);
    if (!box.value) return;
    const { selectionStart, selectionEnd } = box;
    give('_wb_set_text', box.value);
    if (box.value.length === shown.length) M['_wb_select'](selectionStart, selectionEnd);
  }

  // ---- the promise of the status line: requests since load

  let requests = 0;
  try {
    const loaded = performance.now();
    new PerformanceObserver((list) => {
      const more = list.getEntries().filter((entry) => entry.startTime > loaded).length;
      if (more === 0) return;
      requests += more;
      M['_wb_set_requests'](requests);
    }).observe({ type: 'resource' });
  } catch {
    // A browser without it shows 0, which the content policy enforces anyway.
  }
});
