// Two minutes after the last touch the public screen shows the numbers again.
"use strict";
(() => {
  if (document.body.dataset.pane === "angka") return;
  let timer;
  const wait = () => { clearTimeout(timer); timer = setTimeout(() => window.location.assign("/monitor"), 120_000); };
  ["pointerdown", "keydown", "scroll"].forEach((kind) => document.addEventListener(kind, wait, { passive: true }));
  wait();
})();
