// Only questions that matter: Python is asked which of them can still change the answer, and the others are put away.
// Until it has said so, every question of the chosen situation is shown.

// After the last key or click we wait so long before we ask (milliseconds).
const PAUSE = 250;

export class Questions {
  #form;
  #words;
  #send;
  #line;
  #timer;
  #asked = null; // the number of the request that has no answer yet
  #isStale = true; // the form is not what Python was asked about
  #errors = []; // of the form, as Python saw it last: [{field, message}]
  #onKnown;
  #waiting = []; // whoever wants to know the errors

  // send(request): puts a request to Python and returns its number, or null as long as Python is not ready.
  // onSwitch(): all questions are wanted, or not any more. onKnown(): the questions that matter are known anew.
  constructor(form, { line, button, words, send, onSwitch, onKnown }) {
    this.#form = form;
    this.#words = words;
    this.#send = send;
    this.#line = line;
    this.#onKnown = onKnown;
    button.addEventListener("click", () => {
      form.showsAll = !form.showsAll;
      button.setAttribute("aria-pressed", form.showsAll);
      form.update();
      onSwitch();
    });
  }

  // The form has changed, or Python has become ready.
  changed() {
    this.#isStale = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), PAUSE);
  }

  // Calls act(errors) with the errors of the form as it is now: at once when they are known, or when Python can't be asked.
  whenKnown(act) {
    this.#waiting.push(act);
    const isBeingAsked = this.#isStale && this.#ask();
    if (!isBeingAsked && this.#asked === null) {
      this.#tell();
    }
  }

  // Python has gone: what it was asked stays without an answer.
  stop() {
    this.#asked = null;
    this.#isStale = true;
    this.#errors = [];
    this.#show(null);
    this.#tell();
  }

  // Whether the answer was to us.
  hear(number, { ok, open, errors }) {
    if (number !== this.#asked) {
      return false;
    }
    this.#asked = null;
    if (this.#isStale) {
      this.#ask();
    } else {
      this.#errors = errors ?? [];
      this.#show(ok ? open : null);
      this.#onKnown();
      this.#tell();
    }
    return true;
  }

  // Ask now, unless an answer is on its way: then afterwards. False when Python is not ready.
  #ask() {
    clearTimeout(this.#timer);
    if (this.#asked === null) {
      this.#asked = this.#send({ wants: "questions", form: this.#form.values() });
      this.#isStale = this.#asked === null;
    }
    return this.#asked !== null;
  }

  #tell() {
    this.#waiting.splice(0).forEach((act) => act(this.#isStale ? [] : this.#errors));
  }

  #show(open) {
    this.#form.setOpen(open);
    const text = open === null ? "" : this.#words[open.length > 0 ? "questions_open" : "questions_none"];
    if (this.#line.textContent !== text) {
      this.#line.textContent = text;
    }
  }
}
