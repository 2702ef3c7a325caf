// Files: what is dropped or chosen goes to the workbench byte for byte, with its name and folder; tables that the user wants
// to keep lie in IndexedDB, and in nothing else. Until somebody chooses that, no database is made.
//
// Sets `Module.openFiles(files)`, `Module.chooseFiles()` and `Module.keepTables()` for platform.js.
Module['postRun'] = [].concat(Module['postRun'] ?? [], () => {
  const M = Module, encoder = new TextEncoder(), decoder = new TextDecoder();
  const DATABASE = 'iz-workbench', TABLES = 'tables';

  /** Puts bytes where the workbench can read them, for the time of `use`. */
  function lend(bytes, use) {
    const at = M['_malloc'](bytes.length + 1);
    if (!at) throw new RangeError(`there is no memory for a file of ${bytes.length} bytes`);
    M['HEAPU8'].set(bytes, at);
    use(at, bytes.length);
    M['_free'](at);
  }
  function add({ name, bytes, inUse = true }) {
    lend(encoder.encode(name), (nameAt, nameSize) => {
      lend(bytes, (at, size) => M['_wb_add_file'](inUse ? 1 : 0, nameAt, nameSize, at, size));
    });
  }

  // ---- dropped or chosen

  M['openFiles'] = async (files) => {
    const read = await Promise.all([...files].map(async (file) => ({
      name: file.path ?? (file.webkitRelativePath || file.name), bytes: new Uint8Array(await file.arrayBuffer()),
    })));
    read.forEach(add);
    M['_wb_open_files']();
  };
  /** All files of what was dropped, those in folders too: a folder's name often holds the date. */
  async function filesOf(items) {
    const files = [];
    async function walk(entry) {
      if (entry.isFile) {
        const file = await new Promise((done, failed) => { entry.file(done, failed); });
        Object.defineProperty(file, 'path', { value: entry.fullPath.replace(/^\//, '') });
        files.push(file);
        return;
      }
      const reader = entry.createReader();
      for (;;) {
        const some = await new Promise((done, failed) => { reader.readEntries(done, failed); });
        if (some.length === 0) break;
        for (const one of some) await walk(one);
      }
    }
    for (const entry of items) await walk(entry);
    return files;
  }
  addEventListener('dragover', (e) => { if (e.dataTransfer?.types.includes('Files')) e.preventDefault(); });
  addEventListener('drop', async (e) => {
    if (!e.dataTransfer?.files.length) return;
    e.preventDefault();
    const files = [...e.dataTransfer.files];
    // Entries must be asked for at once; only folders need them.
    const entries = [...e.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    M['openFiles'](entries.some((entry) => entry.isDirectory) ? await filesOf(entries) : files);
  });
  M['chooseFiles'] = () => {
    const input = document.createElement('input');
    Object.assign(input, { type: 'file', multiple: true });
    input.addEventListener('change', () => { if (input.files.length) M['openFiles'](input.files); });
    input.click();
  };

  // ---- kept on this device

  /** Opens the database; null if there is none and none is to be made. */
  function database(make) {
    return new Promise((done) => {
      const request = indexedDB.open(DATABASE, 1);
      let made = false;
      request.onupgradeneeded = () => {
        made = true;
        if (make) request.result.createObjectStore(TABLES, { autoIncrement: true });
        else request.transaction.abort();
      };
      request.onsuccess = () => done(request.result);
      request.onerror = (e) => {
        e.preventDefault();
        if (make || !made) refuse();
        done(null);
      };
      request.onblocked = () => done(null);
    });
  }
  function refuse() {
    lend(encoder.encode('This browser does not let a page keep anything: what you brought lives until it is closed.'),
      (at, size) => M['_wb_notice'](at, size));
  }
  const finished = (request) => new Promise((done) => {
    request.oncomplete = request.onsuccess = () => done(true);
    request.onerror = request.onabort = () => {
      refuse();
      done(false);
    };
  });

  let seen = -1, work = Promise.resolve();
  M['keepTables'] = () => {
    const change = M['_wb_kept_change']();
    if (change === seen) return;
    const first = seen < 0;
    seen = change;
    if (first) return;
    const files = [];
    for (let i = 0; i < M['_wb_kept_count'](); ++i) {
      const at = M['_wb_kept_bytes'](i), size = M['_wb_kept_size'](i), name = M['_wb_kept_name'](i);
      let end = name;
      while (M['HEAPU8'][end]) end++;
      files.push({
        name: decoder.decode(M['HEAPU8'].slice(name, end)), bytes: M['HEAPU8'].slice(at, at + size), inUse: M['_wb_kept_in_use'](i) !== 0,
      });
    }
    const chosen = M['_wb_keeps']() !== 0;
    work = work.then(() => store(files, chosen)).catch(refuse);
  };
  async function store(files, chosen) {
    if (!chosen) {
      const there = await database(false);
      there?.close();
      if (there) await finished(indexedDB.deleteDatabase(DATABASE));
      return;
    }
    const open = await database(true);
    if (!open) return;
    const change = open.transaction(TABLES, 'readwrite'), table = change.objectStore(TABLES);
    table.clear();
    for (const file of files) table.add(file);
    await finished(change);
    open.close();
  }
  async function restore() {
    const open = await database(false);
    if (!open) return;
    const request = open.transaction(TABLES).objectStore(TABLES).getAll();
    if (await finished(request)) {
      request.result.forEach(add);
      M['_wb_restore_files']();
      seen = M['_wb_kept_change']();
    }
    open.close();
  }
  restore().catch(() => {});
});
