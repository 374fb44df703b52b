// Sends forms from their page: what the office does not take is said in the form, and all that was typed, chosen or attached stays in it.
"use strict";
(() => {
  if (!document.getElementById("bantuan")) return;  // signing in is left to the browser
  const busy = (form, on) => (form.toggleAttribute("data-busy", on), form.querySelectorAll("button").forEach((button) => (on ? button.setAttribute("aria-busy", "true") : button.removeAttribute("aria-busy"))));

  function tell(form, problem) {
    form.querySelector("[data-form-problem]")?.remove();
    form.querySelectorAll("[aria-invalid]").forEach((field) => { field.removeAttribute("aria-invalid"); field.removeAttribute("aria-describedby"); });
    const told = document.createElement("p");
    told.className = "alert form-problem";
    told.id = `masalah-${Math.random().toString(36).slice(2)}`;
    told.setAttribute("role", "alert");
    told.dataset.formProblem = problem.code;
    told.textContent = problem.sentence;
    const way = problem.sign_in ?? problem.reload;
    if (way) {
      const link = document.createElement("a");
      link.href = way;
      link.textContent = problem.sign_in ? document.body.dataset.signIn : document.body.dataset.reload;
      if (problem.sign_in) link.target = "_blank";  // this page keeps what was typed
      told.append(" ", link);
    }
    form.prepend(told);
    const field = problem.field && form.elements.namedItem(problem.field);
    if (field instanceof HTMLElement && field.type !== "hidden") {
      field.setAttribute("aria-invalid", "true");
      field.setAttribute("aria-describedby", told.id);
      field.focus();
    }
    told.scrollIntoView({ block: "nearest" });
  }

  // After signing in again in another tab the forms' token is that session's, as long as it is the same person's.
  async function renewToken() {
    const answer = await fetch(window.location.href);
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const name = (page) => page.querySelector(".account-name")?.textContent;
    const token = fresh.querySelector("header.bar [name=csrf]")?.value;
    if (!token || name(fresh) !== name(document)) return false;
    document.querySelectorAll("[name=csrf]").forEach((field) => { field.value = token; });
    return true;
  }

  // Returns whether the page is on its way to another: then the form is not sent a second time before that has come.
  async function send(form, submitter, again = false) {
    const data = new FormData(form, submitter);
    const body = form.getAttribute("enctype") === "multipart/form-data" ? data : new URLSearchParams([...data].map(([name, value]) => [name, String(value)]));
    busy(form, true);
    try {
      const answer = await fetch(submitter?.getAttribute("formaction") ?? form.getAttribute("action") ?? window.location.href, { method: "POST", body, headers: { "X-Form": "inline" } });
      const next = answer.headers.get("X-Location");
      if (next) {
        const to = new URL(next, window.location.href);
        if (!to.hash && to.pathname === window.location.pathname) to.hash = window.location.hash;  // the tab that was open
        if (to.pathname + to.search !== window.location.pathname + window.location.search) {
          window.location.assign(to);
          return true;
        }
        window.history.replaceState(null, "", to);
        window.location.reload();
        return true;
      }
      if (answer.headers.get("Content-Type")?.startsWith("application/json")) {
        const problem = await answer.json();
        if (problem.code === "form_expired" && !again && await renewToken()) return await send(form, submitter, true);
        tell(form, problem);
      } else {  // a page: the form with what was typed and what is to be done, or the way to sign in again
        const html = await answer.text();
        document.open();
        document.write(html);
        document.close();
        return true;
      }
    } catch {
      tell(form, { code: "away", sentence: document.body.dataset.away });
    }
    delete form.dataset.sent;
    busy(form, false);
    return false;
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.getAttribute("method") !== "post" || form.hasAttribute("target") || form.matches("[data-native], [hx-post]")) return;
    event.preventDefault();
    if (form.dataset.sending) return;
    form.dataset.sending = "1";
    send(form, event.submitter).then((leaves) => leaves || delete form.dataset.sending);
  });
  window.addEventListener("pageshow", (event) => event.persisted && document.querySelectorAll("form[data-sending]").forEach((form) => (delete form.dataset.sending, busy(form, false))));  // by the browser's way back

  // A page that asks by itself leaves for the sign-in when its session has ended, but not from a form that somebody has begun to fill in.
  const begun = (field) => (field.type === "file" ? field.files.length > 0 : ["checkbox", "radio"].includes(field.type) ? field.checked !== field.defaultChecked : field.value !== (field.matches("select") ? ([...field.options].find((option) => option.defaultSelected) ?? field.options[0])?.value : field.defaultValue));
  document.addEventListener("htmx:beforeOnLoad", (event) => {
    const fields = [...document.querySelectorAll('form[method="post"] :is(textarea, input:not([type="hidden"]))')];
    if (event.detail.xhr.status === 401 && fields.some(begun)) event.preventDefault();
  });

  // A part of the page that comes anew keeps what was begun in its forms, and where one was writing; while one of them is under way, it stays.
  const FIELDS = 'input:not([type="hidden"], [type="file"]), textarea, select';
  const typed = new WeakMap();
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    const forms = [...(detail.target.querySelectorAll?.('form[method="post"]') ?? [])];
    if (forms.some((form) => form.dataset.sending || [...form.querySelectorAll('input[type="file"]')].some(begun))) return void (detail.shouldSwap = false);
    typed.set(detail.target, forms.flatMap((form) => [...form.querySelectorAll(FIELDS)].filter((field) => begun(field) || field === document.activeElement).map((field) => ({
      action: form.getAttribute("action"), name: field.name, type: field.type, value: field.value, checked: field.checked,
      here: field === document.activeElement, at: field.matches("textarea, [type=text], :not([type])") ? field.selectionStart : null,
    }))));
  });
  document.addEventListener("htmx:afterSwap", ({ detail: { target } }) => {
    for (const was of typed.get(target) ?? []) {
      const forms = [...target.querySelectorAll("form")].filter((form) => form.getAttribute("action") === was.action);
      const ticks = ["checkbox", "radio"].includes(was.type);
      const field = forms.flatMap((form) => [...form.querySelectorAll(FIELDS)]).find((one) => one.name === was.name && one.type === was.type && (!ticks || one.value === was.value));
      if (!field) continue;
      if (ticks) field.checked = was.checked; else field.value = was.value;
      if (!was.here) continue;
      field.focus({ preventScroll: true });
      if (was.at !== null) field.setSelectionRange?.(was.at, was.at);
    }
    typed.delete(target);
  });

  // Files dropped on a form are its files; a file field takes them by itself; dropped beside both they are not opened in place of the page.
  const takesItself = (event) => event.target.closest?.('input[type="file"]');
  document.addEventListener("dragover", (event) => {
    if (![...event.dataTransfer.types].includes("Files") || takesItself(event)) return;
    event.preventDefault();
    document.querySelectorAll("[data-drop]").forEach((form) => form.toggleAttribute("data-over", form.contains(event.target)));
  });
  document.addEventListener("dragleave", (event) => event.target.closest?.("[data-drop]")?.removeAttribute("data-over"));
  document.addEventListener("drop", (event) => {
    const form = event.target.closest?.("[data-drop]");
    form?.removeAttribute("data-over");
    if (!event.dataTransfer.files.length || takesItself(event)) return;
    event.preventDefault();
    if (!form) return;
    form.querySelector('input[type="file"]').files = event.dataTransfer.files;
    form.requestSubmit();
  });
})();
