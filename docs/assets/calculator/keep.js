// What was told outlives a reload, the way back and a change of language.
// A reload and the way back find it in the history entry of the page, which works also where storage is denied and goes
// when the window is closed. The page in the other language gets it through the window's own storage, or in the link.

import { addressWith } from "./share.js";

const HANDED_OVER = "yb-handed-over";

export class Keep {
  isHandedOver = false; // the page in the other language has led here
  #languages = document.querySelectorAll("a.md-select__link");
  #kept = null;
  #link = null;
  #question = null; // the last that was on the screen alone
  #refused = {}; // what the history has not taken yet
  #later;

  constructor() {
    for (const language of this.#languages) {
      // Before site.js, which gives the address of this page's place to the other language.
      language.addEventListener("click", (event) => this.#handOver(event), { capture: true });
    }
    this.#outliveTheWayBack();
  }

  // WebKit, and so Safari, keeps a page for the way back, but some time after it is seen again empties whatever the browser
  // is not to complete. So nothing says that of itself while the page is away.
  #outliveTheWayBack() {
    const notCompleted = document.querySelectorAll('#yb-calculator [autocomplete="off"]');
    const put = (value) => notCompleted.forEach((element) => element.setAttribute("autocomplete", value));
    window.addEventListener("pagehide", () => put("on"));
    window.addEventListener("pageshow", () => put("off"));
  }

  // kept: {typed, told, isAnswered}, for a page opened later. link: of the answer that is shown, else null.
  save(kept, link) {
    this.#kept = kept;
    this.#link = link;
    this.#put({ calculator: kept });
    for (const language of this.#languages) {
      language.hash = link ?? ""; // opened in another window, it has nothing but its address
    }
  }

  // The question that is on the screen alone, where there is one.
  get question() {
    return window.history.state?.question ?? null;
  }

  // Whether that question is asked for itself, as of an answer that is being changed.
  get isAside() {
    return window.history.state?.isAside ?? false;
  }

  // On to another question, so that the way back leads to this one.
  push(question, isAside) {
    this.#question = question;
    try {
      window.history.pushState({ ...window.history.state, ...this.#refused, question, isAside }, "");
      this.#refused = {};
    } catch {
      this.#put({ question, isAside }); // then this question has no entry of its own
    }
  }

  // The same entry of the history is about this question.
  stay(question, isAside) {
    this.#question = question;
    this.#put({ question, isAside });
  }

  // The reader has come to another entry of this page, an older one or that of a part of the answer: what was typed is
  // kept there, too.
  renew() {
    this.#refused = {}; // it belongs to the entry before
    if (this.#kept) {
      this.#put({ question: this.question ?? this.#question, calculator: this.#kept });
    }
  }

  // WebKit refuses the history more than a hundred changes in ten seconds, which fast fingers reach: only what is new is
  // written, and what was refused is tried again until it is taken.
  #put(change) {
    clearTimeout(this.#later);
    this.#refused = { ...this.#refused, ...change };
    const wanted = { ...window.history.state, ...this.#refused };
    try {
      if (JSON.stringify(wanted) !== JSON.stringify(window.history.state)) {
        window.history.replaceState(wanted, "");
      }
      this.#refused = {};
    } catch {
      this.#later = setTimeout(() => this.#put({}), 500);
    }
  }

  // What was saved, once: by this page before it was loaded again, or by the page in the other language.
  restore() {
    const handedOver = takeHandedOver();
    if (handedOver) {
      this.isHandedOver = true;
      // The link there is older.
      const { question, isAside } = handedOver;
      window.history.replaceState({ ...window.history.state, question, isAside }, "", addressWith(null));
    }
    return handedOver ?? window.history.state?.calculator ?? null;
  }

  #handOver({ currentTarget, ctrlKey, metaKey, shiftKey }) {
    // Opened in another window, the page there finds no storage of this one, and this one would find it later.
    if (!this.#kept || ctrlKey || metaKey || shiftKey) {
      return;
    }
    const kept = { ...this.#kept, question: this.question, isAside: this.isAside };
    try {
      window.sessionStorage.setItem(HANDED_OVER, JSON.stringify({ to: currentTarget.pathname, kept }));
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
    const { to, kept } = JSON.parse(text) ?? {};
    return to === window.location.pathname ? kept : null;
  } catch {
    return null; // storage is denied
  }
}
