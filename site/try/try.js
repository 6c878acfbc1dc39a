// The page: text in, findings out, at every key. Owns the marks, the list and the keys. What is
// found, and every word about it, comes from the linter in try-linter.js, a compressed WebAssembly
// module; nothing is fetched, sent or stored.
"use strict";

const MOST_SHOWN = 200;
// From so many characters on, checking waits for a pause in typing.
const LONG = 200_000;
// How text is marked, the worst first.
const MARKS = ["error", "warning", "info", "related"];
const $ = (id) => document.getElementById(id);
const text = $("text");

let linter;
let choices;
// The bytes of a file that was opened and not edited since: a text box keeps neither CR nor bytes
// that are no text.
let opened = null;
// What a text from a file is written back with.
let lineEnd = "\n";
let fileName = "";
let shown = [];
let timer;
let waiting = false;

/** Compiles the module. */
async function compiled() {
  const letters = atob(LINTER);
  const packed = new Uint8Array(letters.length);
  for (let at = 0; at < letters.length; at++) {
    packed[at] = letters.charCodeAt(at);
  }
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return WebAssembly.compile(await new Response(stream).arrayBuffer());
}

/** Calls of the module. One that ended in a fault is begun anew. */
class Linter {
  constructor(module) {
    this.module = module;
    this.start();
  }

  start() {
    this.wasm = new WebAssembly.Instance(this.module).exports;
  }

  choices() {
    return this.answer(this.wasm.choices());
  }

  check(bytes, options) {
    const tail = new TextEncoder().encode(JSON.stringify(options));
    try {
      const address = this.wasm.input(bytes.length + tail.length);
      const memory = new Uint8Array(this.wasm.memory.buffer);
      memory.set(bytes, address);
      memory.set(tail, address + bytes.length);
      return this.answer(this.wasm.check(bytes.length));
    } catch (fault) {
      this.start();
      return { refused: `The linter stopped: ${fault.message}. This is a fault in it; please report it.` };
    }
  }

  answer(length) {
    const bytes = new Uint8Array(this.wasm.memory.buffer, this.wasm.answer(), length);
    return JSON.parse(new TextDecoder().decode(bytes));
  }
}

/** The bytes to check, and the text whose letters they are; none where they are no text. */
function payload() {
  if (!opened) {
    const written = text.value.replaceAll("\n", lineEnd);
    return { bytes: new TextEncoder().encode(written), written };
  }
  try {
    const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    return { bytes: opened, written: decoder.decode(opened) };
  } catch {
    return { bytes: opened, written: null };
  }
}

/** Where byte offsets of a text are in the text box, which has LF where the text has CR or CRLF. */
function places(written, offsets) {
  const sorted = [...new Set(offsets)].sort((a, b) => a - b);
  const found = new Map();
  let byte = 0;
  let box = 0;
  let next = 0;
  for (let at = 0; next < sorted.length; ) {
    while (next < sorted.length && sorted[next] <= byte) {
      found.set(sorted[next++], box);
    }
    if (at >= written.length) {
      sorted.slice(next).forEach((offset) => found.set(offset, box));
      break;
    }
    const point = written.codePointAt(at);
    const units = point > 0xffff ? 2 : 1;
    byte += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    const joined = point === 13 && written.charCodeAt(at + 1) === 10;
    box += joined ? 0 : units;
    at += units;
  }
  return found;
}

/** Where the ranges of a report are in the text box. */
function placed(report, written) {
  const parts = report.diagnostics.flatMap((found) => [found, ...found.labels, ...(found.fix?.edits ?? [])]);
  const ranges = parts.map((one) => one.range);
  if (written === null) {
    return () => null;
  }
  const found = places(written, ranges.flatMap((range) => [range.start.offset, range.end.offset]));
  return (range) => [found.get(range.start.offset), found.get(range.end.offset)];
}

function options() {
  return {
    file: fileName,
    lines: /\.(jsonl|ndjson)$/i.test(fileName) ? true : /\.json$/i.test(fileName) ? false : null,
    revision: $("revision").value || null,
    mode: $("mode").value || null,
    config: $("config").value || null,
    // To the hour: what checks by the same options is kept.
    now: Math.floor(Date.now() / 3_600_000) * 3600,
  };
}

