// What all pages do in the browser: keyboard, no double sends, copying, choosing. Everything works without it but the comfort.
"use strict";
(() => {
  const typing = (target) => target.closest("input, textarea, select, [contenteditable]");
  const help = () => document.getElementById("bantuan");
  // The way back from a case leads to the queue as it was narrowed and sorted last; never to a search, which may hold a NIK.
  const queue = () => window.sessionStorage.getItem("antrean") || "/antrean";

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (event.key === "/") { event.preventDefault(); document.getElementById("cari")?.focus(); }
    if (event.key === "g") window.location.assign(queue());
    if (event.key === "?") help()?.showModal();
    if (event.key === "z") document.querySelector("[data-action=urungkan]")?.click();
    if (event.key === "n") document.querySelector("[data-next-case]")?.click();
    if (event.key === "j" || event.key === "k") step(event.key === "j" ? 1 : -1);
    const sift = document.getElementById("saring");
    if (event.key === "s" && sift) { event.preventDefault(); sift.open = true; sift.querySelector("select")?.focus(); }
  });

  // `j` and `k` go down and up the rows of a list, and Enter does what the row offers first: takes the case or opens it.
  function step(by) {
    const rows = [...document.querySelectorAll("table.rows tbody tr")].filter((row) => row.querySelector("a, button"));
    if (!rows.length) return;
    const here = rows.indexOf(document.activeElement?.closest("tr"));
    const row = rows[here < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, here + by))];
    (row.querySelector(".cell-action button, .cell-action a") ?? row.querySelector("a, button")).focus();
    row.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-help]")) help()?.showModal();
    if (event.target.closest("[data-print]")) window.print();
    const copy = event.target.closest("[data-copy]");
    if (copy) {
      navigator.clipboard.writeText(copy.dataset.copy).then(() => {
        copy.classList.add("copied");
        const told = document.querySelector("[data-copied]");
        if (told) told.textContent = told.dataset.text;
        setTimeout(() => copy.classList.remove("copied"), 1500);
      });
    }
    const account = document.querySelector(".account[open]");
    if (account && !event.target.closest(".account")) account.open = false;
  });

  // A form is sent once; the server would not do it twice either, but the second answer would confuse.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    // What was not chosen need not stand in the address.
    if (form.matches("[data-lean]")) form.querySelectorAll("select, input").forEach((field) => { field.disabled = !field.value; });
    if (!form.matches("[data-once]")) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    form.querySelectorAll("button").forEach((button) => button.setAttribute("aria-busy", "true"));
  });
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("[data-lean] :disabled").forEach((field) => { field.disabled = false; });
    document.querySelectorAll("form[data-sent]").forEach((form) => {
      delete form.dataset.sent;
      form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
    });
  });

  document.addEventListener("change", (event) => {
    const target = event.target;
    if (target.matches("[data-submit]")) target.form.requestSubmit();
    if (target.matches("[data-theme-choice]")) choose(target.value);
    if (target.matches("[data-pick-all]")) document.querySelectorAll("[data-pick]").forEach((box) => { box.checked = target.checked; });
    if (target.matches("[data-pick], [data-pick-all]")) countPicked();
    if (target.matches("[data-reason]")) {
      const note = target.form.elements.note;
      note.required = Boolean(target.selectedOptions[0]?.dataset.note);
      preview(target.form);
    }
  });
  document.addEventListener("input", (event) => { if (event.target.name === "note") preview(event.target.form); });

  // Light or dark is a matter of this machine: a cookie that says nothing about anybody, which the server reads for the next page.
  function choose(theme) {
    if (theme) document.documentElement.dataset.theme = theme; else delete document.documentElement.dataset.theme;
    const value = { light: "terang", dark: "gelap" }[theme] ?? "";
    document.cookie = `tampilan=${value}; path=/; max-age=${value ? 31536000 : 0}; samesite=lax`;
  }

  function countPicked() {
    const count = document.querySelectorAll("[data-pick]:checked").length;
    const shown = document.querySelector("[data-pick-count]");
    if (shown) shown.textContent = count ? `(${count})` : "";
    const button = document.querySelector("[data-approve-chosen]");
    if (button) button.disabled = count === 0;
  }

  function preview(form) {
    const place = form.querySelector("[data-preview]");
    if (!place) return;
    const sentence = form.elements.reason.selectedOptions[0]?.dataset.sentence || "";
    const note = form.elements.note.value.trim();
    place.textContent = sentence || note ? `${place.dataset.name}: ${[sentence, note].filter(Boolean).join(" ")}` : "";
  }

  // On a phone tabs are wider than the screen: the one that is open is brought into view, sideways only.
  function centre() {
    document.querySelectorAll(".tabs [aria-current]").forEach((open) => {
      const strip = open.parentElement, there = open.getBoundingClientRect(), here = strip.getBoundingClientRect();
      strip.scrollLeft += there.left + there.width / 2 - here.left - here.width / 2;
    });
  }

  document.addEventListener("htmx:afterSettle", centre);
  // A log that is fetched again stays where it is read, unless its end was in sight.
  const places = new WeakMap();
  document.addEventListener("htmx:beforeSwap", ({ detail: { target } }) => {
    const log = target.querySelector?.("[data-scroll-end]");
    if (log) places.set(target, log.scrollTop + log.clientHeight >= log.scrollHeight - 40 ? null : log.scrollTop);
  });
  // htmx announces each new element by itself: the log may be that element, or lie within it.
  document.addEventListener("htmx:load", ({ detail: { elt } }) => {
    const logs = [...(elt.matches?.("[data-scroll-end]") ? [elt] : []), ...(elt.querySelectorAll?.("[data-scroll-end]") ?? [])];
    logs.forEach((log) => { log.scrollTop = places.get(log.parentElement) ?? log.scrollHeight; });
  });

  countPicked();
  centre();
  const toast = document.querySelector(".toast");
  toast && setTimeout(() => toast.remove(), toast.querySelector("form") ? 10000 : 6000);
  const now = new URL(window.location.href);
  if (now.pathname === "/antrean" && !now.searchParams.has("q")) {
    ["dari", "pesan", "n"].forEach((name) => now.searchParams.delete(name));
    window.sessionStorage.setItem("antrean", now.pathname + now.search);
  }
  document.querySelectorAll('a.back[href="/antrean"]').forEach((link) => { link.href = queue(); });
  // The sentence of what was done belongs to this moment, not to a reload or a bookmark.
  const here = new URL(window.location.href);
  if (here.searchParams.has("pesan")) {
    ["pesan", "n", "urung"].forEach((name) => here.searchParams.delete(name));
    window.history.replaceState(null, "", here);
  }
})();
