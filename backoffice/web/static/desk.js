// The desk by the keyboard, and the answer shown as the citizen will read it in WhatsApp, while it is written.
"use strict";
(() => {
  const typing = (target) => target.closest("input, textarea, select, dialog[open]");
  document.addEventListener("change", (event) => {
    const view = event.target.closest("[data-view]");
    if (view) window.location.assign(`/pengaduan?tab=${encodeURIComponent(view.value)}`);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.closest("textarea")) {
      event.preventDefault();
      event.target.form.requestSubmit();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const rows = [...document.querySelectorAll("[data-desk-row]")];
    const here = rows.findIndex((row) => row.getAttribute("aria-current"));
    const step = { j: 1, k: -1 }[event.key];
    if (step && rows.length) rows[Math.min(rows.length - 1, Math.max(0, here + step))].click();
    const field = { r: "[data-answer] textarea", n: '[name="catatan"]' }[event.key];
    const wanted = field && document.querySelector(field);
    if (wanted) { event.preventDefault(); wanted.focus(); }
  });
})();
(() => {
  const form = document.querySelector("[data-answer]");
  const place = form?.querySelector("[data-answer-preview]");
  if (!place) return;
  const bubble = place.querySelector("[data-answer-text]");

  function show() {
    const written = form.elements.text.value.trim();
    place.hidden = !written;
    const frame = ["selesaikan", "tolak"].includes(form.elements.act.value) ? place.dataset.closed : place.dataset.open;
    bubble.replaceChildren(...frame.replace("{isi}", () => written).split(/(\*[^*\n]+\*)/).map((part) => {
      if (!/^\*[^*\n]+\*$/.test(part)) return document.createTextNode(part);
      const strong = document.createElement("strong");
      strong.textContent = part.slice(1, -1);
      return strong;
    }));
  }
  form.querySelector("[data-ready]")?.addEventListener("change", (event) => {
    const words = event.target.value;
    if (words) form.elements.text.value = [form.elements.text.value.trim(), words].filter(Boolean).join("\n");
    event.target.value = "";
  });
  form.addEventListener("input", show);
  form.addEventListener("change", show);
})();
