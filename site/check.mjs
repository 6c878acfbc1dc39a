// Uses the site in headless Chromium as readers do, and compares the page on which the linter runs with
// the program, over all fixtures. Prints what is wrong, a line each, and figures. Run by .ci/site.
//
// usage: node check.mjs SITE BINARY PICTURES, where playwright-core is installed
import { execFileSync } from "node:child_process";
import { createServer } from "node:http";
import { mkdirSync, readFileSync, readdirSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { extname, join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const { chromium } = createRequire(join(process.cwd(), "package.json"))("playwright-core");
const [site, binary, pictures] = process.argv.slice(2).map((path) => resolve(path));
const root = resolve(import.meta.dirname, "..");
const NOW = "2026-11-01T00:00:00Z";
const SMALL = { width: 400, height: 800 };
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };

let faults = 0;
const complain = (what) => console.log(`fault: ${what}`, void faults++);
const expect = (is, what) => is || complain(what);

/** Every file below a folder. */
function files(folder) {
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? files(path) : [path];
  });
}

function serve() {
  const server = createServer((request, response) => {
    const path = join(site, decodeURIComponent(new URL(request.url, "http://localhost").pathname));
    try {
      const file = statSync(path).isDirectory() ? join(path, "index.html") : path;
      response.setHeader("Content-Type", TYPES[extname(file)] ?? "application/octet-stream");
      response.end(readFileSync(file));
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise((done) => server.listen(0, "127.0.0.1", () => done(server)));
}

/** A page that complains of what a page must not do: errors, requests elsewhere. */
async function open(browser, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1200, height: 850 }, ...options });
  const page = await context.newPage();
  // The machine may have others to serve.
  page.setDefaultTimeout(180_000);
  page.on("pageerror", (error) => complain(`${page.url()}: ${error.message}`));
  page.on("response", (response) => expect(response.status() < 400, `${response.status()} ${response.url()}`));
  page.on("request", (request) => {
    const url = new URL(request.url());
    const own = url.hostname === "127.0.0.1" || ["file:", "data:", "blob:"].includes(url.protocol);
    expect(own, `${page.url()} asks for ${request.url()}`);
  });
  return page;
}

async function book(browser, home) {
  const page = await open(browser);
  await page.goto(home);
  await page.screenshot({ path: join(pictures, "book.png") });
  await page.keyboard.press("s");
  await page.locator("#mdbook-searchbar").pressSequentially("tolerance");
  const first = page.locator("#mdbook-searchresults a").first();
  await first.waitFor();
  await page.screenshot({ path: join(pictures, "search.png") });
  await first.click();
  await page.waitForURL(/stage-sum-mismatch|rules/);
  await page.goto(`${home}docs/rules/deployment-ends-before-start.html`);
  await page.getByRole("link", { name: "Try this rule in the browser" }).click();
  await page.locator("#findings li").first().waitFor();
  expect((await page.locator("#findings a").first().textContent()) === "deployment-ends-before-start", "the example of a rule gives no finding of it");
  await page.locator("#findings a").first().click();
  await page.waitForURL(/docs\/rules\/deployment-ends-before-start\.html/);
  await page.context().close();

  const dark = await open(browser, { colorScheme: "dark" });
  await dark.goto(`${home}docs/rules/deployment-ends-before-start.html`);
  const ground = await dark.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const lightness = Math.max(...ground.match(/\d+/g).slice(0, 3).map(Number));
  expect(lightness < 100, `the book is not dark: ${ground}`);
  await dark.screenshot({ path: join(pictures, "book-dark.png") });
  await dark.context().close();
}

