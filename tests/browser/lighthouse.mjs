// Lighthouse on some addresses, one browser for all: reads {"browser", "categories", "addresses"} from standard input and
// prints for each address the scores and what took points away.
import fs from "node:fs";
import { launch } from "chrome-launcher";
import lighthouse, { desktopConfig } from "lighthouse";

const { browser, categories, addresses } = JSON.parse(fs.readFileSync(0, "utf8"));
const chrome = await launch({ chromePath: browser, chromeFlags: ["--headless=new", "--no-sandbox"], logLevel: "silent" });
const found = {};
try {
  for (const address of addresses) {
    const { lhr } = await lighthouse(
      address, { port: chrome.port, logLevel: "error", onlyCategories: categories }, desktopConfig);
    const lost = Object.values(lhr.audits)
      .filter((audit) => audit.score !== null && audit.score < 1 && audit.scoreDisplayMode !== "informative")
      .map((audit) => `${audit.id}: ${audit.title}`);
    const scores = Object.values(lhr.categories).map((one) => [one.id, Math.round(one.score * 100)]);
    found[address] = { scores: Object.fromEntries(scores), lost };
  }
} finally {
  chrome.kill();
}
console.log(JSON.stringify(found));
