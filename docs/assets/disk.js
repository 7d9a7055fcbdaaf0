// For pages that are opened from the disk, by a double click: loaded there only, before the theme's own script, and no
// module, since a browser takes none from the disk. It lets the search run, links lead to pages, and says what does not work.

{
  // A browser starts no worker from the disk. The theme's search worker knows how to run in a frame when the page around it
  // has a class of this name; it needs these two ways to speak, and importScripts.
  window.IFrameWorker = class extends EventTarget {
    #loaded;
    #inside;

    constructor(script) {
      super();
      const frame = document.createElement("iframe");
      frame.hidden = true;
      document.body.append(frame);
      this.#inside = frame.contentWindow;
      this.#inside.importScripts = async (...addresses) => {
        for (const address of addresses) {
          await this.#load(address);
        }
      };
      this.#inside.postMessage = (data) => this.dispatchEvent(new MessageEvent("message", { data }));
      this.#loaded = this.#load(script);
    }

    postMessage(data) {
      this.#loaded.then(() => this.#inside.dispatchEvent(new MessageEvent("message", { data: structuredClone(data) })));
    }

    #load(address) {
      return new Promise((resolve, reject) => {
        const script = this.#inside.document.createElement("script");
        script.src = address;
        script.addEventListener("load", resolve);
        script.addEventListener("error", reject);
        this.#inside.document.body.append(script);
      });
    }
  };
  window.Worker = window.IFrameWorker;

  // A server shows the page of a folder; from the disk a browser would list its files.
  const leadToPage = ({ target }) => {
    const link = target.closest("a[href]");
    if (link?.protocol === "file:" && link.pathname.endsWith("/")) {
      link.pathname += "index.html";
    }
  };
  for (const kind of ["click", "auxclick"]) {
    window.addEventListener(kind, leadToPage, { capture: true });
  }

  // The calculator needs a server: its place says so.
  const said = document.getElementById("yb-from-disk");
  if (said) {
    said.hidden = false;
    document.getElementById("yb-calculator").hidden = true;
  }
}
