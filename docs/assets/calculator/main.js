// The calculator page: starts Python while the reader fills in the form, and puts the answer on the page.

import { Compare } from "./compare.js";
import { Example } from "./example.js";
import { Form } from "./form.js";
import { Grid } from "./grid.js";
import { Keep } from "./keep.js";
import { Life } from "./life.js";
import { Questions } from "./questions.js";
import { Review } from "./review.js";
import { Runtime } from "./runtime.js";
import { Samples } from "./samples.js";
import { Saved } from "./saved.js";
import { askedByAddress, Share } from "./share.js";
import { joined, Status } from "./status.js";
import { Steps } from "./steps.js";
import { Take } from "./take.js";

const find = (id) => document.getElementById(id);
const root = find("yb-calculator");
const { lang, runtime: runtimeAddress } = root.dataset;
const words = JSON.parse(find("yb-words").textContent);

const form = new Form(find("yb-form"), find("yb-summary"));
const status = new Status(words);
const result = find("yb-result");
const take = new Take(find("yb-take"), find("yb-sheet"), find("yb-paper-answer"));
const share = new Share(find, words);
const keep = new Keep();
const example = new Example(find("yb-example"));
const compare = new Compare(find, words, { open, request, onKept: () => save(shownLink) });
const saved = new Saved(find, words, { open, request });
const review = new Review(form, { find, words });
const questions = new Questions(form, {
  line: find("yb-relevant"),
  button: find("yb-all"),
  words,
  request,
  isReady: () => runtime?.isReady ?? false,
  inPlace,
  onSwitch: () => steps.update(),
  onKnown: () => steps.update(),
});
const steps = new Steps(form, {
  questions,
  review,
  keep,
  words,
  find,
  onMove() {
    example.leave();
    events.hush();
    save(shownLink); // which questions the reader has left
  },
});
const events = new Life(form, { find, words, onAdd: () => steps.first(), onLook: () => steps.lookAt(), onChange: () => noteChange() });
new Grid(form, {
  find,
  words,
  lang,
  ask: () => (runtime?.isReady ? request({ form: form.values() }).catch(() => null) : null),
  onChange() {
    steps.update();
    noteChange();
  },
});
const samples = new Samples(form, {
  find,
  onTry(typed) {
    fillIn(typed);
    ask();
  },
  onUndo(typed) {
    fillIn(typed);
    steps.lookAt();
  },
});
const pageTitle = document.title;

let runtime = null;
let failed = null; // what went wrong last: then the next start trusts no file the browser has kept
let sent = 0; // the number of the last request of any kind
let lastAsked = 0; // the number of the last submission: older answers are dropped
const others = new Map(); // what else Python was asked: number -> {resolve, reject}
let isAwaited = false; // it has no answer yet
let isChanged = false; // the form is not what it was then
let shownLink = null; // of the answer on the page, while it is that of the form
let told = null; // what is asked about when it is not the form alone: {link} or {facts}

function start() {
  if (runtime) {
    return;
  }
  performance.mark("calculator:boot");
  status.say("starting", "starting");
  status.progress({ stage: "connect" });
  let hadStarted = false;
  runtime = new Runtime(runtimeAddress, {
    fresh: failed !== null,
    onProgress: (progress) => status.progress(progress),
    onReady() {
      performance.mark("calculator:ready");
      hadStarted = true;
      status.say(isAwaited ? "working" : "ready", "ready");
      questions.changed();
    },
    onAnswer(number, answer) {
      if (number === lastAsked) {
        isAwaited = false;
        show(answer);
      }
      others.get(number)?.resolve(answer);
      others.delete(number);
    },
    onFailure(failure) {
      runtime = null;
      find("yb-form").inert = false;
      others.forEach(({ reject }) => reject(failure));
      others.clear();
      if (failure.kind === "asleep") {
        startAgain();
        status.say("woken", isAwaited ? "waiting" : "starting");
        return;
      }
      failed = failure;
      status.fail(failure, hadStarted);
      if (isAwaited) {
        status.focusFailure();
      }
    },
  });
}

function send(request) {
  sent += 1;
  runtime.ask(sent, { lang, ...request });
  return sent;
}

function ask() {
  start();
  example.leave();
  isAwaited = true;
  isChanged = false;
  status.say(...(runtime.isReady ? ["working", "ready"] : ["waiting", "waiting"]));
  // What is being opened is about to fill the form in: nothing typed now may get lost by that.
  find("yb-form").inert = told !== null;
  lastAsked = send(told ?? { form: form.values() });
}

// Ask Python for something else than an answer to show. The promise is rejected when Python fails; the page then says why.
function request(asked) {
  start();
  return new Promise((resolve, reject) => others.set(send(asked), { resolve, reject }));
}

// Ask about a life that comes otherwise than through the form, and fill the form in with it.
function open(life) {
  told = life;
  ask();
}

function save(link) {
  shownLink = link;
  const passed = Array.from(form.passed);
  keep.save({ typed: form.values(), told, isAnswered: link !== null, compared: compare.kept, passed }, link);
}

