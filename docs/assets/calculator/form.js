// The form: which fields are shown, what was typed, which field is at fault. It judges nothing; Python does.

// The reader's own day, as 2026-10-15.
function today() {
  const now = new Date();
  const two = (number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

export class Form {
  // Show also the questions whose answer makes no difference.
  showsAll = false;
  // The one question on the screen ("" is none), or null: all of them.
  only = null;
  // Brings a question into view; whoever shows one question at a time puts another way in place.
  reveal = (name) => this.focus(name);
  #form;
  #summary;
  #fields;
  // The names of the open questions that can still change the answer; null as long as nobody has said.
  #open = null;

  constructor(form, summary) {
    this.#form = form;
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
        },
      ]),
    );
    this.#askToday();
  }

  // Choose a situation, for links such as calculator/#situation=leave_job.
  choose(name, value) {
    this.#put(name, value);
  }

  // Show the fields that matter for what has been chosen so far. A field in use stays, even if it is empty now.
  update() {
    for (const [name, { element }] of this.#fields) {
      const isInUse = element.contains(document.activeElement) && !element.hidden;
      const isWanted = this.only === null ? this.#matters(name) || isInUse : this.only === name;
      element.hidden = !(this.#isAsked(name) && isWanted);
    }
  }

  // names: of the open questions that can still change the answer; null: not known.
  setOpen(names) {
    this.#open = names && new Set(names);
    this.update();
  }

  // What was typed, without the fields that do not belong to what was chosen.
  values() {
    const asked = Array.from(this.#fields.keys()).filter((name) => this.#isAsked(name));
    return Object.fromEntries(asked.map((name) => [name, this.#value(name)]));
  }

  // The names of the questions in the order in which one asks them alone: first what nothing can do without.
  // also: one that is among them even if it makes no difference.
  questions(also) {
    const names = Array.from(this.#fields.keys()).filter(
      (name) => this.#isAsked(name) && (this.#matters(name) || name === also),
    );
    const isRequired = (name) => this.#fields.get(name).required;
    return [...names.filter(isRequired), ...names.filter((name) => !isRequired(name))];
  }

  // A question and its answer in the words of the page; the answer is empty where nothing was told.
  told(name) {
    const { element } = this.#fields.get(name);
    const value = this.#value(name);
    const choice = element.querySelector(`:is([type="radio"], option)[value="${CSS.escape(value)}"]`);
    const words = choice ? (choice.closest("label") ?? choice).textContent.trim() : value;
    return { question: element.querySelector(".yb-question").textContent, answer: value && words };
  }

  // Whether a question may stay without an answer, and has no choice that says so.
  mayBeSkipped(name) {
    const { required, described } = this.#fields.get(name);
    return !required && described.tagName !== "FIELDSET";
  }

  clear(name) {
    this.#put(name, "");
  }

  // Leads to the control of a question, with the question in view.
  focus(name) {
    this.#fields.get(name).element.scrollIntoView();
    document.getElementById(`yb-field-${name}`).focus({ preventScroll: true });
  }

  // Leads to the words of a question, as to the heading of a page.
  focusQuestion(name) {
    const { heading } = this.#fields.get(name);
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }

  // Put in what was typed at another time: text by field name, as values() gave it; every other field becomes empty,
  // and the day of asking is today where none is named. Returns the names that the form has no field or no choice for.
  fill(values) {
    this.#form.reset();
    const unknown = Object.entries(values)
      .filter(([name, text]) => !this.#fields.has(name) || !this.#put(name, text))
      .map(([name]) => name);
    this.#askToday();
    this.setOpen(null);
    return unknown;
  }

  // errors: [{field, message}]
  showErrors(errors, { focus }) {
    this.clearErrors();
    const list = this.#summary.querySelector("ul");
    for (const { field: name, message } of errors) {
      const field = this.#fields.get(name);
      const item = document.createElement("li");
      if (field && this.#isAsked(name)) {
        this.#mark(field, message);
        item.append(this.#link(name, message));
      } else {
        item.textContent = message;
      }
      list.append(item);
    }
    this.#summary.hidden = false;
    if (focus) {
      this.#summary.scrollIntoView();
      this.#summary.focus({ preventScroll: true });
    }
  }

  clearErrors() {
    this.#summary.hidden = true;
    this.#summary.querySelector("ul").replaceChildren();
    for (const { element, error, described } of this.#fields.values()) {
      element.classList.remove("yb-faulty");
      error.hidden = true;
      error.textContent = "";
      this.#describe(described, error.id, false);
    }
  }

  // Whether a field belongs to what was chosen so far.
  #isAsked(name) {
    return this.#fields.get(name).conditions.every(([other, values]) => values.includes(this.#value(other)));
  }

  #matters(name) {
    const isOpen = this.#open === null || this.#open.has(name);
    return this.showsAll || isOpen || this.#fields.get(name).required || this.#value(name) !== "";
  }

  #value(name) {
    return this.#form.elements[name].value;
  }

  // Whether the control has taken the text: a choice that is not offered is not taken.
  #put(name, text) {
    const control = this.#form.elements[name];
    control.value = text;
    return control.value === text;
  }

  #askToday() {
    const { on } = this.#form.elements;
    on.value = on.value || today();
  }

  #mark({ element, error, described }, message) {
    element.classList.add("yb-faulty");
    error.textContent = error.hidden ? message : `${error.textContent} ${message}`;
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

  // Leads to the field with its question in view, and leaves the address of the page alone.
  #link(name, message) {
    const link = document.createElement("a");
    link.href = `#yb-field-${name}`;
    link.textContent = message;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      this.reveal(name);
    });
    return link;
  }
}
