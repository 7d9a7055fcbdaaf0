// Answers that the reader keeps to see side by side. What differs between them is worked out by Python (calculator/compare.py).

import { joined } from "./status.js";

const MOST = 3;

export class Compare {
  #parts;
  #words;
  #actions;
  #kept = []; // the facts of each
  #facts = null; // of the answer that is shown
  #asked = 0;

  // open(life) asks about a life; request(asked) asks Python; onKept() is told of every change of what is kept.
  constructor(find, words, actions) {
    this.#words = words;
    this.#actions = actions;
    this.#parts = { button: find("yb-take-compare"), said: find("yb-compare-said"), table: find("yb-compare") };
    this.#parts.button.addEventListener("click", () => this.#keep());
    this.#parts.table.addEventListener("click", ({ target }) => {
      const { open, remove } = target.closest("button")?.dataset ?? {};
      if (open !== undefined) {
        this.#actions.open({ facts: this.#columns()[open] });
      } else if (remove !== undefined) {
        this.#remove(this.#columns()[remove]);
      }
    });
  }

  get kept() {
    return this.#kept;
  }

  set kept(kept) {
    this.#kept = kept;
  }

  // The facts of the answer that is shown, or null.
  offer(facts) {
    this.#facts = facts;
    this.#parts.said.textContent = "";
    this.#draw();
  }

  #isKept(facts) {
    return this.#kept.some((kept) => JSON.stringify(kept) === JSON.stringify(facts));
  }

  // The answer that is shown stands beside those that are kept as long as there is room.
  #columns() {
    const isApart = this.#facts && !this.#isKept(this.#facts) && this.#kept.length < MOST;
    return isApart ? [...this.#kept, this.#facts] : this.#kept;
  }

  #keep() {
    if (this.#kept.length >= MOST && !this.#isKept(this.#facts)) {
      this.#parts.said.textContent = this.#words.compare_full;
      return;
    }
    if (!this.#isKept(this.#facts)) {
      this.#kept = [...this.#kept, this.#facts];
      this.#actions.onKept();
    }
    this.#parts.said.textContent = this.#words.compare_first;
    this.#draw();
  }

  #remove(facts) {
    // The answer that is shown leaves with its table: it can't be compared with nothing.
    const text = JSON.stringify(facts);
    this.#kept = this.#isKept(facts) ? this.#kept.filter((kept) => JSON.stringify(kept) !== text) : [];
    this.#actions.onKept();
    this.#parts.button.focus();
    this.#draw();
  }

  #show({ ok, html, errors }) {
    const { table, said } = this.#parts;
    table.hidden = !ok;
    if (ok) {
      // Our own Python wrote this and escaped all that was typed.
      table.innerHTML = html;
    } else {
      // Kept for so long that it can't be judged here any more.
      this.#kept = [];
      this.#actions.onKept();
      said.textContent = joined([this.#words.compare_faulty, ...errors.map(({ message }) => message)]);
    }
  }

  async #draw() {
    const columns = this.#columns();
    const { table } = this.#parts;
    this.#asked += 1;
    const asked = this.#asked;
    if (columns.length < 2 || !this.#facts) {
      table.hidden = true;
      return;
    }
    const text = JSON.stringify(this.#facts);
    const shown = columns.findIndex((facts) => JSON.stringify(facts) === text);
    try {
      const answer = await this.#actions.request({ compare: columns, shown });
      if (asked === this.#asked) {
        this.#show(answer);
      }
    } catch {
      table.hidden = true; // Python has failed, and the page says so
    }
  }
}
