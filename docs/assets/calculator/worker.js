// Python, in a thread of its own. runtime.js starts it and talks to it:
//   in   {start: {runtime, fresh}}, then {number, request} as often as wanted, also before Python is ready; {sign: true}
//   out  {stage, done, total} while starting, {ready: true}, {number, answer}, {failure: {kind, details}}, {sign: true}

import { fetchFiles, fetchJson } from "./download.js";
import { Failure, isOutOfMemory } from "./failure.js";

// The smallest WebAssembly module there is: the four letters of the format and its version.
const EMPTY_MODULE = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

let python; // a promise of the function answer(text) of calculator.browser

async function requireWebAssembly() {
  if (typeof WebAssembly !== "object") {
    throw new Failure("no-webassembly");
  }
  try {
    await WebAssembly.instantiate(EMPTY_MODULE); // WebKit compiles what its policy forbids, and refuses only here
  } catch (error) {
    const message = String(error);
    throw new Failure(isOutOfMemory(message) ? "out-of-memory" : "blocked-by-policy", { message });
  }
}

// The current runtime: where its folder is, and the list of its files. Only these two are asked for anew each time.
async function findRuntime(runtime, options) {
  const current = await fetchJson(new URL("current.json", runtime).href, { cache: "no-cache" });
  const manifest = await fetchJson(new URL(current.manifest, runtime).href, options);
  return { folder: new URL(current.folder, runtime).href, manifest };
}

// While Python starts, it gets the files that were checked and not others of the same name.
function serveFromMemory(files) {
  const fetchFromNetwork = self.fetch;
  self.fetch = (address, options) => {
    const file = files.get(new URL(address instanceof Request ? address.url : address, self.location.href).href);
    return file
      ? Promise.resolve(new Response(file.bytes, { headers: { "Content-Type": file.mime } }))
      : fetchFromNetwork(address, options);
  };
  return () => {
    self.fetch = fetchFromNetwork;
  };
}

// Pyodide never settles when its WebAssembly cannot be instantiated. It only warns, first of the fact, then of the reason.
function startPyodide(loadPyodide, options) {
  const { warn } = console;
  let hasFailed = false;
  return new Promise((resolve, reject) => {
    console.warn = (...words) => {
      if (hasFailed) {
        const kind = isOutOfMemory(words[0]) ? "out-of-memory" : "old-browser";
        reject(new Failure(kind, { message: String(words[0]) }));
      } else if (words[0] === "wasm instantiation failed!") {
        hasFailed = true;
      } else {
        warn(...words);
      }
    };
    loadPyodide(options).then(resolve, reject);
  }).finally(() => {
    console.warn = warn;
  });
}

async function start({ runtime, fresh }) {
  self.postMessage({ stage: "connect" });
  await requireWebAssembly();

  const options = { cache: fresh ? "reload" : "default" };
  const { folder, manifest } = await findRuntime(runtime, options);
  const files = await fetchFiles(folder, manifest.files, options, (done, total) => {
    self.postMessage({ stage: "download", done, total });
  });

  self.postMessage({ stage: "python" });
  const stopServing = serveFromMemory(files);
  const { loadPyodide } = await import(`${folder}pyodide.mjs`);
  const pyodide = await startPyodide(loadPyodide, { indexURL: folder });

  self.postMessage({ stage: "rules" });
  const quiet = () => {};
  await pyodide.loadPackage(manifest.package, { messageCallback: quiet });
  const { answer } = pyodide.pyimport("calculator.browser");
  stopServing();
  return answer;
}

// Any question makes Python read the rules: better while the reader is typing than after.
function warmUp(answer) {
  try {
    answer(JSON.stringify({ lang: "en", form: {} }));
  } catch (error) {
    report(error);
  }
}

function report(error) {
  if (error instanceof Failure) {
    self.postMessage({ failure: { kind: error.kind, details: error.details } });
    return;
  }
  // A mistake of the Python code has a type; anything else is the end of the interpreter or of memory.
  const message = String(error?.message ?? error);
  let kind = error?.name === "PythonError" ? "python-error" : "worker-crashed";
  if (isOutOfMemory(error?.type ?? message)) {
    kind = "out-of-memory";
  }
  self.postMessage({ failure: { kind, details: { message } } });
}

self.onmessage = async ({ data }) => {
  try {
    if (data.start) {
      python = start(data.start);
      const answer = await python;
      self.postMessage({ ready: true });
      setTimeout(() => warmUp(answer));
    } else if (data.sign) {
      self.postMessage({ sign: true });
    } else {
      const answer = await python;
      self.postMessage({ number: data.number, answer: answer(JSON.stringify(data.request)) });
    }
  } catch (error) {
    report(error);
  }
};

self.onunhandledrejection = (event) => {
  event.preventDefault();
  report(event.reason);
};
