// What can go wrong, by name. [run] in calculator/words/*.toml has a sentence for each kind:
// no-webassembly, blocked-by-policy, http-404, http-error, wrong-mime, truncated, corrupt, offline,
// worker-crashed, out-of-memory, timeout, python-error, old-browser. Of "asleep" the reader hears no failure: a worker that
// was lost while the page slept is started again.

export class Failure extends Error {
  // details: file and status for the reader's sentence; message for whoever looks after the site.
  constructor(kind, details = {}) {
    super(`${kind} ${JSON.stringify(details)}`);
    this.kind = kind;
    this.details = details;
  }
}

// Each browser, WebAssembly and Python's own allocator say it in words of their own.
export function isOutOfMemory(text) {
  return /out of memory|memoryerror|(can ?not|could not) (allocate|enlarge)|allocation failed|allocation size|\bOOM\b/i.test(text);
}
