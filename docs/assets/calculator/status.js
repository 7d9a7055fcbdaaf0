// The line that says what the calculator is doing, its progress, and what went wrong.

export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "?");

// Sentences one after the other, with the space that English wants and Chinese does not.
export const joined = (sentences) => sentences.join(document.documentElement.lang.startsWith("zh") ? "" : " ");

export class Status {
  #words;
  #parts;

  constructor(words) {
    this.#words = words;
    const part = (name) => document.getElementById(`yb-${name}`);
    this.#parts = {
      bar: part("status"),
      line: part("line"),
      whyLink: part("why"),
      meter: part("meter"),
      progress: part("progress"),
      amount: part("amount"),
      failure: part("failure"),
      why: part("failure-why"),
      details: part("failure-details"),
    };
    this.#parts.whyLink.addEventListener("click", (event) => {
      event.preventDefault();
      this.focusFailure();
    });
  }

  // state: starting, waiting (for an answer), ready, failed. Only a change of words is read out.
  say(key, state) {
    const { bar, line, meter, whyLink, failure } = this.#parts;
    bar.dataset.state = state;
    if (line.textContent !== this.#words[key]) {
      line.textContent = this.#words[key];
    }
    meter.hidden = state !== "starting" && state !== "waiting";
    whyLink.hidden = failure.hidden = state !== "failed";
  }

  // The moving part is beside the line: a screen reader is not told of every piece that arrives.
  progress({ stage, done, total }) {
    const { progress, amount } = this.#parts;
    if (stage === "download") {
      const inMegabytes = (bytes) => (bytes / 1e6).toFixed(1);
      amount.textContent = fill(this.#words.download, { done: inMegabytes(done), total: inMegabytes(total) });
      progress.value = done / total;
    } else if (stage === "connect") {
      amount.textContent = this.#words.connect;
      progress.value = 0;
    } else {
      amount.textContent = this.#words[stage];
      progress.removeAttribute("value"); // from here on nothing can be counted
    }
  }

  fail({ kind, details }, hadStarted) {
    const { bar, why, details: technical } = this.#parts;
    why.textContent = fill(this.#words[`failed_${kind.replaceAll("-", "_")}`], details);
    const facts = [kind, ...Object.values(details)].join(" · ");
    technical.textContent = fill(this.#words.details, { details: facts });
    bar.dataset.failure = kind;
    this.say(hadStarted ? "stopped" : "could_not_start", "failed");
  }

  focusFailure() {
    this.#parts.failure.scrollIntoView();
    this.#parts.failure.focus({ preventScroll: true });
  }
}
