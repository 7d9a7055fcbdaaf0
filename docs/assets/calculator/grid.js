// Months as a grid: paid, unpaid or paid back is clicked or typed month by month, and the fields of the form follow: the last
// paid month, the month of paying again, whether the gap is paid back. What the form can't hold is said and left open.

import { fill, joined } from "./status.js";

// The states of a month in the order in which a click goes through them; null is nothing said, as at the beginning.
const STATES = ["paid", "unpaid", "back_paid", null];
const KEYS = { 1: "paid", p: "paid", 2: "unpaid", u: "unpaid", 3: "back_paid", b: "back_paid" };
const CLEARING = ["0", "Delete", "Backspace"];
const MOST_YEARS = 6;
// After the last change we wait so long before the timeline is asked for (milliseconds).
const PAUSE = 400;

// A month as the number of months since the year 0; null for text that is none.
function readMonth(text) {
  const match = /^(\d{4})\D{0,2}(\d{1,2})\D*$/.exec(text.normalize("NFKC").trim());
  const month = match && Number(match[2]);
  return match && month >= 1 && month <= 12 ? Number(match[1]) * 12 + month - 1 : null;
}

const dateOf = (month) => Date.UTC(Math.floor(month / 12), month % 12);
const writeMonth = (month) => `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}`;

export class Grid {
  #form;
  #words;
  #ask;
  #onChange;
  #box;
  #months;
  #said;
  #live;
  #fieldsOf; // {situation: [last paid month, the same after an earlier payment, month of paying again, paid back]}
  #short;
  #long;
  #ofButton;
  #marks = new Map(); // month -> state
  #seen = ""; // what the fields said last
  #span = ""; // the years that are drawn
  #current = null; // the month that Tab leads to
  #timer;
  #asked = 0;