function show(answer) {
  find("yb-form").inert = false;
  if (told !== null && answer.typed) {
    form.fill(answer.typed);
    questions.changed();
    steps.check();
  }
  showNotes(answer.notes ?? []);
  if (!answer.ok) {
    told = null;
    document.title = words.error_title.replace("{title}", pageTitle);
    status.say("faulty", "ready");
    hideAnswer(); // it answers something else
    form.showErrors(answer.errors, { focus: !isChanged });
    return;
  }
  document.title = pageTitle;
  form.clearErrors();
  // Our own Python wrote this and escaped all that was typed.
  result.innerHTML = answer.html;
  result.hidden = false;
  take.show(answer);
  share.show(answer.link);
  saved.offer(answer.facts);
  compare.offer(answer.facts);
  review.answered(true);
  save(isChanged ? null : answer.link);
  performance.mark("calculator:result");
  status.say(isChanged ? "changed" : "answered", "ready");
  // Whoever goes on typing while Python starts is not torn away from the form.
  if (!isChanged) {
    result.scrollIntoView();
    result.querySelector(".yb-title").focus({ preventScroll: true });
  }
}

// The form above a new answer may still lose questions: the answer stays where it is to be read.
function inPlace(change) {
  const top = () => result.getBoundingClientRect().top;
  const before = top();
  change();
  if (result.contains(document.activeElement)) {
    window.scrollBy({ top: top() - before, behavior: "instant" });
  }
}

function hideAnswer() {
  result.hidden = true;
  take.hide();
  share.hide();
  saved.offer(null);
  compare.offer(null);
  review.answered(false);
  save(null);
}

// Another life takes the place of what is in the form.
function fillIn(typed) {
  told = null;
  form.fill(typed);
  form.clearErrors();
  document.title = pageTitle;
  hideAnswer();
  questions.changed();
  steps.check();
}

// What a link tells and the form has no place for.
function showNotes(notes) {
  find("yb-notes").hidden = told === null || notes.length === 0;
  find("yb-notes").textContent = joined(notes);
}

function openAddress() {
  const { situation, link } = askedByAddress();
  if (link) {
    open({ link });
  } else if (situation) {
    form.choose("situation", situation);
    steps.update();
    questions.changed();
    if (form.values().situation !== situation) {
      form.showErrors([{ field: "situation", message: words.no_such_situation }], { focus: true });
    }
  }
}

function openFirst() {
  const kept = keep.restore();
  if (!kept) {
    openAddress();
    return;
  }
  example.leave();
  form.fill(kept.typed);
  form.passed = new Set(kept.passed);
  steps.restore();
  told = kept.told;
  compare.kept = kept.compared ?? [];
  save(null);
  questions.changed();
  if (kept.isAnswered) {
    ask();
  }
}

find("yb-form").addEventListener("submit", (event) => {
  event.preventDefault();
  if (steps.isAsking) {
    steps.next();
  } else {
    ask();
  }
});

find("yb-form").addEventListener("input", () => {
  steps.update();
  noteChange();
});

// The form is not what it was when it was answered.
function noteChange() {
  questions.changed();
  example.leaveColumn();
  isChanged = true;
  told = null;
  samples.typed();
  save(null);
  if (!result.hidden && runtime?.isReady && !isAwaited) {
    status.say("changed", "ready");
  }
}

find("yb-again").addEventListener("click", () => {
  samples.replace(form.values());
  fillIn({});
  steps.first();
});

function startAgain() {
  const hadFocus = ["yb-failure", "yb-status"].some((id) => find(id).contains(document.activeElement));
  start();
  if (isAwaited) {
    ask();
  }
  // What went wrong is no longer shown, nor the button there: on to the one that leads further.
  if (hadFocus) {
    find(steps.isAsking ? "yb-continue" : "yb-submit").focus({ preventScroll: true });
  }
}

find("yb-retry").addEventListener("click", startAgain);
window.addEventListener("online", () => {
  if (!runtime && failed?.kind === "offline") {
    startAgain();
  }
});

// A page that comes back from sleep finds its worker frozen, gone, or as it was.
const wake = () => {
  if (document.visibilityState === "visible") {
    runtime?.wake();
  }
};
document.addEventListener("visibilitychange", wake);
document.addEventListener("resume", wake);
window.addEventListener("pageshow", wake);

// The theme turns pages on the keys "n" and "p"; what is typed here would be lost.
root.addEventListener("keydown", (event) => event.stopPropagation());

window.addEventListener("hashchange", () => {
  keep.renew();
  openAddress();
});
window.addEventListener("pageshow", () => steps.update()); // some browsers fill the form in again only now

find("yb-no-script").remove();
openFirst();
steps.update();
// The language was changed in the middle of the form; an answer takes the focus itself.
if (keep.isHandedOver && !isAwaited) {
  steps.focus();
}

// The page opens at once and Python comes when the browser has time, or when the reader begins;
// a browser that saves data waits for the reader. After a failure only the reader starts it again.
const startFirst = () => {
  if (failed === null) {
    start();
  }
};
// The line of progress takes room: what is pressed must not move away before it is let go, or the press is lost.
let isPressed = false;
root.addEventListener("pointerdown", () => {
  isPressed = true;
});
root.addEventListener("focusin", () => {
  if (!isPressed) {
    startFirst();
  }
});
for (const done of ["click", "keydown"]) {
  root.addEventListener(done, () => {
    isPressed = false;
    startFirst();
  });
}
if (!navigator.connection?.saveData) {
  const whenIdle = window.requestIdleCallback ?? ((run) => setTimeout(run, 200));
  whenIdle(startFirst, { timeout: 2_000 });
}