/** No page is wider than a small screen. */
async function small(browser, home) {
  const page = await open(browser, { viewport: SMALL });
  for (const file of files(site).filter((name) => name.endsWith(".html") && !/\/(404|toc)\.html$/.test(name))) {
    await page.goto(home + relative(site, file));
    const width = await page.evaluate(() => document.scrollingElement.scrollWidth);
    expect(width <= SMALL.width, `${relative(site, file)} is ${width} px wide`);
  }
  await page.goto(`${home}docs/check.html`);
  await page.screenshot({ path: join(pictures, "book-400.png") });
  await page.goto(`${home}try.html`);
  await page.locator("#findings li").first().waitFor();
  await page.screenshot({ path: join(pictures, "try-400.png"), fullPage: true });
  await page.context().close();
}

/** Runs of a fixture, by what stands beside it. */
function commands(fixture) {
  let expected = "";
  try {
    expected = readFileSync(`${fixture}.expected`, "utf8");
  } catch {
    // A valid one may have none.
  }
  const shown = expected.split("\n").filter((line) => line.startsWith("$ autopilot-lint check "));
  const words = shown.map((line) => line.split(" ").slice(3, -1));
  return words.length > 0 ? words : [[]];
}

/** What the program finds, as the page says it. */
function printed(words, file, input) {
  const all = ["check", "--quiet", "--no-redact", "--exit-zero", "--no-config", "--output-format", "json"];
  all.push(...(words.includes("--now") ? [] : ["--now", NOW]), ...words, file);
  const report = JSON.parse(execFileSync(binary, all, { input, encoding: "utf8", cwd: root }));
  return report.diagnostics.map(({ severity, rule, message, help, range, labels }) =>
    [
      `${range.start.line}:${range.start.column} ${severity} ${rule}`,
      message,
      ...labels.map((label) => `${label.range.start.line}:${label.range.start.column} ${label.message}`),
      ...(help ? [help] : []),
    ].join("\n"),
  );
}

const found = (page) =>
  page.locator("#findings li").evaluateAll((items) =>
    items.map((item) => [...item.querySelectorAll("p")].map((part) => part.textContent).join("\n")),
  );

/** Sets what the words of a command say. Revision and mode have fields, the rest a configuration. */
async function choose(page, words) {
  const value = (name) => words[words.indexOf(name) + 1];
  const has = (name) => words.includes(name);
  const list = (text) => text.split(",").map((name) => `"${name}"`).join(", ");
  const config = [];
  if (has("--select")) config.push(`select = [${list(value("--select"))}]`);
  if (has("--ignore")) config.push(`ignore = [${list(value("--ignore"))}]`);
  if (has("--severity")) config.push(`severity = { ${value("--severity").replace("=", ' = "')}" }`);
  const known = ["--select", "--ignore", "--severity", "--revision", "--mode", "--now"];
  for (const word of words.filter((word) => word.startsWith("--"))) {
    expect(known.includes(word), `the page has nothing for ${word}`);
  }
  await page.locator("#configuration").evaluate((details) => (details.open = true));
  await page.locator("#config").fill(config.join("\n"));
  await page.locator("#revision").selectOption(has("--revision") ? value("--revision") : "");
  await page.locator("#mode").selectOption(has("--mode") ? value("--mode") : "");
}

const difference = (page, program) => `\n  page:    ${JSON.stringify(page)}\n  program: ${JSON.stringify(program)}`;

