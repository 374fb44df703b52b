// Parts of a page behind tabs (WAI-ARIA tabs): arrows and figures move between them, the address keeps which one is open. Without it all parts stand below one another.
"use strict";
(() => {
  const list = document.querySelector("[data-tabs]");
  if (!list) return;
  const tabs = [...list.querySelectorAll('[role="tab"]')];
  const panel = (tab) => document.getElementById(tab.getAttribute("aria-controls"));

  function open(tab, keep = true) {
    tabs.forEach((each) => {
      const here = each === tab;
      each.setAttribute("aria-selected", String(here));
      each.tabIndex = here ? 0 : -1;
      panel(each).hidden = !here;
    });
    if (keep) window.history.replaceState(null, "", `#${tab.id.slice("tab-".length)}`);
    panel(tab).querySelectorAll("[hx-get]").forEach((part) => window.htmx?.trigger(part, "shown"));
  }

  tabs.forEach((tab) => { panel(tab).setAttribute("role", "tabpanel"); panel(tab).setAttribute("aria-labelledby", tab.id); });
  list.hidden = false;
  list.addEventListener("click", (event) => { const tab = event.target.closest('[role="tab"]'); if (tab) open(tab); });
  list.addEventListener("keydown", (event) => {
    const here = tabs.indexOf(document.activeElement);
    const to = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (here < 0 || to === undefined) return;
    event.preventDefault();
    const tab = tabs[(to + tabs.length) % tabs.length];
    open(tab);
    tab.focus();
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, dialog[open]")) return;
    const tab = /^[1-9]$/.test(event.key) && tabs[Number(event.key) - 1];
    if (tab) { event.preventDefault(); open(tab); tab.focus(); }
  });
  // What nobody sees is not fetched again; it is when its tab is opened.
  document.addEventListener("htmx:beforeRequest", (event) => { if (event.target.closest("[data-panel][hidden]")) event.preventDefault(); });

  const wanted = tabs.find((tab) => panel(tab).hasAttribute("data-open")) ?? tabs.find((tab) => `#${tab.id.slice("tab-".length)}` === window.location.hash);
  open(wanted ?? tabs[0], false);
})();
