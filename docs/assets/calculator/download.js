// Fetches files and lets through only what is exactly as expected: status, type, length, hash.
// Python never sees a file that is missing, cut short or damaged: it would wait for ever.

import { Failure } from "./failure.js";

const SCRIPT_TYPE = /^(text|application)\/(x-)?(java|ecma)script$/;

function nameOf(url) {
  return new URL(url).pathname.split("/").pop();
}

// A response that is there and has the right type.
export async function request(url, mime, options) {
  const file = nameOf(url);
  let response;
  try {
    response = await fetch(url, options);
  } catch (error) {
    throw new Failure("offline", { file, message: String(error) });
  }
  if (!response.ok) {
    const { status } = response;
    throw new Failure(status === 404 || status === 410 ? "http-404" : "http-error", { file, status });
  }
  const type = (response.headers.get("Content-Type") ?? "").split(";")[0].trim().toLowerCase();
  if (!isType(type, mime)) {
    throw new Failure("wrong-mime", { file, message: type });
  }
  return response;
}

// A page in place of a file is a sign-in page, or a server that answers everything with its first page.
// Scripts must have a script's type, since the browser insists on it; other types do no harm once the hash fits.
function isType(type, mime) {
  return mime === "text/javascript" ? SCRIPT_TYPE.test(type) : type !== "text/html";
}

async function readBody(response, { name, bytes: length }, onBytes) {
  const bytes = new Uint8Array(length);
  const reader = response.body.getReader();
  let done = 0;
  for (;;) {
    let piece;
    try {
      piece = await reader.read();
    } catch (error) {
      throw new Failure(navigator.onLine ? "truncated" : "offline", { file: name, message: String(error) });
    }
    if (piece.done) {
      break;
    }
    if (done + piece.value.length > length) {
      throw new Failure("corrupt", { file: name, message: `more than ${length} bytes` });
    }
    bytes.set(piece.value, done);
    done += piece.value.length;
    onBytes(piece.value.length);
  }
  if (done < length) {
    throw new Failure("truncated", { file: name, message: `${done} of ${length} bytes` });
  }
  return bytes;
}

async function requireHash(bytes, { name, sha256 }) {
  // Pages from another computer without https have no crypto.subtle; the length was checked.
  if (!globalThis.crypto?.subtle) {
    return;
  }
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const found = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (found !== sha256) {
    throw new Failure("corrupt", { file: name, message: `sha256 ${found}` });
  }
}

export async function fetchJson(url, options) {
  const response = await request(url, "application/json", options);
  const text = await response.text().catch((error) => {
    throw new Failure("truncated", { file: nameOf(url), message: String(error) });
  });
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Failure("corrupt", { file: nameOf(url), message: String(error) });
  }
}

// Fetches the files of a manifest ({name, bytes, sha256, mime}) at the same time, from one folder.
// Returns a map from address to {bytes, mime}; on the first failure the others are given up.
export async function fetchFiles(folder, files, options, onProgress) {
  const total = files.reduce((sum, file) => sum + file.bytes, 0);
  const giveUp = new AbortController();
  let done = 0;
  const count = (bytes) => {
    done += bytes;
    onProgress(done, total);
  };
  const fetchOne = async (file) => {
    const url = new URL(file.name, folder).href;
    const response = await request(url, file.mime, { ...options, signal: giveUp.signal });
    const bytes = await readBody(response, file, count);
    await requireHash(bytes, file);
    return [url, { bytes, mime: file.mime }];
  };
  try {
    return new Map(await Promise.all(files.map(fetchOne)));
  } catch (failure) {
    giveUp.abort();
    throw failure;
  }
}
