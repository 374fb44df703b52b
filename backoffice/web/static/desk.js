// Shows the answer as the citizen will read it in WhatsApp, while it is written.
"use strict";
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
