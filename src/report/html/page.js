
"use strict";
(() => {
  const form = document.getElementById("filters");
  if (!form) return;
  const findings = [...document.querySelectorAll("article")];
  const files = [...document.querySelectorAll("details.file")];
  const groups = [...document.querySelectorAll("div.event"), ...files];
  const fileOf = new Map(files.flatMap((file) =>
    [...file.querySelectorAll("article")].map((finding) => [finding, file.dataset.file])));
  const output = form.querySelector("output");
  let texts;
  let shown = findings;
  let waiting = 0;

  function apply() {
    const wanted = new FormData(form);
    const severities = new Set(wanted.getAll("severity"));
    const [rule, file] = [wanted.get("rule"), wanted.get("file")];
    const text = wanted.get("text").trim().toLowerCase();
    if (text && !texts) texts = findings.map((finding) => finding.textContent.toLowerCase());
    shown = findings.filter((finding, index) => {
      const fits = severities.has(finding.className) && (!rule || finding.dataset.rule === rule)
        && (!file || fileOf.get(finding) === file) && (!text || texts[index].includes(text));
      finding.hidden = !fits;
      return fits;
    });
    for (const group of groups) {
      group.hidden = group.querySelector("article") && !group.querySelector("article:not([hidden])");
    }
    output.value = `${shown.length} of ${findings.length} shown`;
  }

  function soon() {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(apply);
  }

  function step(by) {
    const at = shown.indexOf(document.activeElement.closest("article"));
    const next = shown[at < 0 ? (by > 0 ? 0 : shown.length - 1) : Math.min(Math.max(at + by, 0), shown.length - 1)];
    if (!next) return;
    next.closest("details.file").open = true;
    next.focus();
  }

  form.addEventListener("input", soon);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", soon);
  const fold = form.elements.fold;
  fold.addEventListener("click", () => {
    const open = !files.some((file) => file.open);
    for (const file of files) file.open = open;
    fold.textContent = open ? "Fold files" : "Unfold files";
  });
  for (const button of document.querySelectorAll("button[data-filter]")) {
    button.addEventListener("click", () => {
      form.elements[button.dataset.filter].value = button.value;
      apply();
      form.scrollIntoView();
    });
  }
  async function copy(button) {
    try {
      await navigator.clipboard.writeText(button.dataset.text);
    } catch {
      // Where a page may not, the browser copies what is selected.
      const area = document.createElement("textarea");
      area.className = "skip";
      area.value = button.dataset.text;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
      button.focus();
    }
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  }
  for (const button of document.querySelectorAll("button.copy")) {
    button.addEventListener("click", () => copy(button));
    button.hidden = false;
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      if ("popover" in form && document.querySelector(":popover-open")) return;
      form.reset();
      document.activeElement.blur();
    } else if (!event.target.matches("input[type=search], select")) {
      if (event.key === "/") {
        event.preventDefault();
        form.elements.text.focus();
      } else if (event.key === "j") step(1);
      else if (event.key === "k") step(-1);
    }
  });
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details:not([open])")];
    for (const one of folded) one.open = true;
  });
  addEventListener("afterprint", () => {
    for (const one of folded) one.open = false;
  });
  form.hidden = false;
  apply();
})();
