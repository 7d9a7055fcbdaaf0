// Only questions that matter: Python is asked which of them can still change the answer, and the others are put away.
// Until it has said so, every question of the chosen situation is shown.

// After the last key or click we wait so long before we ask (milliseconds).
const PAUSE = 250;

export class Questions {
  #form;
  #words;
  #request;
  #isReady;
  #line;
  #timer;
  #isAsking = false; // Python has not answered yet
  #isStale = true; // the form is not what Python was asked about
  #errors = []; // of the form, as Python saw it last: [{field, message}]
  #onKnown;
  #inPlace;
  #waiting = []; // whoever wants to know the errors

  // request(asked): a promise of Python's answer; isReady(): whether Python has started.
  // inPlace(change): makes a change of the form so that what the reader is at does not move.
  // onSwitch(): all questions are wanted, or not any more. onKnown(): the questions that matter are known anew.
  constructor(form, { line, button, words, request, isReady, inPlace, onSwitch, onKnown }) {
    this.#form = form;
    this.#words = words;
    this.#request = request;
    this.#isReady = isReady;
    this.#line = line;
    this.#onKnown = onKnown;
    this.#inPlace = inPlace;
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
    if (this.#isStale) {
      this.#ask();
    }
    if (!this.#isAsking) {
      this.#tell();
    }
  }

  // Ask now, unless an answer is on its way: then afterwards.
  async #ask() {
    clearTimeout(this.#timer);
    if (this.#isAsking || !this.#isReady()) {
      return;
    }
    this.#isAsking = true;
    this.#isStale = false;
    let answer = null; // Python has gone: all questions are shown
    try {
      answer = await this.#request({ wants: "questions", form: this.#form.values() });
    } catch {
      this.#isStale = true;
    }
    this.#isAsking = false;
    if (answer && this.#isStale) {
      this.#ask();
      return;
    }
    this.#errors = answer?.errors ?? [];
    this.#inPlace(() => {
      this.#show(answer?.open ?? null, answer?.judged ?? 0);
      this.#onKnown();
    });
    this.#tell();
  }

  #tell() {
    this.#waiting.splice(0).forEach((act) => act(this.#isStale ? [] : this.#errors));
  }

  #show(open, judged) {
    this.#form.setOpen(open, judged);
    const text = this.#form.isJudged ? this.#words[open.length > 0 ? "questions_open" : "questions_none"] : "";
    if (this.#line.textContent !== text) {
      this.#line.textContent = text;
    }
  }
}
