// Opens the page of a report in headless Chromium and uses it as a person would: filters, keys, dark
// and on paper. Prints what is wrong, a line each. Run by scripts/readers.
//
// usage: node readers-page.mjs PAGE FINDINGS SCREENSHOTS, where puppeteer-core is installed
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";

const puppeteer = createRequire(join(process.cwd(), "package.json"))("puppeteer-core");
const [page_file, findings, screenshots] = process.argv.slice(2);
const url = pathToFileURL(page_file).href;
const name = basename(page_file);
const browser = await puppeteer.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
const page = await browser.newPage();
const complain = (what) => console.log(what);
const expect = (is, what) => is || complain(what);

page.on("console", (message) => complain(`console: ${message.text()}`));
page.on("pageerror", (error) => complain(`error: ${error.message}`));
page.on("request", (request) => expect(request.url() === url, `asks for ${request.url().slice(0, 200)}`));
page.on("dialog", (dialog) => complain(`dialog: ${dialog.message()}`) ?? dialog.dismiss());

await page.setViewport({ width: 1100, height: 1400 });
await page.goto(url);
const shown = () => page.$$eval("article", (all) => all.filter((one) => one.offsetParent).length);
const told = () => page.$eval("#filters output", (output) => output.value);
const drawn = () => new Promise((resolve) => setTimeout(resolve, 100));
const focused = () => page.evaluate(() => document.activeElement.id);
const all = Number(findings);

expect(await page.evaluate(() => document.contentType === "text/html"), "not read as HTML");
expect(await page.$$eval("script", (scripts) => scripts.length) === 1, "a script that is not its own");
expect(await shown() === all, `${await shown()} of ${all} findings are shown`);
expect(await told() === `${all} of ${all} shown`, `says ${await told()}`);

// Filters, each alone.
const [rule, count] = await page.$eval("select[name=rule] option:nth-child(2)", (option) => [
  option.value, Number(option.textContent.match(/\((\d+)\)$/)[1])]);
await page.select("select[name=rule]", rule);
await drawn();
expect(await shown() === count, `${await shown()} of ${count} findings of ${rule}`);
await page.click("button[type=reset]");
await drawn();
expect(await shown() === all, "not all are shown again");
for (const box of await page.$$("input[name=severity]")) await box.click();
await drawn();
expect(await shown() === 0, "findings of no severity are shown");
expect(await page.$$eval("details.file, div.event, details.timeline", (all) => all.every((one) => !one.offsetParent)),
  "a file or event without findings is shown");

// The new text of a fix, with the keyboard.
await browser.defaultBrowserContext().overridePermissions(url, ["clipboard-read", "clipboard-write"]);
const copies = await page.$$("button.copy");
expect(copies.length > 0 || !name.startsWith("fixtures"), "no fix can be copied");
if (copies.length > 0) {
  await page.keyboard.press("Escape");
  await drawn();
  await copies[0].focus();
  await page.keyboard.press("Enter");
  await drawn();
  const [label, text] = await copies[0].evaluate((button) => [button.textContent, button.dataset.text]);
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(label === "Copied" && copied === text, `copies ${copied} for ${text}`);
}

// Keys alone.
await page.keyboard.press("Escape");
await drawn();
expect(await shown() === all, "Escape does not show all");
await page.keyboard.press("j");
const first = await focused();
await page.keyboard.press("j");
const second = await focused();
await page.keyboard.press("k");
expect(first && second && first !== second && await focused() === first, "j and k do not lead on and back");
await page.keyboard.press("/");
await page.keyboard.type(rule);
await drawn();
const by_text = await shown();
expect(by_text >= count && by_text <= all, `${by_text} findings with the text ${rule}`);
await page.keyboard.press("Escape");
await page.focus("th button");
await page.keyboard.press("Enter");
expect(await shown() === count, "Enter on a bar does not filter");
await page.keyboard.press("Escape");
await drawn();

// What folds and what opens.
const visible = (selector) => page.$$eval(selector, (all) => all.filter((one) => one.checkVisibility()).length);
await page.keyboard.press("j");
await page.keyboard.press("Tab");
await page.keyboard.press("Enter");
expect(await visible(".why") === 1, "Enter on Why? does not open one explanation");
await page.keyboard.press("Escape");
expect(await visible(".why") === 0 && await shown() === all, "Escape does not close it alone");
await page.click("button[name=fold]");
expect(await visible("article") === 0, "files are not folded");
await page.keyboard.press("j");
expect(await visible("article") > 0, "j does not open the file that it leads into");
await page.click("button[name=fold]");
await page.click("button[name=fold]");
expect(await visible("article") === all, "files are not unfolded");
const order = await page.$$eval("header, form, main, #counts", (all) => all.map((one) => one.localName).join(" "));
expect(order === "header form main section", `the order is ${order}`);

// Narrow, dark, on paper.
for (const width of [1100, 400]) {
  await page.setViewport({ width, height: 1400 });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide <= width, `${wide} pixels wide in a window of ${width}`);
}
await page.setViewport({ width: 1100, height: 1400 });
for (const value of ["light", "dark"]) {
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value }]);
  await page.screenshot({ path: join(screenshots, `${name}.${value}.png`), fullPage: true });
}
await page.emulateMediaType("print");
expect(await page.$eval("#filters", (form) => !form.offsetParent), "the filters are printed");
await page.pdf({ path: join(screenshots, `${name}.pdf`), format: "A4" });
await browser.close();
