// Firefox in a pipe, by WebDriver BiDi: reads one command a line from standard input, {"act", "told"}, and writes one line for
// each, {"value"} or {"error"}. What the commands do is said in engines.py. Arguments: the program. Ends with its input.
import readline from "node:readline";
import puppeteer from "puppeteer-core";

const browser = await puppeteer.launch({ browser: "firefox", executablePath: process.argv[2], headless: true });
let page = null;

async function close() {
  await page?.browserContext().close();
  page = null;
}

const acts = {
  // A context of its own: nothing stored by another window is found there.
  async open(size) {
    await close();
    page = await (await browser.createBrowserContext()).newPage();
    await page.setViewport(size);
  },
  close,
  resize: (size) => page.setViewport(size),
  // As text: of deep objects BiDi leaves out what is inside.
  run: ({ script, given }) =>
    page.evaluate(`(async () => JSON.stringify((await (${script})(...${JSON.stringify(given)})) ?? null))()`),
  click: ({ selector }) => page.click(selector),
  type: ({ text }) => page.keyboard.type(text),
  async press({ keys }) {
    const held = keys.slice(0, -1);
    for (const key of held) {
      await page.keyboard.down(key);
    }
    await page.keyboard.press(keys.at(-1));
    for (const key of held.reverse()) {
      await page.keyboard.up(key);
    }
  },
  upload: async ({ selector, file }) => (await page.$(selector)).uploadFile(file),
  picture: () => page.screenshot({ encoding: "base64" }),
};

for await (const line of readline.createInterface({ input: process.stdin })) {
  const { act, told } = JSON.parse(line);
  let answer;
  try {
    answer = { value: (await acts[act](told)) ?? null };
  } catch (error) {
    answer = { error: String(error) };
  }
  console.log(JSON.stringify(answer));
}
await browser.close();