function check() {
  clearTimeout(timer);
  const { bytes, written } = payload();
  const begin = performance.now();
  const report = linter.check(bytes, options());
  const time = performance.now() - begin;
  const note = written === null && "This file is not UTF-8. It is checked as it is; once you edit it, what the box shows is.";
  $("note").hidden = !note;
  $("note").textContent = note || "";
  $("summary").classList.toggle("refused", "refused" in report);
  if ("refused" in report) {
    $("summary").textContent = report.refused;
    shown = [];
  } else {
    const place = placed(report, written);
    shown = report.diagnostics.slice(0, MOST_SHOWN).map((found) => ({
      ...found,
      place: place(found.range),
      labels: found.labels.map((label) => ({ ...label, place: place(label.range) })),
      edits: (found.fix?.edits ?? []).map((edit) => ({ ...edit, place: place(edit.range) })),
    }));
    $("summary").textContent = summary(report, time);
  }
  list(report);
  mark();
  current();
}

function summary({ summary: { payloads, errors, warnings, infos }, errors: unread }, time) {
  const count = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;
  const found = [count(errors, "error"), count(warnings, "warning"), count(infos, "info")].join(", ");
  const limits = unread.map((error) => ` ${error.message}.`).join("");
  return `${count(payloads, "payload")}: ${found} in ${time.toFixed(1)} ms.${limits}`;
}

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function jump(one) {
  const { line, column } = one.range.start;
  const name = `${line}:${column}`;
  const button = element("button", { type: "button", textContent: name, disabled: !one.place });
  button.setAttribute("aria-label", `Go to line ${line}, column ${column}`);
  button.addEventListener("click", () => select(one));
  return button;
}

/** A button that makes the fix of a finding. */
function mend({ fix, edits }) {
  const name = fix.applicability === "safe" ? "Fix" : "Fix, then look";
  const button = element("button", { type: "button", textContent: `${name}: ${fix.message}` });
  button.disabled = edits.some((edit) => !edit.place);
  button.addEventListener("click", () => {
    text.focus();
    // From the end, so that places before stay where they are; as typing does, so that it can be undone.
    for (const { place: [start, end], text: written } of edits.toReversed()) {
      text.setSelectionRange(start, end);
      document.execCommand(written ? "insertText" : "delete", false, written);
    }
  });
  return button;
}

function list(report) {
  const items = shown.map((found) => {
    const { severity, rule, message, help, labels, fix } = found;
    const head = element("p", {}, jump(found), " ", element("b", { className: severity, textContent: severity }), " ");
    head.append(element("a", { href: `docs/rules/${rule}.html`, textContent: rule }));
    const item = element("li", { className: severity }, head, element("p", { className: "message", textContent: message }));
    for (const label of labels) {
      item.append(element("p", { className: "related" }, jump(label), ` ${label.message}`));
    }
    if (help) {
      item.append(element("p", { className: "help", textContent: help }));
    }
    if (fix) {
      item.append(element("div", { className: "fix" }, mend(found)));
    }
    return item;
  });
  const more = (report.diagnostics?.length ?? 0) - shown.length;
  if (more > 0) {
    items.push(element("li", { className: "info", textContent: `${more} more are not shown.` }));
  }
  $("findings").replaceChildren(...items);
}

/** Draws the marks: where several overlap, the worst. */
function mark() {
  const value = text.value;
  const span = ({ place: [start, end] }, kind) => {
    // A place between letters is marked at the one before it.
    const from = start < end ? start : Math.max(0, start - 1);
    return { from, to: Math.max(end, from + 1), kind };
  };
  const placed = shown.filter((found) => found.place);
  const spans = placed.flatMap((found) => [
    span(found, found.severity),
    ...found.labels.map((label) => span(label, "related")),
  ]);
  const cuts = [...new Set([0, value.length, ...spans.flatMap(({ from, to }) => [from, to])])].sort((a, b) => a - b);
  const parts = cuts.slice(0, -1).map((from, index) => {
    const part = value.slice(from, cuts[index + 1]);
    const over = spans.filter((span) => span.from <= from && from < span.to).map((span) => span.kind);
    const worst = MARKS.find((kind) => over.includes(kind));
    return worst ? element("mark", { className: worst, textContent: part }) : part;
  });
  // A last empty line has a height only if something stands in it.
  $("marks").replaceChildren(...parts, "\n ");
  follow();
}

function follow() {
  $("marks").style.transform = `translate(${-text.scrollLeft}px, ${-text.scrollTop}px)`;
}

/** Selects the text of a finding and shows it. */
function select({ place }) {
  text.focus();
  text.setSelectionRange(...place);
  reveal(place);
  current();
}

/** Scrolls to a place. */
function reveal([start]) {
  const before = text.value.slice(0, start);
  const line = before.split("\n").length - 1;
  const column = before.length - before.lastIndexOf("\n") - 1;
  const height = parseFloat(getComputedStyle(text).lineHeight);
  const width = height * 0.4;
  text.scrollTop = Math.max(0, line * height - text.clientHeight / 3);
  text.scrollLeft = column * width < text.clientWidth * 0.6 ? 0 : column * width - text.clientWidth / 3;
}

