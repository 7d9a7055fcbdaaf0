// The bar below an answer: its days as a calendar file, the whole answer as data, the card for the counter, the script for
// the phone call, and the printer. The files are made here, from what the calculator answered: nothing is fetched and
// nothing is sent.

export class Take {
  #bar;
  #sheet;
  #paper; // what the printer gets in place of the page
  #sheets = {};
  #opener = null;
  #addresses = [];

  constructor(bar, sheet, paper) {
    this.#bar = bar;
    this.#sheet = sheet;
    this.#paper = paper;
    bar.querySelector("#yb-take-print").addEventListener("click", () => window.print());
    for (const kind of ["card", "phone"]) {
      const button = bar.querySelector(`#yb-take-${kind}`);
      button.addEventListener("click", () => this.#open(kind, button));
    }
    sheet.querySelector("#yb-sheet-print").addEventListener("click", () => window.print());
    sheet.querySelector("#yb-sheet-close").addEventListener("click", () => this.#close());
  }

  show({ calendar, assessment, card, phone, paper }) {
    this.#release();
    this.#sheets = { card, phone };
    // An answer without a day to come has no calendar.
    this.#offer("#yb-take-calendar", calendar.includes("BEGIN:VEVENT") ? calendar : null, "text/calendar");
    this.#offer("#yb-take-json", JSON.stringify(assessment, null, 2), "application/json");
    // Our own Python wrote this and escaped all that was typed.
    this.#paper.innerHTML = paper;
    this.#bar.hidden = false;
  }

  hide() {
    this.#bar.hidden = true;
    this.#release();
  }

  // The view that is printed alone: the style sheet leaves out everything else as long as it is open.
  #open(kind, opener) {
    this.#opener = opener;
    // Our own Python wrote this and escaped all that was typed.
    this.#sheet.querySelector("#yb-sheet-pages").innerHTML = this.#sheets[kind];
    this.#sheet.setAttribute("aria-label", opener.textContent);
    this.#sheet.hidden = false;
    this.#sheet.scrollIntoView();
    this.#sheet.focus({ preventScroll: true });
  }

  #close() {
    this.#sheet.hidden = true;
    this.#opener.focus();
  }

  #offer(selector, text, type) {
    const link = this.#bar.querySelector(selector);
    link.hidden = text === null;
    if (text !== null) {
      link.href = URL.createObjectURL(new Blob([text], { type }));
      link.download = link.dataset.file;
      this.#addresses.push(link.href);
    }
  }

  #release() {
    this.#sheet.hidden = true; // it belongs to another answer
    this.#addresses.forEach((address) => URL.revokeObjectURL(address));
    this.#addresses = [];
  }
}
