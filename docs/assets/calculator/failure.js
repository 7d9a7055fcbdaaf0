// What can go wrong, by name. [run] in calculator/words/*.toml has a sentence for each kind:
// no-webassembly, blocked-by-policy, http-404, http-error, wrong-mime, truncated, corrupt, offline,
// worker-crashed, timeout, python-error, old-browser.

export class Failure extends Error {
  // details: file and status for the reader's sentence; message for whoever looks after the site.
  constructor(kind, details = {}) {
    super(`${kind} ${JSON.stringify(details)}`);
    this.kind = kind;
    this.details = details;
  }
}
