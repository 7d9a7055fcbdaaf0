// The calculator page: starts Python while the reader fills in the form, and puts the answer on the page.

import { Form } from "./form.js";
import { Runtime } from "./runtime.js";
import { Status } from "./status.js";
import { Take } from "./take.js";

const find = (id) => document.getElementById(id);
const root = find("yb-calculator");
const { lang, runtime: runtimeAddress } = root.dataset;
const words = JSON.parse(find("yb-words").textContent);

const form = new Form(find("yb-form"), find("yb-summary"));
const status = new Status(words);
const result = find("yb-result");
const take = new Take(find("yb-take"), find("yb-sheet"));
const pageTitle = document.title;

let runtime = null;
let hasFailed = false; // then the next start trusts no file the browser has kept
let lastAsked = 0; // the number of the last submission: older answers are dropped
let isAwaited = false; // it has no answer yet
let isChanged = false; // the form is not what it was then

function start() {
  if (runtime) {
    return;
  }
  performance.mark("calculator:boot");
  status.say("starting", "starting");
  status.progress({ stage: "connect" });
  let hadStarted = false;
  runtime = new Runtime(runtimeAddress, {
    fresh: hasFailed,
    onProgress: (progress) => status.progress(progress),
    onReady() {
      performance.mark("calculator:ready");
      hadStarted = true;
      status.say(isAwaited ? "working" : "ready", "ready");
    },
    onAnswer(number, answer) {
      if (number === lastAsked) {
        isAwaited = false;
        show(answer);
      }
    },
    onFailure(failure) {
      runtime = null;
      hasFailed = true;
      status.fail(failure, hadStarted);
      if (isAwaited) {
        status.focusFailure();
      }
    },
  });
}

function ask() {
  start();
  lastAsked += 1;
  isAwaited = true;
  isChanged = false;
  status.say(...(runtime.isReady ? ["working", "ready"] : ["waiting", "waiting"]));
  runtime.ask(lastAsked, { lang, form: form.values() });
}

function show(answer) {
  if (!answer.ok) {
    document.title = words.error_title.replace("{title}", pageTitle);
    status.say("faulty", "ready");
    result.hidden = true; // it answers something else
    take.hide();
    form.showErrors(answer.errors, { focus: !isChanged });
    return;
  }
  document.title = pageTitle;
  form.clearErrors();
  // Our own Python wrote this and escaped all that was typed.
  result.innerHTML = answer.html;
  result.hidden = false;
  take.show(answer);
  performance.mark("calculator:result");
  status.say(isChanged ? "changed" : "answered", "ready");
  // Whoever goes on typing while Python starts is not torn away from the form.
  if (!isChanged) {
    result.scrollIntoView();
    result.querySelector(".yb-title").focus({ preventScroll: true });
  }
}

function chooseFromAddress() {
  const situation = new URLSearchParams(window.location.hash.slice(1)).get("situation");
  if (situation) {
    form.choose("situation", situation);
    form.update();
  }
}

find("yb-form").addEventListener("submit", (event) => {
  event.preventDefault();
  ask();
});

find("yb-form").addEventListener("input", () => {
  form.update();
  isChanged = true;
  if (!result.hidden && runtime?.isReady && !isAwaited) {
    status.say("changed", "ready");
  }
});

find("yb-retry").addEventListener("click", () => {
  start();
  if (isAwaited) {
    ask();
  }
  find("yb-submit").focus({ preventScroll: true }); // the button just pressed has gone
});

// The theme turns pages on the keys "n" and "p"; what is typed here would be lost.
root.addEventListener("keydown", (event) => event.stopPropagation());

window.addEventListener("hashchange", chooseFromAddress);
window.addEventListener("pageshow", () => form.update()); // some browsers fill the form in again only now

find("yb-no-script").remove();
chooseFromAddress();
form.update();

// The page opens at once and Python comes when the browser has time, or when the reader begins;
// a browser that saves data waits for the reader. After a failure only the reader starts it again.
const startFirst = () => {
  if (!hasFailed) {
    start();
  }
};
root.addEventListener("pointerdown", startFirst, { once: true });
root.addEventListener("focusin", startFirst, { once: true });
if (!navigator.connection?.saveData) {
  const whenIdle = window.requestIdleCallback ?? ((run) => setTimeout(run, 200));
  whenIdle(startFirst, { timeout: 2_000 });
}