/** The page finds what the program finds: in every fixture as a file, and in its text. */
async function fixtures(browser, home) {
  const page = await open(browser);
  await page.clock.setFixedTime(NOW);
  await page.goto(`${home}try.html`);
  await page.locator("#findings li").first().waitFor();
  const names = files(join(root, "fixtures")).filter((name) => !name.endsWith(".expected"));
  let runs = 0;
  let texts = 0;
  let findings = 0;
  let marks = 0;
  for (const fixture of names) {
    const name = relative(root, fixture);
    const bytes = readFileSync(fixture);
    const text = bytes.toString("utf8");
    const isText = Buffer.from(text).equals(bytes);
    for (const words of commands(fixture)) {
      await choose(page, words);
      await page.locator("#file").setInputFiles(fixture);
      await page.waitForFunction(() => document.querySelector("#file").files.length === 0);
      const program = printed(words, name);
      // The page is filled once the file was read.
      await page.waitForFunction((count) => document.querySelectorAll("#findings li").length === count, program.length).catch(() => {});
      const shown = await found(page);
      expect(String(shown) === String(program), `${name} ${words.join(" ")}${difference(shown, program)}`);
      runs++;
      findings += shown.length;
      if (isText) {
        marks += await selections(page, bytes, name, words);
      }
      if (isText && !text.includes("\r")) {
        await page.locator("#text").fill("");
        await page.locator("#text").fill(text);
        const typed = await found(page);
        const piped = printed(words, "-", bytes);
        expect(String(typed) === String(piped), `${name} as a text ${words.join(" ")}${difference(typed, piped)}`);
        texts++;
      }
    }
  }
  expect(names.length > 80 && findings > 100 && marks > 100, `${names.length} fixtures, ${findings} findings, ${marks} marks`);
  console.log(`try-it: ${names.length} fixtures, ${runs} runs as files and ${texts} as texts, ${findings} findings, ${marks} selections: as the program has them`);
  await page.context().close();
}

/** The button of a finding selects the very bytes that the program names. */
async function selections(page, bytes, name, words) {
  const all = ["check", "--quiet", "--no-redact", "--exit-zero", "--no-config", "--output-format", "json"];
  all.push(...(words.includes("--now") ? [] : ["--now", NOW]), ...words, name);
  const report = JSON.parse(execFileSync(binary, all, { encoding: "utf8", cwd: root }));
  const buttons = page.locator("#findings li > p:first-child button");
  for (const [index, { range }] of report.diagnostics.entries()) {
    await buttons.nth(index).click();
    const selected = await page.locator("#text").evaluate((box) => box.value.slice(box.selectionStart, box.selectionEnd));
    const spanned = bytes.subarray(range.start.offset, range.end.offset).toString("utf8").replaceAll("\r\n", "\n");
    expect(selected === spanned, `${name}: ${JSON.stringify(selected)} is selected, not ${JSON.stringify(spanned)}`);
  }
  return report.diagnostics.length;
}

/** Typing, keys, marks, and that nothing can leave the page. */
async function use(browser, address) {
  const page = await open(browser);
  await page.goto(address);
  await page.locator("#findings li").first().waitFor();
  await page.screenshot({ path: join(pictures, "try.png") });
  const passed = await page.evaluate(async () => {
    const ways = {
      fetch: () => void fetch("try.js").catch(() => {}),
      beacon: () => navigator.sendBeacon("try.js", "x"),
      socket: () => new WebSocket("ws://127.0.0.1:9"),
      picture: () => (new Image().src = "docs/images/report.png"),
      frame: () => document.body.append(Object.assign(document.createElement("iframe"), { src: "index.html" })),
    };
    const blocked = (way) =>
      new Promise((done) => {
        addEventListener("securitypolicyviolation", () => done(true), { once: true });
        setTimeout(done, 3000, false);
        try {
          way();
        } catch {
          done(true);
        }
      });
    const passed = [];
    for (const [name, way] of Object.entries(ways)) {
      if (!(await blocked(way))) passed.push(name);
    }
    return passed;
  });
  expect(passed.length === 0, `the page may connect by ${passed}`);
  expect(await page.evaluate(() => localStorage.length + document.cookie.length) === 0, "the page stores something");

  const text = page.locator("#text");
  await text.fill('{"osVersion": "10.0.26200.8893"}');
  expect((await page.locator("#summary").textContent()).startsWith("1 payload: 0 errors, 0 warnings, 0 infos"), "a clean event is not clean");
  await text.fill("");
  await text.focus();
  await page.keyboard.type('{\n  "targetedAppCount": -1,\n  "osVersion": 10\n}');
  expect((await text.inputValue()) === '{\n  "targetedAppCount": -1,\n  "osVersion": 10\n}', "the text is not as it was typed");
  const rules = await page.locator("#findings a").allTextContents();
  expect(String(rules) === "negative-count,wrong-type", `typed: ${rules}`);
  expect(String(await page.locator("mark").allTextContents()) === "-1,10", "the marks are elsewhere");
  const selected = () => text.evaluate((box) => box.value.slice(box.selectionStart, box.selectionEnd));
  const walked = [];
  for (const key of ["F8", "F8", "F8", "Shift+F8"]) {
    await page.keyboard.press(key);
    walked.push(await selected());
  }
  expect(String(walked) === "-1,10,-1,10", `F8 goes to ${walked}`);
  await page.keyboard.press("Tab");
  const focused = await page.evaluate(() => document.activeElement.getAttribute("aria-label"));
  expect(focused === "Go to line 2, column 23", `Tab leads to ${focused}`);
  await page.keyboard.press("Enter");
  expect((await selected()) === "-1", "Enter on a finding does not select it");
  await text.fill('{"deviceId": "{b1d7c6a4-93f2-4e0d-8a6b-0f5e7c21d938}", "targetedAppCount": 3}');
  await page.getByRole("button", { name: /^Fix/ }).click();
  expect((await text.inputValue()) === '{"deviceId": "b1d7c6a4-93f2-4e0d-8a6b-0f5e7c21d938", "targetedAppCount": 3}', `fixed: ${await text.inputValue()}`);
  expect((await page.locator("#findings li").count()) === 0, "a fix leaves its finding");
  await page.keyboard.press("Control+z");
  expect((await text.inputValue()).includes("{b1d7"), "a fix cannot be undone");
  await page.locator("#configuration").evaluate((details) => (details.open = true));
  await page.locator("#config").fill("revision = 3");
  expect(await page.locator("#summary.refused").isVisible(), "a faulty configuration is not refused");
  await page.context().close();
}

