// The theme's own search worker outside a browser: reads {"site", "lang", "queries"} from standard input, asks the worker
// what a page would ask it, and prints for each query the pages it answers with, best first, the words that it looked for (the
// theme marks them on the page that a result leads to), and the words with which it would complete the query.
import fs from "node:fs";
import path from "node:path";
import vm from "node:vm";

const { site, lang, queries } = JSON.parse(fs.readFileSync(0, "utf8"));
const folder = path.join(site, lang, "assets/javascripts/workers");
const [name] = fs.readdirSync(folder).filter((file) => file.startsWith("search.") && file.endsWith(".js"));

let hear;
let answered;
const worker = vm.createContext({
  console,
  importScripts: (...files) => files.forEach((file) => run(path.join(folder, file))),
  addEventListener: (_, listener) => { hear = listener; },
  postMessage: (message) => answered(message),
});
worker.self = worker;
const run = (file) => vm.runInContext(fs.readFileSync(file, "utf8"), worker, { filename: file });
const ask = (type, data) => new Promise((resolve) => { answered = resolve; hear({ data: { type, data } }); });

// The numbers of the messages: 0 sets up, 2 asks.
run(path.join(folder, name));
const index = JSON.parse(fs.readFileSync(path.join(site, lang, "search/search_index.json"), "utf8"));
await ask(0, { ...index, options: { suggest: true } });
const found = [];
for (const query of queries) {
  const { data } = await ask(2, query);
  const pages = data.items.map((sections) => sections.map((section) => section.location));
  found.push({ pages, words: Object.keys(data.items[0]?.[0].terms ?? {}), completed: data.suggest });
}
console.log(JSON.stringify(found));
