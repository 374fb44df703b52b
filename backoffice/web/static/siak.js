// The sheet for SIAK: `c` copies the next field and ticks it, `x` unticks the last. Which are ticked is remembered in this tab, by name only.
"use strict";
(() => {
  const sheet = document.querySelector("[data-siak]");
  if (!sheet) return;
  const place = `siak:${sheet.dataset.siak}`;
  const lines = [...sheet.querySelectorAll("[data-siak-line]")].filter((line) => line.querySelector("[data-copy]"));
  const ticked = new Set(JSON.parse(window.sessionStorage.getItem(place) || "[]"));
  const progress = document.querySelector("[data-siak-progress]");

  function show() {
    lines.forEach((line) => {
      const done = ticked.has(line.dataset.siakLine);
      line.classList.toggle("ticked", done);
      line.querySelector("[data-copy]").setAttribute("aria-pressed", String(done));
    });
    if (progress) progress.textContent = progress.dataset.text.replace("{n}", String(lines.filter((line) => ticked.has(line.dataset.siakLine)).length)).replace("{all}", String(lines.length));
    window.sessionStorage.setItem(place, JSON.stringify([...ticked]));
  }

  sheet.addEventListener("click", (event) => {
    const line = event.target.closest("[data-copy]")?.closest("[data-siak-line]");
    if (!line) return;
    ticked.add(line.dataset.siakLine);
    show();
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
    if (event.key === "c") {
      const next = lines.find((line) => !ticked.has(line.dataset.siakLine));
      if (!next) return;
      event.preventDefault();
      const button = next.querySelector("[data-copy]");
      button.click();
      button.focus({ preventScroll: true });
      next.scrollIntoView({ block: "center" });
    }
    if (event.key === "x") {
      const last = [...ticked].pop();
      if (last !== undefined) { ticked.delete(last); show(); }
    }
  });
  show();
})();