/** Tells which findings the caret is in. */
function current() {
  const at = text.selectionStart;
  [...$("findings").children].forEach((item, index) => {
    const place = shown[index]?.place;
    const here = place && document.activeElement === text && place[0] <= at && at <= place[1];
    here ? item.setAttribute("aria-current", "true") : item.removeAttribute("aria-current");
  });
}

function step(backwards) {
  const ordered = shown.filter((found) => found.place);
  const at = text.selectionStart;
  const from = text.selectionStart === text.selectionEnd ? at - 1 : at;
  const next = backwards
    ? ordered.findLast((found) => found.place[0] < at) ?? ordered.at(-1)
    : ordered.find((found) => found.place[0] > from) ?? ordered[0];
  if (next) {
    select(next);
  }
}

/** Shows another text with its options, and checks it. */
function show({ value, bytes = null, file = "", revision = "", mode = "", config = "" }) {
  opened = bytes;
  fileName = file;
  const decoded = bytes ? new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes) : value;
  const ends = decoded.match(/\r\n|[\r\n]/g) ?? [];
  lineEnd = ends.length > 0 && ends.every((end) => end === "\r\n") ? "\r\n" : "\n";
  text.value = decoded;
  $("revision").value = revision;
  $("mode").value = mode;
  $("config").value = config;
  $("configuration").open ||= config !== "";
  text.scrollTo(0, 0);
  text.setSelectionRange(0, 0);
  check();
  const first = shown.find((found) => found.place);
  if (first) {
    reveal(first.place);
  }
}

/** Shows the example that the address names, or the first text. */
function address() {
  const rule = new URLSearchParams(location.hash.slice(1)).get("rule");
  const example = choices.examples.find((one) => one.rule === rule);
  $("example").value = example ? rule : "";
  if (!example) {
    return show({ value: choices.welcome });
  }
  const named = (name, usual) => (name === usual ? "" : name);
  show({
    value: example.text,
    revision: named(example.revision, "any"),
    mode: named(example.mode, "any"),
    config: example.config ?? "",
  });
}

function fill() {
  const option = (value, name = value) => element("option", { value, textContent: name });
  // The first of each is the default, which a configuration may change.
  const named = ([usual, ...others]) => [option("", usual), ...others.map((name) => option(name))];
  $("revision").append(...named(choices.revisions));
  $("mode").append(...named(choices.modes));
  const groups = new Map();
  for (const { category, rule } of choices.examples) {
    groups.set(category, [...(groups.get(category) ?? []), option(rule)]);
  }
  for (const [label, children] of groups) {
    $("example").append(element("optgroup", { label }, ...children));
  }
}

function listen() {
  text.addEventListener("input", () => {
    opened = null;
    if (text.value === "") {
      // What comes next is another text.
      fileName = "";
      lineEnd = "\n";
    }
    clearTimeout(timer);
    if (text.value.length >= LONG) {
      timer = setTimeout(check, 200);
    } else if (!waiting) {
      // An edit by a command is an event for each of its lines: all of them are checked at once.
      waiting = true;
      queueMicrotask(() => {
        waiting = false;
        check();
      });
    }
  });
  text.addEventListener("scroll", follow, { passive: true });
  document.addEventListener("selectionchange", current);
  text.addEventListener("keydown", (event) => {
    if (event.key === "F8") {
      event.preventDefault();
      step(event.shiftKey);
    }
  });
  for (const id of ["revision", "mode"]) {
    $(id).addEventListener("change", check);
  }
  $("config").addEventListener("input", check);
  $("options").addEventListener("submit", (event) => event.preventDefault());
  $("example").addEventListener("change", (event) => {
    const rule = event.target.value;
    location.hash = rule && `rule=${rule}`;
  });
  $("file").addEventListener("change", async ({ target }) => {
    const [file] = target.files;
    if (file) {
      const bytes = new Uint8Array(await file.arrayBuffer());
      // Another file of the same name may come next.
      target.value = "";
      $("example").value = "";
      const { value: revision } = $("revision");
      show({ bytes, file: file.name, revision, mode: $("mode").value, config: $("config").value });
    }
  });
  addEventListener("hashchange", address);
}

async function start() {
  try {
    linter = new Linter(await compiled());
  } catch (error) {
    $("summary").textContent = `This browser cannot run the linter: ${error.message}`;
    return;
  }
  choices = linter.choices();
  fill();
  listen();
  address();
  performance.mark("first finding");
}

start();
