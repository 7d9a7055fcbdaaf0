// The worked example that is on the screen until the reader has begun. It never moves what the reader is at: beside the form
// it may go at any time, above the form only together with what stands there.

export class Example {
  #box;
  #beside = window.matchMedia("(width >= 60em)"); // as in asking.css

  constructor(box) {
    this.#box = box;
  }

  // Another screen comes, or an answer of the reader's own.
  leave() {
    this.#box.hidden = true;
  }

  // The reader has begun to fill in the form.
  leaveColumn() {
    if (this.#beside.matches) {
      this.leave();
    }
  }
}
