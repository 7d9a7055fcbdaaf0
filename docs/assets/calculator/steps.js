// On a narrow screen one question at a time, with the way back in the browser's own history; at the end all answers to
// check. On a wide screen, or when all questions are wanted, the form stays one page.

import { fill } from "./status.js";

// The place behind the last question, where the answers are checked.
const CHECK = "check";

export class Steps {
  #form;
  #questions;
  #review;
  #parts;
  #words;
  #keep;
  #onMove;
  #narrow = window.matchMedia("(width < 45em)");
  #at = null;
  // The question does not stand in its row: its answer is being changed, or other answers have left it open. From it the way
  // leads to what else is open now, and then to the check; what was asked before is not asked again.
  #isAside = false;

  // onMove(): another question, or the check, takes the place of what was on the screen.
  constructor(form, { questions, review, keep, words, find, onMove }) {
    this.#form = form;
    this.#questions = questions;
    this.#review = review;
    this.#keep = keep;
    this.#words = words;
    this.#onMove = onMove;
    this.#parts = {
      form: find("yb-form"),
      count: find("yb-count"),
      moves: find("yb-moves"),
      back: find("yb-back"),
      skip: find("yb-skip"),
      submit: find("yb-submit"),
      then: find("yb-then"),
    };
    form.reveal = (name) => this.#change(name);
    form.onEdit = () => this.check();
    this.#parts.back.addEventListener("click", () => window.history.back());
    this.#parts.skip.addEventListener("click", () => {
      form.put(this.#at, "");
      this.#go();
    });
    this.#narrow.addEventListener("change", () => this.update());
    // Of a form on one page, the question the reader is at is the one that was used last; Safari gives what is clicked no focus.
    for (const used of ["focusin", "input"]) {
      this.#parts.form.addEventListener(used, ({ target }) => {
        const field = target.closest("[data-field]");
        if (!this.#isOn && field) {
          keep.stay(form.outside(field.dataset.field), false);
        }
      });
    }
    window.addEventListener("popstate", () => {
      if (this.#isOn && keep.question) {
        keep.renew();
        this.#comeBack(keep.question, keep.isAside);
      }
    });
  }

  // Whether a question is on the screen alone.
  get isAsking() {
    return this.#isOn && this.#at !== CHECK;
  }

  // What is on the screen follows the form; the place is kept where it can be.
  update() {
    if (this.#isOn) {
      const at = this.#at ?? (this.#keep.question && this.#form.here(this.#keep.question)) ?? null;
      this.#put(at === CHECK || this.#form.questions(at).includes(at) ? at : this.#order()[0]);
    } else {
      this.#form.only = null;
      this.#form.update();
    }
    this.#draw();
  }

  // After loading again, here or in the other language: the question that the reader was at, of whichever event.
  restore() {
    const { question, isAside } = this.#keep;
    if (question && question !== CHECK) {
      this.#form.editEventOf(question);
      this.#keep.stay(question, isAside);
      this.#at = this.#isOn ? this.#form.here(question) : null;
      this.#isAside = isAside;
    }
  }

  // The answers are all there: from a link, a sample, or what was kept.
  check() {
    this.#at = CHECK;
    this.#isAside = false;
    if (!this.#isOn) {
      this.#keep.stay(this.#form.outside("situation"), false);
    }
    this.update();
  }

  // The reader has chosen to look at the event that is in the form now.
  lookAt() {
    this.check();
    this.focus();
    document.activeElement.scrollIntoView({ block: "nearest" });
  }

  // To the words of what is on the screen.
  focus() {
    if (this.#isOn && !this.isAsking) {
      this.#review.focus();
    } else {
      const { question } = this.#keep;
      const last = question && question !== CHECK ? this.#form.here(question) : null;
      this.#form.focusQuestion(this.isAsking ? this.#at : (last ?? "situation"));
    }
  }

  // From the beginning.
  first() {
    const [question] = this.#order();
    if (this.#isOn) {
      this.#push(question);
    } else {
      this.#form.reveal(question);
    }
  }

  // The question on the screen is answered: the next one, unless something is wrong with it.
  next() {
    const at = this.#at;
    this.#questions.whenKnown((errors) => {
      const own = errors.filter(({ field }) => this.#form.here(field) === at);
      if (this.#at !== at) {
        return; // the reader has gone elsewhere meanwhile
      }
      if (own.length > 0) {
        this.#form.showErrors(own, { focus: true });
      } else {
        this.#form.clearErrors();
        this.#go();
      }
    });
  }

  get #isOn() {
    return this.#narrow.matches && !this.#form.showsAll;
  }

  // The day of asking is there already: it is looked at in the check, as all answers are.
  #order() {
    return this.#form.questions(this.#at).filter((name) => name !== "on" || name === this.#at);
  }

  #outside(at) {
    return at === CHECK ? at : this.#form.outside(at);
  }

  #go() {
    this.#form.passed.add(this.#outside(this.#at));
    const order = this.#order();
    const next = this.#isAside ? undefined : order[order.indexOf(this.#at) + 1];
    const left = next ? null : this.#form.notYetAsked();
    if (left) {
      this.#keep.push(left, true);
      this.#comeBack(left, true);
    } else {
      this.#push(next ?? CHECK);
    }
  }

  #change(name) {
    if (this.#isOn && name !== this.#at) {
      this.#form.pass(); // all questions there are have been seen in the check
      this.#push(name, true);
    } else {
      this.#form.focus(name);
    }
  }

  #push(at, isAside = false) {
    this.#keep.push(this.#outside(at), isAside);
    this.#show(at, isAside);
  }

  // To a question of this or another event, or to the check.
  #comeBack(question, isAside) {
    if (question !== CHECK) {
      this.#form.editEventOf(question);
    }
    this.#show(question === CHECK ? CHECK : this.#form.here(question), isAside);
  }

  #show(at, isAside) {
    this.#isAside = isAside;
    this.#at = at;
    this.#onMove();
    this.update();
    if (this.isAsking) {
      this.#form.focusQuestion(this.#at);
    } else if (this.#isOn) {
      this.#review.focus();
    }
    this.#parts.form.scrollIntoView();
  }

  #put(at) {
    this.#at = at;
    this.#form.only = at === CHECK ? "" : at;
    this.#form.update();
    this.#keep.stay(this.#outside(at), this.#isAside);
  }

  #draw() {
    const { form, count, moves, back, skip, submit, then } = this.#parts;
    const order = this.#order();
    const number = order.indexOf(this.#at) + 1;
    form.classList.toggle("yb-one", this.#isOn);
    form.classList.toggle("yb-asking", this.isAsking);
    moves.hidden = count.hidden = !this.isAsking;
    submit.hidden = then.hidden = this.isAsking;
    back.hidden = number === 1 && !this.#isAside;
    skip.hidden = !this.isAsking || !this.#form.mayBeSkipped(this.#at);
    // How many there will be is known only where Python has said which of them matter.
    const words = this.#words[this.#form.isJudged ? "question_of" : "question_number"];
    const event = this.#form.titles().length > 1 ? this.#words.question_event : "";
    count.textContent = fill(event + words, { event: this.#form.at + 1, number, total: order.length });
    this.#review.show({ isStep: this.#isOn && !this.isAsking, isAway: this.isAsking });
  }
}
