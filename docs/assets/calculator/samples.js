// Lives to try, filled in with one tap; and the way back to what the reader had typed before.

export class Samples {
  #undo;
  #before = null;

  // onTry(typed): a life is to be tried. onUndo(typed): what was there before is wanted again.
  constructor(form, { find, onTry, onUndo }) {
    this.#undo = find("yb-undo");
    for (const button of find("yb-samples").querySelectorAll("[data-typed]")) {
      button.addEventListener("click", () => {
        this.replace(form.values());
        onTry(JSON.parse(button.dataset.typed));
      });
    }
    this.#undo.addEventListener("click", () => {
      this.#undo.hidden = true;
      onUndo(this.#before);
    });
  }

  // What the reader has typed gives way to something else: keep it, unless it is nothing or already a sample.
  replace(typed) {
    const isTyped = Object.entries(typed).some(([name, text]) => name !== "on" && text !== "");
    if (isTyped && this.#undo.hidden) {
      this.#before = typed;
      this.#undo.hidden = false;
    }
  }

  // The reader goes on with what is there now.
  typed() {
    this.#undo.hidden = true;
  }
}