/** How a mark lies behind its letters, and the look of the page in the dark. */
async function look(browser, home) {
  const page = await open(browser, { colorScheme: "dark" });
  await page.goto(`${home}try.html`);
  await page.locator("#findings li").first().waitFor();
  await page.screenshot({ path: join(pictures, "try-dark.png") });
  const same = await page.evaluate(() => {
    const names = ["fontFamily", "fontSize", "lineHeight", "letterSpacing", "paddingLeft", "paddingTop", "borderLeftWidth", "tabSize", "whiteSpace"];
    const [box, pre] = [getComputedStyle(document.querySelector("#text")), getComputedStyle(document.querySelector("#editor pre"))];
    return names.filter((name) => box[name] !== pre[name]);
  });
  expect(same.length === 0, `text and marks differ in ${same}`);
  await page.locator("#text").evaluate((box) => {
    box.value = `{"a": [\n${"  1,\n".repeat(400)}  1]}`;
    box.dispatchEvent(new Event("input"));
  });
  await page.locator("#text").evaluate((box) => box.scrollTo(0, 900));
  await page.waitForFunction(() => document.querySelector("#marks").style.transform.includes("-900px"));
  await page.context().close();
}

/** From the first request to the first finding, with nothing in any cache. */
async function speed(browser, home) {
  const times = [];
  for (let round = 0; round < 5; round++) {
    const page = await open(browser);
    await page.goto(`${home}try.html`);
    await page.locator("#findings li").first().waitFor();
    times.push(await page.evaluate(() => performance.getEntriesByName("first finding")[0].startTime));
    await page.context().close();
  }
  times.sort((a, b) => a - b);
  console.log(`try-it: first finding ${Math.round(times[2])} ms after the request (${times.map(Math.round).join(", ")})`);
}

mkdirSync(pictures, { recursive: true });
const server = await serve();
const home = `http://127.0.0.1:${server.address().port}/`;
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
await book(browser, home);
await small(browser, home);
await use(browser, `${home}try.html`);
await use(browser, pathToFileURL(join(site, "try.html")).href);
await look(browser, home);
await fixtures(browser, home);
await speed(browser, home);
await browser.close();
server.close();
console.log(faults ? `${faults} faults` : "the site is as it should be");
process.exitCode = faults ? 1 : 0;
