// The form: which fields are shown, what was typed, which field is at fault. It judges nothing; Python does.
// A life may have several events: one is in the form, the others are kept as they were typed. Outside, the fields of the
// second and later ones have its number before their name ("2.event_on"), as in calculator/form.py.

import { joined } from "./status.js";

// The reader's own day, as 2026-10-15.
function today() {
  const now = new Date();
  const two = (number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

const NUMBERED = /^(?:([2-9]|1[0-9]|20)\.)?([a-z_0-9]+)$/;

// The place of an event in its life, from 0, and the plain name of a field.
function split(name) {
  const [, number = "1", plain = name] = NUMBERED.exec(name) ?? [];
  return [Number(number) - 1, plain];
}

const join = (index, name) => (index === 0 ? name : `${index + 1}.${name}`);

// Of the words that stand in one place, those of a situation.
const wordsOf = (situation, choices) => choices.find((words) => words.dataset.for === situation) ?? choices[0];

// What an element says in a situation.
function wordsFor(situation, element) {
  const [...choices] = element.querySelectorAll("[data-for]");
  return (wordsOf(situation, choices) ?? element).textContent.trim();
}

// A month or a day as people write it; what is neither, or no such day, as it was typed.
const dateInWords = (typed) => {
  const day = /^\d{4}-\d{2}(-\d{2})?$/.test(typed) ? new Date(typed) : null; // read as midnight in UTC
  if (day === null || Number.isNaN(day.getTime()) || !day.toISOString().startsWith(typed)) {
    return typed;
  }
  const lang = document.documentElement.lang.startsWith("zh") ? "zh-CN" : "en-GB";
  const parts = { year: "numeric", month: "long", ...(typed.length > 7 && { day: "numeric" }) };
  return new Intl.DateTimeFormat(lang, { ...parts, timeZone: "UTC" }).format(day);
};

export class Form {
  // Called when another event is in the form.
  onEdit = () => {};
  // Called after each change of what is shown.
  whenUpdated = [];
  // Show also the questions whose answer makes no difference.
  showsAll = false;
  // The one question on the screen ("" is none), or null: all of them.
  only = null;
  // Brings a question into view; whoever shows one question at a time puts another way in place.
  reveal = (name) => this.focus(name);
  #form;
  #summary;
  #fields;
  // The words that differ by situation: for each place on the page those without one first, and then those of a situation.
  #worded;
  // The questions, by their names outside, that the reader has been asked alone and has left.
  passed = new Set();
  // The names of the open questions that can still change the answer; null as long as nobody has said. Of how many events,
  // from the first on, that is known: of an event that lacks what is needed nobody can say it.
  #open = null;
  #judged = 0;
  // What was typed for each event; the one with the number #at is in the form.
  #life = [{}];
  #at = 0;
  // The names of the fields that each event asks for.
  #asked = [];
  #errors = [];
  // Which situations end payment, which fields tell that it began again, and what is then asked no more.
  #payment;

  constructor(form, summary) {
    this.#form = form;
    this.#payment = JSON.parse(form.dataset.payment);
    this.#summary = summary;
    this.#fields = new Map(
      Array.from(form.querySelectorAll("[data-field]"), (element) => [
        element.dataset.field,
        {
          element,
          conditions: Object.entries(JSON.parse(element.dataset.shown ?? "{}")),
          error: element.querySelector(".yb-error"),
          // What assistive technology announces the error with: the group of radios, or the one control.
          described: element.querySelector("fieldset, select, input"),
          heading: element.querySelector(".yb-label"),
          required: element.hasAttribute("data-required"),
          isOfTheLife: element.hasAttribute("data-of-the-life"),
        },
      ]),
    );
    this.#worded = Array.from(form.querySelectorAll('[data-for=""]'), ({ parentElement }) => Array.from(parentElement.children));
    this.#askToday();
    this.#look();
  }

  // Choose a situation, for links such as calculator/#situation=leave_job.
  choose(name, value) {
    this.#put(name, value);
  }

  // Show the fields that matter for what has been chosen so far. A field in use stays, even if it is empty now.
  update() {
    this.#look();
    this.#worded.forEach((choices) => {
      const own = wordsOf(this.#value("situation"), choices);
      choices.forEach((words) => (words.hidden = words !== own));
    });
    for (const [name, { element }] of this.#fields) {
      const isInUse = element.contains(document.activeElement) && !element.hidden;
      const isWanted = this.only === null ? this.#matters(name) || isInUse : this.only === name;
      element.hidden = !(this.isAsked(name) && isWanted);
    }
    this.whenUpdated.forEach((act) => act());
  }

  // names: of the open questions that can still change the answer, in so many events from the first on; null: not known.
  setOpen(names, judged) {
    this.#open = names && new Set(names);
    this.#judged = judged;
    this.update();
  }

  // What was typed, without the fields that do not belong to what was chosen.
  values() {
    this.#look();
    const typed = this.#asked.flatMap((names, index) =>
      names.map((name) => [join(index, name), this.#life[index][name] ?? ""]),
    );
    return Object.fromEntries(typed);
  }

  // The names of the questions in the order in which one asks them alone: first what nothing can do without.
  // also: one that is among them even if it makes no difference.
  questions(also) {
    return this.#inOrder(this.#asked[this.#at].filter((name) => this.#matters(name) || name === also));
  }

  // All questions that matter, of every event, with their answers in the words of the page; empty where nothing was told.
  told() {
    return this.#life.flatMap((typed, index) => {
      return this.#inOrder(this.#asked[index].filter((name) => this.#matters(name, index))).map((name) => ({
        index,
        name,
        question: wordsFor(typed.situation, this.#fields.get(name).element.querySelector(".yb-question")),
        answer: typed[name] ? this.#inWords(name, typed[name], typed.situation) : "",
      }));
    });
  }

  // How many questions of an event can still change the answer.
  openOf(index) {
    return this.#openQuestions().filter((field) => split(field)[0] === index).length;
  }

  // The first question of any event that has no answer, that nothing can do without or that can still change the answer, and
  // that the reader has not been asked; or null. One of an earlier event may begin to matter by a later one.
  notYetAsked() {
    return [...this.#lacking(), ...this.#openQuestions()].find((field) => !this.passed.has(field)) ?? null;
  }

  // The reader has seen all that matters now, and left open what may be.
  pass() {
    for (const { index, name, answer } of this.told()) {
      if (answer || !this.#fields.get(name).required) {
        this.passed.add(join(index, name));
      }
    }
  }

  // Whether it is known which questions of the event in the form matter.
  get isJudged() {
    return this.#open !== null && this.#at < this.#judged;
  }

  // Whether a question may stay without an answer, and has no choice that says so.
  mayBeSkipped(name) {
    const { required, described } = this.#fields.get(name);
    return !required && described.tagName !== "FIELDSET";
  }

  // The text in the control of a field, asked for or not.
  valueHere(name) {
    return this.#value(name);
  }

  put(name, text) {
    this.#put(name, text);
  }

  // Leads to the control of a question, with the question in view.
  focus(name) {
    const { element } = this.#fields.get(name);
    element.scrollIntoView();
    document.getElementById(`yb-field-${name}`).focus({ preventScroll: true });
  }

  // Leads to the words of a question, as to the heading of a page.
  focusQuestion(name) {
    const { element, heading } = this.#fields.get(name);
    heading.tabIndex = -1;
    heading.getBoundingClientRect(); // Firefox gives a legend the focus only when it has a place on the screen already
    heading.focus({ preventScroll: true });
    element.scrollIntoView({ block: "nearest" });
  }

  // Put in what was typed at another time: text by field name, as values() gave it; every other field becomes empty,
  // and the day of asking is today where none is named. Returns the names that the form has no field or no choice for.
  fill(values) {
    const life = [{}];
    const unknown = Object.entries(values)
      .filter(([name, text]) => {
        const [index, plain] = split(name);
        const isKnown = this.#fields.has(plain) && this.#offers(plain, text);
        if (isKnown) {
          (life[index] ??= {})[plain] = text;
        }
        return !isKnown;
      })
      .map(([name]) => name);
    this.#life = Array.from(life, (typed) => typed ?? {});
    this.#open = null;
    this.passed.clear();
    this.#load(0);
    return unknown;
  }

  // -- the events of the life ----------------------------------------------------------------------------

  get at() {
    return this.#at;
  }

  // What each event is, in words; empty for one that nobody has chosen yet.
  titles() {
    return this.#life.map(({ situation }) => (situation ? this.#inWords("situation", situation) : ""));
  }

  edit(index) {
    this.#look();
    this.#load(index);
    this.onEdit();
  }

  add() {
    this.#look();
    this.#life.push({});
    this.edit(this.#life.length - 1);
  }

  remove(index) {
    this.#look();
    this.#rearrange(this.#life.filter((_, number) => number !== index), Math.min(index, this.#life.length - 2));
  }

  // Whether an event may come so many places later.
  mayMove(index, by) {
    return this.#moved(index, by) !== null;
  }

  move(index, by) {
    this.#look();
    this.#rearrange(this.#moved(index, by), index + by);
  }

  // The name of a field as it is called in the event that is in the form; null for a field of another event.
  here(field) {
    const [index, name] = split(field);
    return index === this.#at ? name : null;
  }

  // The name of a field of this event as it is called outside.
  outside(name) {
    return join(this.#at, name);
  }

  // Leads to a question of any event.
  go(field) {
    this.editEventOf(field);
    this.reveal(split(field)[1]);
  }

  // Puts the event of a field into the form, where there is such an event.
  editEventOf(field) {
    const [index] = split(field);
    if (index !== this.#at && index < this.#life.length) {
      this.edit(index);
    }
  }

  // errors: [{field, message}]
  showErrors(errors, { focus }) {
    this.clearErrors();
    this.#errors = errors;
    this.#summary.querySelector("ul").append(
      ...errors.map(({ field, message }) => {
        const item = document.createElement("li");
        const [index, name] = split(field);
        item.append(this.#asked[index]?.includes(name) ? this.#link(field, message) : message);
        return item;
      }),
    );
    this.#markErrors();
    this.#summary.hidden = false;
    if (focus) {
      this.#summary.scrollIntoView();
      this.#summary.focus({ preventScroll: true });
    }
  }

  clearErrors() {
    this.#summary.hidden = true;
    this.#summary.querySelector("ul").replaceChildren();
    this.#errors = [];
    this.#unmark();
  }

  #unmark() {
    for (const { element, error, described } of this.#fields.values()) {
      element.classList.remove("yb-faulty");
      error.hidden = true;
      error.textContent = "";
      this.#describe(described, error.id, false);
    }
  }

  // Takes over what is in the form now, and finds out what each event asks for: the same as asked() of calculator/form.py.
  #look() {
    this.#life[this.#at] = Object.fromEntries(Array.from(this.#fields.keys(), (name) => [name, this.#value(name)]));
    const known = {};
    this.#asked = this.#life.map((own) => {
      const told = { ...own, ...known };
      const names = Array.from(this.#fields.keys()).filter(
        (name) =>
          !(name in known) &&
          this.#fields.get(name).conditions.every(([other, values]) => values.includes(told[other] ?? "")),
      );
      for (const name of names.filter((name) => this.#fields.get(name).isOfTheLife)) {
        known[name] = told[name] ?? "";
      }
      if (names.includes("to") && told.to) {
        known.place = told.to;
      }
      const { pays_again: paysAgain, stops, before } = this.#payment;
      const began = names.find((name) => {
        const values = paysAgain[name]?.[0];
        return values && (values.length > 0 ? values.includes(told[name] ?? "") : told[name]?.trim());
      });
      if (began) {
        known.pays_again = "yes";
        paysAgain[began][1].forEach((name) => (known[name] ??= ""));
      } else if (stops.includes(told.situation)) {
        known.pays_again = "no";
        before.forEach((name) => (known[name] ??= ""));
      }
      return names;
    });
  }

  // Puts an event into the form.
  #load(index) {
    this.#at = index;
    this.#form.reset();
    for (const [name, text] of Object.entries(this.#life[index])) {
      this.#put(name, text);
    }
    this.#askToday();
    this.update();
    this.#unmark();
    this.#markErrors();
  }

  // Another order of events: what is true of the whole life is known to all of them, and told by the first that asks for it.
  #rearrange(life, at) {
    const ofTheLife = {};
    for (const [index, names] of this.#asked.entries()) {
      for (const name of names.filter((name) => this.#fields.get(name).isOfTheLife)) {
        ofTheLife[name] ||= this.#life[index][name] ?? "";
      }
    }
    this.#life = life.map((typed) => ({ ...typed, ...ofTheLife }));
    this.#errors = [];
    this.#open = null; // it spoke of the events by their numbers
    this.passed.clear();
    this.#summary.hidden = true;
    this.#load(at);
    this.onEdit();
  }

  // The life with one event so many places later; null where there is no such place.
  #moved(index, by) {
    const life = this.#life.slice();
    if (index + by < 0 || index + by >= life.length) {
      return null;
    }
    life.splice(index + by, 0, ...life.splice(index, 1));
    return life;
  }

  #inOrder(names) {
    const isRequired = (name) => this.#fields.get(name).required;
    return [...names.filter(isRequired), ...names.filter((name) => !isRequired(name))];
  }

  // A value as the page writes it in a situation.
  #inWords(name, value, situation) {
    const { element } = this.#fields.get(name);
    const choice = element.querySelector(`:is([type="radio"], option)[value="${CSS.escape(value)}"]`);
    return choice ? wordsFor(situation, choice.closest("label") ?? choice) : dateInWords(value);
  }

  // Whether the control of a field can hold the text.
  #offers(name, text) {
    const { element } = this.#fields.get(name);
    const choices = Array.from(element.querySelectorAll("[type=radio], option"), (choice) => choice.value);
    return choices.length === 0 || text === "" || choices.includes(text);
  }

  // Whether a field belongs to what was chosen so far.
  isAsked(name) {
    return this.#asked[this.#at].includes(name);
  }

  #matters(name, index = this.#at) {
    const isKnown = this.#open !== null && index < this.#judged;
    const isOpen = isKnown ? this.#open.has(join(index, name)) : index === this.#at;
    const wantsAll = this.showsAll && index === this.#at;
    return wantsAll || isOpen || this.#fields.get(name).required || (this.#life[index][name] ?? "") !== "";
  }

  #lacking() {
    return this.#asked.flatMap((names, index) =>
      names
        .filter((name) => this.#fields.get(name).required && !this.#life[index][name])
        .map((name) => join(index, name)),
    );
  }

  #openQuestions() {
    return this.#asked.flatMap((names, index) =>
      this.#inOrder(names)
        .filter((name) => !this.#life[index][name] && index < this.#judged && this.#open?.has(join(index, name)))
        .map((name) => join(index, name)),
    );
  }

  #value(name) {
    return this.#form.elements[name].value;
  }

  #put(name, text) {
    this.#form.elements[name].value = text;
  }

  #askToday() {
    const { on } = this.#form.elements;
    on.value = on.value || today();
  }

  #mark({ element, error, described }, message) {
    element.classList.add("yb-faulty");
    error.textContent = error.hidden ? message : joined([error.textContent, message]);
    error.hidden = false;
    this.#describe(described, error.id, true);
  }

  #describe(control, id, isFaulty) {
    const ids = (control.getAttribute("aria-describedby") ?? "").split(" ").filter((other) => other && other !== id);
    if (isFaulty) {
      ids.push(id);
    }
    if (ids.length > 0) {
      control.setAttribute("aria-describedby", ids.join(" "));
    } else {
      control.removeAttribute("aria-describedby");
    }
    if (control.tagName !== "FIELDSET") {
      control.setAttribute("aria-invalid", isFaulty);
    }
  }

  #markErrors() {
    for (const { field, message } of this.#errors) {
      const name = this.here(field);
      if (name !== null && this.isAsked(name)) {
        this.#mark(this.#fields.get(name), message);
      }
    }
  }

  // Leads to the field with its question in view, and leaves the address of the page alone.
  #link(field, message) {
    const link = document.createElement("a");
    link.href = `#yb-field-${split(field)[1]}`;
    link.textContent = message;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      this.go(field);
    });
    return link;
  }
}
