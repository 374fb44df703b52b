// Looks at one document: zoom, pan, rotate, brightness, pages, full screen, by mouse, touch and keyboard.
"use strict";
(() => {
  const viewer = document.querySelector("[data-viewer]");
  if (!viewer) return;
  const stage = viewer.querySelector("[data-stage]");
  const picture = viewer.querySelector("[data-picture]");
  const light = viewer.querySelector('[data-tool="brightness"]');
  const view = { scale: 1, x: 0, y: 0, turn: 0 };

  const draw = () => {
    picture.style.transform = `translate(-50%, -50%) translate(${view.x}px, ${view.y}px) rotate(${view.turn}deg) scale(${view.scale})`;
    picture.style.filter = `brightness(${light.value}%)`;
  };
  const fit = () => {
    const lying = view.turn % 180 !== 0;
    const width = lying ? picture.naturalHeight : picture.naturalWidth;
    const height = lying ? picture.naturalWidth : picture.naturalHeight;
    if (!width) return;
    picture.style.width = `${picture.naturalWidth}px`;
    picture.style.height = `${picture.naturalHeight}px`;
    view.scale = Math.min(stage.clientWidth / width, stage.clientHeight / height) * 0.98;
    view.x = view.y = 0;
    draw();
  };
  const zoom = (factor, at) => {
    const before = view.scale;
    view.scale = Math.min(12, Math.max(0.05, view.scale * factor));
    if (at) {
      const box = stage.getBoundingClientRect();
      const x = at.clientX - box.left - box.width / 2, y = at.clientY - box.top - box.height / 2;
      view.x = x - (x - view.x) * (view.scale / before);
      view.y = y - (y - view.y) * (view.scale / before);
    }
    draw();
  };
  const show = (button) => {
    viewer.querySelectorAll("[data-page]").forEach((other) => other.setAttribute("aria-pressed", String(other === button)));
    picture.src = picture.dataset.base + button.dataset.page;
  };
  const tools = {
    in: () => zoom(1.3), out: () => zoom(1 / 1.3), fit,
    rotate: () => { view.turn = (view.turn + 90) % 360; fit(); },
    full: () => (document.fullscreenElement ? document.exitFullscreen() : viewer.requestFullscreen()),
  };

  const brighten = (by) => { light.value = Number(light.value) + by; draw(); };
  const turnPage = () => {
    const pages = [...viewer.querySelectorAll("[data-page]")];
    if (pages.length) show(pages[(pages.findIndex((page) => page.getAttribute("aria-pressed") === "true") + 1) % pages.length]);
  };

  picture.addEventListener("load", fit);
  window.addEventListener("resize", fit);
  if (picture.complete) fit();
  light.addEventListener("input", draw);
  viewer.addEventListener("click", (event) => {
    const tool = event.target.closest("button[data-tool]"), page = event.target.closest("[data-page]");
    if (tool) tools[tool.dataset.tool]?.();
    if (page) show(page);
  });
  stage.addEventListener("wheel", (event) => { event.preventDefault(); zoom(event.deltaY < 0 ? 1.15 : 1 / 1.15, event); }, { passive: false });
  stage.addEventListener("dblclick", (event) => zoom(2, event));

  const fingers = new Map();
  let spread = 0;
  stage.addEventListener("pointerdown", (event) => { fingers.set(event.pointerId, event); stage.setPointerCapture(event.pointerId); stage.classList.add("dragging"); });
  stage.addEventListener("pointermove", (event) => {
    const last = fingers.get(event.pointerId);
    if (!last) return;
    fingers.set(event.pointerId, event);
    if (fingers.size === 1) { view.x += event.clientX - last.clientX; view.y += event.clientY - last.clientY; draw(); return; }
    const [a, b] = [...fingers.values()];
    const now = Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
    if (spread) zoom(now / spread, { clientX: (a.clientX + b.clientX) / 2, clientY: (a.clientY + b.clientY) / 2 });
    spread = now;
  });
  for (const end of ["pointerup", "pointercancel"]) stage.addEventListener(end, (event) => { fingers.delete(event.pointerId); spread = 0; stage.classList.remove("dragging"); });

  const back = document.getElementById("minta-ulang");
  const keys = {
    "+": tools.in, "=": tools.in, "-": tools.out, 0: fit, r: tools.rotate, f: tools.full, n: turnPage, "]": () => brighten(15), "[": () => brighten(-15),
    j: () => document.getElementById("sesudah")?.click(), k: () => document.getElementById("sebelum")?.click(),
    h: () => document.getElementById("ke-permohonan")?.click(), b: () => document.getElementById("benar")?.click(),
    l: () => document.getElementById("benar-lengkap")?.click(),
    u: () => { if (back) { back.open = true; back.querySelector("select").focus(); } },
    ArrowLeft: () => { view.x += 60; draw(); }, ArrowRight: () => { view.x -= 60; draw(); },
    ArrowUp: () => { view.y += 60; draw(); }, ArrowDown: () => { view.y -= 60; draw(); },
  };
  back?.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !back.open) return;
    back.open = false;
    back.querySelector("summary").focus();
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
    const act = keys[event.key];
    if (!act || (event.key.startsWith("Arrow") && !event.target.closest("[data-stage]"))) return;
    event.preventDefault();
    act();
  });
})();
