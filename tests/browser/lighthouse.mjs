// Lighthouse on some addresses, one browser for all: reads {"browser", "categories", "audits", "addresses"} from standard input and
// prints for each address the scores of the categories, what took points away, and the scores of the single audits asked for.
// With "runs" each address is loaded so often, and the middle score of each category is told. With "phone" the page is loaded
// as by a slow phone over a slow connection, else as by a desktop computer.
import fs from "node:fs";
import { launch } from "chrome-launcher";
import lighthouse, { desktopConfig } from "lighthouse";

const { browser, categories, audits = [], addresses, runs = 1, phone = false } = JSON.parse(fs.readFileSync(0, "utf8"));
const chrome = await launch({ chromePath: browser, chromeFlags: ["--headless=new", "--no-sandbox"], logLevel: "silent" });
const found = {};
try {
  for (const address of addresses) {
    const scores = {};
    let report;
    for (let run = 0; run < runs; run += 1) {
      const options = { port: chrome.port, logLevel: "error", onlyCategories: categories, ...(audits.length && { onlyAudits: audits }) };
      report = (await lighthouse(address, options, phone ? undefined : desktopConfig)).lhr;
      for (const one of Object.values(report.categories)) {
        (scores[one.id] ??= []).push(Math.round(one.score * 100));
      }
    }
    const lost = Object.values(report.audits)
      .filter((audit) => audit.score !== null && audit.score < 1 && audit.scoreDisplayMode !== "informative")
      .map((audit) => `${audit.id}: ${audit.title}`);
    const middle = Object.entries(scores).map(([id, all]) => [id, all.toSorted((a, b) => a - b)[Math.floor(runs / 2)]]);
    const single = audits.map((id) => [id, report.audits[id].score]);
    found[address] = { scores: Object.fromEntries(middle), lost, audits: Object.fromEntries(single) };
  }
} finally {
  chrome.kill();
}
console.log(JSON.stringify(found));
