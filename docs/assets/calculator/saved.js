// Lives kept under names. The browser remembers them only when the reader has said yes to the question, and where it may;
// else they last as long as the page. What a file holds is checked by Python (calculator/lives.py) before it is taken.

import { redraw } from "./redraw.js";
import { fill } from "./status.js";

const STORED = "yb-lives";
const SCHEMA = "lives/1";

// The browser's storage for this site; null where it is denied.
function storage() {
  try {
    const found = window.localStorage;
    found.getItem(STORED);
    return found;
  } catch {
    return null;
  }
}

const written = (lives) => JSON.stringify({ schema: SCHEMA, lives }, null, 2);

export class Saved {
  #find;
  #words;
  #open;
  #request;
  #storage = storage();
  #lives = []; // [{name, facts}]
  #facts = null; // of the answer that is shown
  #isKept = false; // the reader wants the browser to remember
  #trouble = ""; // why it does not, by the name of the words
  #address = null; // of the file to take along

  // open(life) asks about a life; request(asked) asks Python.
  constructor(find, words, { open, request }) {
    this.#find = (name) => find(`yb-saved-${name}`);
    this.#words = words;
    this.#open = open;
    this.#request = request;
    this.#trouble = this.#storage ? "" : "saved_denied";
    this.#read();
    this.#find("allow").addEventListener("click", () => this.#keep());
    this.#find("erase").addEventListener("click", () => this.#erase());
    this.#find("form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#save(this.#find("name").value.trim());
    });
    this.#find("import").addEventListener("change", () => this.#import());
    // Another window may have saved something meanwhile.
    window.addEventListener("storage", (event) => event.key === STORED && this.#read());
  }

  // The facts of the answer that is shown, or null: only what has an answer is worth keeping.
  offer(facts) {
    this.#facts = facts;
    this.#draw();
  }

  #read() {
    const text = this.#storage?.getItem(STORED) ?? null;
    if (text === null) {
      this.#isKept = false;
    } else {
      this.#isKept = true;
      try {
        const { lives } = JSON.parse(text);
        this.#lives = lives.map(({ name, facts }) => ({ name: String(name), facts }));
      } catch {
        this.#trouble = "saved_unreadable";
      }
    }
    this.#draw();
  }

  #keep() {
    this.#isKept = true;
    this.#store();
    // The button just pressed goes; without an answer there is nothing yet to give a name.
    this.#find(this.#facts === null ? "import" : "name").focus();
    this.#draw();
    this.#say(this.#trouble || "saved_kept");
  }

  #store() {
    if (!this.#isKept) {
      return;
    }
    try {
      this.#storage.setItem(STORED, written(this.#lives));
      this.#trouble = "";
    } catch {
      this.#trouble = "saved_no_room";
    }
  }

  #save(name) {
    if (!name || !this.#facts) {
      this.#find("name").focus();
      return;
    }
    const before = this.#lives.find((life) => life.name === name);
    if (before) {
      before.facts = this.#facts;
    } else {
      this.#lives.push({ name, facts: this.#facts });
    }
    this.#find("name").value = "";
    this.#changed(before ? "saved_again" : "saved_done", { name });
  }

  #remove(life) {
    this.#lives = this.#lives.filter((other) => other !== life);
    this.#changed("saved_removed", { name: life.name });
    this.#find("import").focus(); // the button just pressed has gone
  }

  #erase() {
    this.#storage?.removeItem(STORED);
    this.#lives = [];
    this.#isKept = false;
    this.#trouble = this.#storage ? "" : "saved_denied";
    this.#showErrors([]);
    this.#draw();
    this.#say("saved_erased");
    this.#find("import").focus();
  }

  async #import() {
    const input = this.#find("import");
    const [file] = input.files;
    if (!file) {
      return;
    }
    const text = await file.text();
    input.value = ""; // the same file can be chosen again
    let found;
    try {
      found = await this.#request({ lives: text });
    } catch {
      return; // Python has failed, and the page says so
    }
    const names = found.lives.map(({ name, facts }) => {
      const taken = this.#freeName(name);
      this.#lives.push({ name: taken, facts });
      return taken;
    });
    this.#showErrors(found.errors);
    if (names.length > 0) {
      this.#changed("saved_imported", { names: names.join(" · ") });
    } else {
      this.#say("saved_none_imported");
    }
  }

  // Two lives may have one name in two files: neither takes the other's place.
  #freeName(name) {
    const isTaken = (wanted) => this.#lives.some((life) => life.name === wanted);
    let free = name;
    for (let number = 2; isTaken(free); number += 1) {
      free = `${name} (${number})`;
    }
    return free;
  }

  #changed(key, values) {
    this.#store();
    this.#draw();
    this.#say(key, values);
  }

  #say(key, values = {}) {
    this.#find("said").textContent = fill(this.#words[key], values);
  }

  #showErrors(errors) {
    this.#find("errors").replaceChildren(
      ...errors.map(({ message }) => {
        const item = document.createElement("li");
        item.textContent = message;
        return item;
      }),
    );
  }

  #draw() {
    const { length } = this.#lives;
    this.#find("form").hidden = this.#facts === null;
    this.#find("ask").hidden = this.#isKept || this.#storage === null;
    this.#find("erase").hidden = length === 0 && !this.#isKept;
    const state = this.#trouble || (this.#isKept ? "saved_kept" : "saved_for_now");
    this.#find("state").textContent = length > 0 || this.#isKept || this.#trouble ? this.#words[state] : "";
    redraw(this.#find("list"), this.#lives.map((life) => this.#item(life)));
    this.#drawExport();
  }

  #item(life) {
    const item = document.createElement("li");
    const name = document.createElement("span");
    name.textContent = life.name;
    item.append(
      name,
      this.#button("saved_open", life, () => this.#open({ facts: life.facts })),
      this.#button("saved_remove", life, () => this.#remove(life)),
    );
    return item;
  }

  #button(key, { name }, onClick) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "yb-button yb-quiet";
    button.textContent = this.#words[key];
    button.setAttribute("aria-label", `${this.#words[key]}: ${name}`);
    button.addEventListener("click", onClick);
    return button;
  }

  #drawExport() {
    const link = this.#find("export");
    if (this.#address) {
      URL.revokeObjectURL(this.#address);
    }
    link.hidden = this.#lives.length === 0;
    this.#address = link.hidden
      ? null
      : URL.createObjectURL(new Blob([written(this.#lives)], { type: "application/json" }));
    if (this.#address) {
      link.href = this.#address;
      link.download = link.dataset.file;
    } else {
      link.removeAttribute("href");
    }
  }
}
