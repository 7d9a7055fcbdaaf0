// What was told outlives a reload, the way back and a change of language.
// A reload and the way back find it in the history entry of the page, which works also where storage is denied and goes
// when the window is closed. The page in the other language gets it through the window's own storage, or in the link.

import { addressWith } from "./share.js";

const HANDED_OVER = "yb-handed-over";

export class Keep {
  #languages = document.querySelectorAll("a.md-select__link");
  #kept = null;
  #link = null;

  constructor() {
    for (const language of this.#languages) {
      // Before site.js, which gives the address of this page's place to the other language.
      language.addEventListener("click", () => this.#handOver(), { capture: true });
    }
  }

  // kept: {typed, told, isAnswered}, for a page opened later. link: of the answer that is shown, else null.
  save(kept, link) {
    this.#kept = kept;
    this.#link = link;
    window.history.replaceState({ ...window.history.state, calculator: kept }, "");
    for (const language of this.#languages) {
      language.hash = link ?? ""; // opened in another window, it has nothing but its address
    }
  }

  // What was saved, once: by this page before it was loaded again, or by the page in the other language.
  restore() {
    const handedOver = takeHandedOver();
    if (handedOver) {
      window.history.replaceState(window.history.state, "", addressWith(null)); // the link there is older
    }
    return handedOver ?? window.history.state?.calculator ?? null;
  }

  #handOver() {
    if (!this.#kept) {
      return;
    }
    try {
      window.sessionStorage.setItem(HANDED_OVER, JSON.stringify(this.#kept));
    } catch {
      if (this.#link) {
        window.history.replaceState(window.history.state, "", addressWith(this.#link));
      }
    }
  }
}

function takeHandedOver() {
  try {
    const text = window.sessionStorage.getItem(HANDED_OVER);
    window.sessionStorage.removeItem(HANDED_OVER);
    return JSON.parse(text);
  } catch {
    return null; // storage is denied
  }
}
