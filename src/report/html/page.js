
"use strict";
(() => {
  const form = document.getElementById("filters");
  if (!form) return;
  const findings = [...document.querySelectorAll("article")];
  const groups = [...document.querySelectorAll("section.file, div.event")];
  const texts = findings.map((finding) => finding.textContent.toLowerCase());
  const output = form.querySelector("output");
  let shown = findings;

  function apply() {
    const wanted = new FormData(form);
    const severities = new Set(wanted.getAll("severity"));
    const [rule, file] = [wanted.get("rule"), wanted.get("file")];
    const text = wanted.get("text").trim().toLowerCase();
    shown = findings.filter((finding, index) => {
      const { dataset } = finding;
      const fits = severities.has(dataset.severity) && (!rule || dataset.rule === rule)
        && (!file || dataset.file === file) && texts[index].includes(text);
      finding.hidden = !fits;
      return fits;
    });
    for (const group of groups) group.hidden = !group.querySelector("article:not([hidden])");
    output.value = `${shown.length} of ${findings.length} shown`;
  }

  function step(by) {
    const at = shown.indexOf(document.activeElement);
    const next = shown[at < 0 ? (by > 0 ? 0 : shown.length - 1) : Math.min(Math.max(at + by, 0), shown.length - 1)];
    if (next) next.focus();
  }

  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));
  for (const button of document.querySelectorAll("button[data-filter]")) {
    button.addEventListener("click", () => {
      form.elements[button.dataset.filter].value = button.dataset.value;
      apply();
      form.scrollIntoView();
    });
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
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
  form.hidden = false;
  apply();
})();
