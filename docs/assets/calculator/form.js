// The form: which fields are shown, what was typed, which field is at fault. It judges nothing; Python does.

// The reader's own day, as 2026-10-15.
function today() {
  const now = new Date();
  const two = (number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

export class Form {
  #form;
  #summary;
  #fields;

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
        },
      ]),
    );
    this.#askToday();
  }

  // Choose a situation, for links such as calculator/#situation=leave_job.
  choose(name, value) {
    this.#put(name, value);
  }

  // Show the fields that matter for what has been chosen so far.
  update() {
    for (const { element, conditions } of this.#fields.values()) {
      element.hidden = !conditions.every(([name, values]) => values.includes(this.#value(name)));
    }
  }

  // What was typed, without the fields that are not shown.
  values() {
    const shown = Array.from(this.#fields).filter(([, { element }]) => !element.hidden);
    return Object.fromEntries(shown.map(([name]) => [name, this.#value(name)]));
  }

  // Put in what was typed at another time: text by field name, as values() gave it; every other field becomes empty,
  // and the day of asking is today where none is named. Returns the names that the form has no field or no choice for.
  fill(values) {
    this.#form.reset();
    const unknown = Object.entries(values)
      .filter(([name, text]) => !this.#fields.has(name) || !this.#put(name, text))
      .map(([name]) => name);
    this.#askToday();
    this.update();
    return unknown;
  }

  // errors: [{field, message}]
  showErrors(errors, { focus }) {
    this.clearErrors();
    const list = this.#summary.querySelector("ul");
    for (const { field: name, message } of errors) {
      const field = this.#fields.get(name);
      const item = document.createElement("li");
      if (field && !field.element.hidden) {
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
      this.#fields.get(name).element.scrollIntoView();
      document.getElementById(`yb-field-${name}`).focus({ preventScroll: true });
    });
    return link;
  }
}
