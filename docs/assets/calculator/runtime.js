// The page's side of the worker that runs Python: starts it, watches it, and ends it when something goes wrong.

import { request } from "./download.js";
import { Failure, isOutOfMemory } from "./failure.js";

// Without a sign of life for so long, we stop waiting (milliseconds).
const PATIENCE = { download: 20_000, python: 60_000, answer: 20_000 };
// What the worker is made of: looked at when it does not even start.
const SCRIPTS = ["worker.js", "download.js", "failure.js"];

export class Runtime {
  isReady = false;
  #worker;
  #listeners;
  #alarm;
  #stage;
  #unanswered = 0;
  #mayBeGone = false; // nothing was heard of it since the page slept
  #isOver = false;

  // runtime: address of the folder with current.json. fresh: do not trust what the browser has kept of it.
  // listeners: onProgress({stage, done, total}), onReady(), onAnswer(number, answer), onFailure(failure).
  // onFailure is called at most once, and nothing after it.
  constructor(runtime, { fresh = false, ...listeners }) {
    this.#listeners = listeners;
    this.#expect("download");
    this.#start({ runtime: new URL(runtime, document.baseURI).href, fresh });
  }

  // Ask for an answer; may be called before Python is ready.
  ask(number, request) {
    this.#unanswered += 1;
    if (this.isReady) {
      this.#expect("answer");
    }
    this.#worker?.postMessage({ number, request });
  }

  // The page has been asleep or out of sight: whether the worker still lives. If not, onFailure hears of "asleep".
  wake() {
    if (this.isReady && !this.#isOver) {
      this.#mayBeGone = true;
      this.#expect("answer");
      this.#worker.postMessage({ sign: true });
    }
  }

  stop() {
    this.#isOver = true;
    clearTimeout(this.#alarm);
    this.#worker?.terminate();
  }

  #start(start) {
    if (typeof WebAssembly === "undefined") {
      this.#fail(new Failure("no-webassembly"));
      return;
    }
    let knowsModules = false;
    const options = {
      get type() {
        knowsModules = true;
        return "module";
      },
    };
    try {
      this.#worker = new Worker(new URL("worker.js", import.meta.url), options);
    } catch (error) {
      this.#fail(new Failure("blocked-by-policy", { message: String(error) }));
      return;
    }
    if (!knowsModules) {
      this.#fail(new Failure("old-browser", { message: "no module workers" }));
      return;
    }
    this.#worker.onmessage = ({ data }) => this.#hear(data);
    this.#worker.onmessageerror = () => this.#fail(new Failure("worker-crashed", { message: "unreadable message" }));
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.#explain(event.message);
    };
    this.#worker.postMessage({ start });
  }

  #hear(message) {
    if (this.#isOver) {
      return;
    }
    this.#mayBeGone = false;
    if (message.failure) {
      this.#fail(new Failure(message.failure.kind, message.failure.details));
    } else if (message.ready) {
      this.isReady = true;
      this.#expectAnswers();
      this.#listeners.onReady();
    } else if (message.sign) {
      this.#expectAnswers();
    } else if ("answer" in message) {
      this.#unanswered -= 1;
      this.#expectAnswers();
      this.#listeners.onAnswer(message.number, JSON.parse(message.answer));
    } else {
      // The download may take as long as it moves; the start of Python has one limit for all its stages.
      if (message.stage === "connect" || message.stage === "download") {
        this.#expect("download");
      } else if (this.#stage === "download") {
        this.#expect("python");
      }
      this.#listeners.onProgress(message);
    }
  }

  #expect(stage) {
    clearTimeout(this.#alarm);
    this.#stage = stage;
    const began = Date.now();
    this.#alarm = setTimeout(() => {
      // Long after its time: the page slept, and the worker with it. That was no waiting.
      if (Date.now() - began > 2 * PATIENCE[stage]) {
        this.#expect(stage);
      } else {
        this.#fail(new Failure(this.#mayBeGone ? "asleep" : "timeout", { message: stage }));
      }
    }, PATIENCE[stage]);
  }

  #expectAnswers() {
    if (this.#unanswered > 0) {
      this.#expect("answer");
    } else {
      clearTimeout(this.#alarm);
    }
  }

  // A worker whose script cannot be loaded gives no reason: find it out.
  async #explain(message) {
    try {
      for (const name of message ? [] : SCRIPTS) {
        await request(new URL(name, import.meta.url).href, "text/javascript", { cache: "no-store" });
      }
      const kind = isOutOfMemory(message) ? "out-of-memory" : "worker-crashed";
      this.#fail(new Failure(kind, { message: message || "no reason given" }));
    } catch (failure) {
      this.#fail(failure);
    }
  }

  #fail(failure) {
    if (!this.#isOver) {
      this.stop();
      // Later, since the constructor may not have returned yet.
      queueMicrotask(() => this.#listeners.onFailure(failure));
    }
  }
}
