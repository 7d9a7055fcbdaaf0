// The bar below an answer: its days as a calendar file, the whole answer as data, and the printer.
// The files are made here, from what the calculator answered: nothing is fetched and nothing is sent.

export class Take {
  #bar;
  #addresses = [];

  constructor(bar) {
    this.#bar = bar;
    bar.querySelector("#yb-take-print").addEventListener("click", () => window.print());
  }

  show({ calendar, assessment }) {
    this.#release();
    // An answer without a day to come has no calendar.
    this.#offer("#yb-take-calendar", calendar.includes("BEGIN:VEVENT") ? calendar : null, "text/calendar");
    this.#offer("#yb-take-json", JSON.stringify(assessment, null, 2), "application/json");
    this.#bar.hidden = false;
  }

  hide() {
    this.#bar.hidden = true;
    this.#release();
  }

  #offer(selector, text, type) {
    const link = this.#bar.querySelector(selector);
    link.hidden = text === null;
    if (text !== null) {
      link.href = URL.createObjectURL(new Blob([text], { type }));
      this.#addresses.push(link.href);
    }
  }

  #release() {
    this.#addresses.forEach((address) => URL.revokeObjectURL(address));
    this.#addresses = [];
  }
}
