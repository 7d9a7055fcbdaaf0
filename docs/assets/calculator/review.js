// All answers as a list, each with a link to change it.

import { redraw } from "./redraw.js";

export class Review {
  #box;
  #title;
  #list;
  #form;
  #words;
  #isAnswered = false;
  #isStep = false;
  #isAway = false;

  constructor(form, { find, words }) {
    this.#form = form;
    this.#words = words;
    this.#box = find("yb-review");
    this.#title = find("yb-review-title");
    this.#list = this.#box.querySelector("dl");
  }

  // isStep: as a step before the answer. isAway: a question is on the screen alone, and nothing stands between it and the way on.
  show({ isStep, isAway }) {
    this.#isStep = isStep;
    this.#isAway = isAway;
    this.update();
  }

  // Beside an answer.
  answered(isAnswered) {
    this.#isAnswered = isAnswered;
    this.update();
  }

  focus() {
    this.#title.focus({ preventScroll: true });
  }

  update() {
    this.#box.hidden = this.#isAway || !(this.#isStep || this.#isAnswered);
    if (!this.#box.hidden) {
      const told = this.#form.told();
      const isSeveral = told.some(({ index }) => index > 0);
      redraw(this.#list, told.map((one) => this.#row(one, isSeveral)));
    }
  }

  // Of several events each line says which one it belongs to.
  #row({ index, name, question: plain, answer }, isSeveral) {
    const question = isSeveral ? `${index + 1}. ${plain}` : plain;
    const row = document.createElement("div");
    const asked = document.createElement("dt");
    asked.textContent = question;
    const told = document.createElement("dd");
    told.textContent = answer || this.#words.not_told;
    told.classList.toggle("yb-not-told", !answer);
    const change = document.createElement("dd");
    change.append(this.#change(index === 0 ? name : `${index + 1}.${name}`, question));
    row.append(asked, told, change);
    return row;
  }

  // Which answer a link changes stands in its name; on the screen it stands beside it.
  #change(field, question) {
    const link = document.createElement("a");
    link.href = `#yb-field-${field}`;
    link.textContent = this.#words.change;
    link.setAttribute("aria-label", this.#words.change_of.replace("{question}", question));
    link.addEventListener("click", (event) => {
      event.preventDefault();
      this.#form.go(field);
    });
    return link;
  }
}
