// The events of one life as a list: another one after it, their order, and the one that is in the form.

import { redraw } from "./redraw.js";
import { fill } from "./status.js";

export class Life {
  #form;
  #words;
  #onLook;
  #onChange;
  #box;
  #list;
  #said;
  #then;

  // onAdd(): a new event is in the form. onLook(): the reader has chosen one. onChange(): the life is not what it was.
  constructor(form, { find, words, onAdd, onLook, onChange }) {
    this.#form = form;
    this.#words = words;
    this.#onLook = onLook;
    this.#onChange = onChange;
    this.#box = find("yb-life");
    this.#list = this.#box.querySelector("ol");
    this.#said = find("yb-life-said");
    this.#then = find("yb-then");
    form.whenUpdated.push(() => this.#draw());
    this.#then.addEventListener("click", () => {
      form.add();
      onChange();
      onAdd();
      this.#say("life_added", form.at);
    });
  }

  // What was said of the list is over when the reader goes on.
  hush() {
    this.#said.textContent = "";
  }

  #draw() {
    const titles = this.#form.titles();
    this.#box.hidden = titles.length === 1;
    const texts = titles.map((title) => title || this.#words.life_open);
    const open = titles.map((_, index) => (index === this.#form.at ? 0 : this.#form.openOf(index)));
    // Drawn only when it differs: a button would go between press and release.
    const state = JSON.stringify([this.#form.at, texts, open]);
    if (this.#list.dataset.state !== state) {
      this.#list.dataset.state = state;
      redraw(this.#list, texts.map((text, index) => this.#item(text, index, open[index])));
    }
  }

  // open: of the questions of an event that is not in the form.
  #item(text, index, open) {
    const item = document.createElement("li");
    const name = document.createElement("span");
    name.textContent = open > 0 ? fill(this.#words.life_questions, { event: text, number: open }) : text;
    item.append(
      name,
      this.#button("change", text, index, () => this.#form.edit(index)),
      this.#button("earlier", text, index, () => this.#form.move(index, -1)),
      this.#button("later", text, index, () => this.#form.move(index, 1)),
      this.#button("remove", text, index, () => this.#form.remove(index)),
    );
    const [change, earlier, later] = item.querySelectorAll("button");
    if (index === this.#form.at) {
      item.setAttribute("aria-current", "step");
      change.hidden = true;
    }
    earlier.hidden = !this.#form.mayMove(index, -1);
    later.hidden = !this.#form.mayMove(index, 1);
    return item;
  }

  #button(what, text, index, act) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "yb-plain";
    button.textContent = this.#words[`life_${what}`];
    button.setAttribute("aria-label", `${button.textContent}: ${text}`);
    button.addEventListener("click", () => {
      act();
      this.#say(`life_done_${what}`, this.#form.at, text);
      if (what === "change") {
        this.#onLook();
      } else {
        this.#focus(button.textContent);
        this.#onChange();
      }
    });
    return button;
  }

  // The button just pressed was drawn anew: the same one of the event in the form has the focus, or what there is. Of one event
  // that is left no list is to be seen.
  #focus(name) {
    const shown = this.#box.hidden ? [] : this.#list.querySelectorAll('[aria-current="step"] button:not([hidden])');
    const buttons = Array.from(shown);
    (buttons.find(({ textContent }) => textContent === name) ?? buttons[0] ?? this.#then).focus();
  }

  #say(key, index, text = "") {
    this.#said.textContent = fill(this.#words[key], { number: index + 1, event: text });
  }
}