  // ask(): a promise of the answer to the form as it is, or null as long as Python is not ready. onChange(): fields were filled in.
  constructor(form, { find, words, lang, ask, onChange }) {
    this.#form = form;
    this.#words = words;
    this.#ask = ask;
    this.#onChange = onChange;
    this.#box = find("yb-grid");
    this.#months = find("yb-grid-months");
    this.#said = find("yb-grid-said");
    this.#live = find("yb-grid-live");
    this.#fieldsOf = JSON.parse(this.#box.dataset.fields);
    const inWords = (options) => new Intl.DateTimeFormat(lang, { timeZone: "UTC", ...options });
    this.#short = inWords({ month: "short" });
    this.#long = inWords({ month: "long", year: "numeric" });
    this.#ofButton = inWords({ month: "short", year: "numeric" }); // holds the words on the button
    this.#months.addEventListener("click", ({ target, shiftKey }) => {
      const month = this.#monthOf(target);
      if (month !== null) {
        this.#click(month, shiftKey);
      }
    });
    this.#months.addEventListener("keydown", (event) => this.#press(event));
    this.#box.addEventListener("toggle", () => this.update());
    form.whenUpdated.push(() => this.update());
  }

  // What the form says is what the grid shows.
  update() {
    const fields = this.#fields();
    const { only } = this.#form;
    this.#box.hidden = fields === null || !(only === null || fields.includes(only));
    if (this.#box.hidden || !this.#box.open) {
      return;
    }
    const told = this.#told(fields);
    // Marks that say more than the form, or not enough yet, stay until somebody else changes these fields.
    if (this.#seen !== told.join()) {
      this.#seen = told.join();
      if (this.#derive()?.join() !== this.#seen) {
        this.#marks = this.#marksOf(told);
      }
    }
    this.#draw(told);
  }

  #fields() {
    const names = this.#fieldsOf[this.#form.valueHere("situation")] ?? [];
    const fields = names.filter((name) => this.#form.isAsked(name));
    return fields.length > 0 && fields.length === names.length - 1 ? fields : null; // without a last paid month of its own there is nothing to begin with
  }

  // Of arrears it is told when they are paid back, and not that: there is no third field.
  #isOfArrears() {
    return this.#fields().length === 2;
  }

  // The fields as the grid writes them.
  #told(fields) {
    const [last, again, paidBack] = fields.map((name) => this.#form.valueHere(name));
    const month = (text) => (readMonth(text) === null ? "" : writeMonth(readMonth(text)));
    const isPaidBack = fields.length === 2 ? again !== "" : paidBack === "yes";
    return [month(last), month(again), isPaidBack ? "yes" : ""];
  }

  #marksOf([last, again, paidBack]) {
    const marks = new Map();
    if (last) {
      marks.set(readMonth(last), "paid");
    }
    if (last && again) {
      for (let month = readMonth(last) + 1; month < readMonth(again); month += 1) {
        marks.set(month, paidBack ? "back_paid" : "unpaid");
      }
      marks.set(readMonth(again), "paid");
    }
    return marks;
  }

  // The fields that follow from the marks: of several gaps the last one. Null where nothing follows.
  #derive() {
    const { gap, before, after } = this.#read();
    if (before === null) {
      return null;
    }
    const isPaidBack = gap.length > 0 && gap.every((state) => state === "back_paid");
    if (this.#isOfArrears() && (!isPaidBack || after === null)) {
      return [writeMonth(before), "", ""];
    }
    return [writeMonth(before), after === null ? "" : writeMonth(after), isPaidBack ? "yes" : ""];
  }

  #read() {
    const marked = Array.from(this.#marks.keys()).sort((one, other) => one - other);
    const nothing = { gap: [], before: null, after: null, isSeveral: false, open: null };
    if (marked.length === 0) {
      return nothing;
    }
    const all = Array.from({ length: marked.at(-1) - marked[0] + 1 }, (_, index) => marked[0] + index);
    const open = all.find((month) => !this.#marks.has(month));
    if (open !== undefined) {
      return { ...nothing, open };
    }
    const isPaid = (month) => this.#marks.get(month) === "paid";
    const end = all.findLastIndex((month) => !isPaid(month)) + 1; // behind the last gap
    const start = all.slice(0, end).findLastIndex(isPaid) + 1;
    if (end > 0 && start === 0) {
      return nothing; // nobody has said until when was paid
    }
    return {
      gap: all.slice(start, end).map((month) => this.#marks.get(month)),
      before: end === 0 ? all.at(-1) : all[start - 1],
      after: end > 0 && end < all.length ? all[end] : null,
      isSeveral: all.slice(0, start).some((month) => !isPaid(month)),
      open: null,
    };
  }

  #click(month, isOn) {
    const before = this.#marks.get(month) ?? null;
    this.#mark(month, STATES[(STATES.indexOf(before) + 1) % STATES.length], isOn ? this.#current : month);
  }

  #press(event) {
    const month = this.#monthOf(event.target);
    if (month === null || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const state = KEYS[event.key.toLowerCase()];
    const columns = getComputedStyle(this.#months.querySelector("div")).gridTemplateColumns.split(" ").length;
    const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns, Home: -(month % 12), End: 11 - (month % 12) };
    if (state) {
      this.#mark(month, state, month);
    } else if (CLEARING.includes(event.key)) {
      this.#mark(month, null, month);
    } else if (event.key in steps) {
      const to = month + steps[event.key];
      const isMarking = event.shiftKey && this.#marks.has(month) && this.#button(to);
      if (isMarking) {
        this.#mark(to, this.#marks.get(month), month);
      } else {
        this.#button(to)?.focus();
      }
      this.#setCurrent(this.#button(to) ? to : month);
    } else {
      return;
    }
    event.preventDefault();
  }

  // Marks all months from one to another, and puts what follows into the form.
  #mark(month, state, from) {
    const [first, last] = from < month ? [from, month] : [month, from];
    for (let one = first; one <= last; one += 1) {
      if (state) {
        this.#marks.set(one, state);
      } else {
        this.#marks.delete(one);
      }
    }
    this.#setCurrent(month);
    const derived = this.#derive();
    if (derived) {
      const fields = this.#fields();
      const [last, again, paidBack] = derived;
      this.#form.put(fields[0], last);
      this.#form.put(fields[1], again);
      // "No" is an answer of the reader's own: marks say only whether the months are paid back by now.
      if (!this.#isOfArrears() && (paidBack || this.#form.valueHere(fields[2]) === "yes")) {
        this.#form.put(fields[2], paidBack);
      }
      this.#onChange();
      this.#askForTimeline();
    }
    this.#draw(this.#told(this.#fields()));
    this.#button(month).focus();
    this.#say(month);
  }

  #say(month) {
    const { gap, before, after, isSeveral, open } = this.#read();
    const parts = [fill(this.#words.grid_now, { month: this.#name(month), state: this.#state(month) })];
    if (open !== null) {
      parts.push(fill(this.#words.grid_hole, { month: this.#name(open) }));
    } else if (before === null) {
      parts.push(this.#words.grid_no_last);
    } else {
      parts.push(fill(this.#words.grid_last, { month: this.#name(before) }));
      if (after !== null) {
        parts.push(fill(this.#words.grid_again, { month: this.#name(after), number: gap.length }));
      }
      if (new Set(gap).size > 1) {
        parts.push(this.#words.grid_mixed);
      } else if (this.#isOfArrears() && gap[0] === "back_paid" && after === null) {
        parts.push(this.#words.grid_paid_back_when);
      } else if (this.#isOfArrears() && gap[0] === "unpaid" && after !== null) {
        parts.push(this.#words.grid_still_owed);
      }
      if (isSeveral) {
        parts.push(this.#words.grid_several);
      }
    }
    this.#said.textContent = joined(parts);
  }

  #label(month) {
    return fill(this.#words.grid_label_of, { month: this.#ofButton.format(dateOf(month)), state: this.#state(month) });
  }

  #state(month) {
    return this.#words[`grid_${this.#marks.get(month) ?? "open"}`];
  }

  #name(month) {
    return this.#long.format(dateOf(month));
  }

  #button(month) {
    return this.#months.querySelector(`[data-month="${month}"]`);
  }

  #monthOf(target) {
    const button = target.closest("[data-month]");
    return button ? Number(button.dataset.month) : null;
  }

  #setCurrent(month) {
    this.#button(this.#current)?.setAttribute("tabindex", "-1");
    this.#current = month;
    this.#button(month)?.setAttribute("tabindex", "0");
  }

  #draw(told) {
    const on = readMonth(this.#form.valueHere("on").slice(0, 7)) ?? readMonth(new Date().toISOString().slice(0, 7));
    const years = [on, ...told.slice(0, 2).filter(Boolean).map(readMonth), ...this.#marks.keys()].map((month) => Math.floor(month / 12));
    const last = Math.max(...years, Math.floor(on / 12) + 1);
    const first = Math.max(Math.min(...years, Math.floor(on / 12) - 1), last - MOST_YEARS + 1);
    if (this.#span !== `${first}-${last}`) {
      this.#span = `${first}-${last}`;
      const rows = Array.from({ length: last - first + 1 }, (_, index) => this.#row(first + index));
      this.#months.replaceChildren(...rows);
      const start = told[0] ? readMonth(told[0]) : on;
      this.#setCurrent(this.#button(this.#current) ? this.#current : start);
    }
    for (const button of this.#months.querySelectorAll("[data-month]")) {
      const month = Number(button.dataset.month);
      button.dataset.state = this.#marks.get(month) ?? "";
      button.setAttribute("aria-label", this.#label(month));
    }
  }

  #row(year) {
    const row = document.createElement("div");
    row.setAttribute("role", "group");
    row.setAttribute("aria-label", String(year));
    const head = document.createElement("span");
    head.textContent = year;
    head.setAttribute("aria-hidden", "true");
    row.append(head);
    for (let month = year * 12; month < (year + 1) * 12; month += 1) {
      const button = document.createElement("button");
      button.type = "button";
      button.tabIndex = -1;
      button.dataset.month = month;
      button.textContent = this.#short.format(dateOf(month));
      row.append(button);
    }
    return row;
  }

  // The timeline follows as soon as the form can be answered; of several answers under way only the last one counts.
  #askForTimeline() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(async () => {
      this.#asked += 1;
      const number = this.#asked;
      const answer = await this.#ask();
      if (number === this.#asked) {
        // Our own Python wrote this and escaped all that was typed.
        const parsed = new DOMParser().parseFromString(answer?.html ?? "", "text/html");
        const timeline = parsed.querySelectorAll(".yb-about-cover > :is(h3, .yb-assuming, .yb-strip, .yb-ranges)");
        timeline.forEach((part) => part.removeAttribute("id")); // the answer itself may be on the page, too
        this.#live.querySelector("div").replaceChildren(...timeline);
        this.#live.hidden = timeline.length === 0;
      }
    }, PAUSE);
  }
}
