// Plays a Flow, the form within WhatsApp: its screens one after another, filled in with what the message opens it with.

import { get } from "./api.js";
import { send } from "./composer.js";
import { el } from "./dom.js";
import { sheet } from "./sheets.js";
import { WORDS } from "./words.js";

const WHOLE = /^\$\{(?:screen\.(\w+)\.)?(form|data)\.(\w+)\}$/;
const CONDITION = /^(\$\{[^}]+\}) (==|!=) '(\w+)'$/;

export async function flowSheet(message) {
  const { flow_id: id, flow_token: token, flow_cta: title, flow_action_payload: payload } = message.content.action.parameters;
  const flow = await get(`/control/flows/${encodeURIComponent(id)}`);
  const form = {};
  const data = { [payload.screen]: payload.data || {} };
  const past = [];
  const dialog = sheet(title, "flow-sheet");
  let inputs;

  const valueOf = (reference, screen) => {
    const found = WHOLE.exec(reference);
    if (!found) return reference;
    const [, other, what, name] = found;
    return (what === "form" ? form : data)[other || screen.id]?.[name];
  };
  const holds = (condition, screen) => {
    const [, reference, sign, wanted] = CONDITION.exec(condition);
    return (valueOf(reference, screen) === wanted) === (sign === "==");
  };
  const filled = (action, screen) => Object.fromEntries(Object.entries(action.payload)
    .map(([name, reference]) => [name, valueOf(reference, screen)]).filter(([, value]) => value !== undefined && value !== ""));

  const keep = (screen) => {
    const seen = new FormData(inputs);
    for (const name of new Set([...inputs.elements].map((field) => field.name).filter(Boolean))) form[screen.id][name] = seen.get(name) || "";
  };
  async function act(action, screen) {
    if (action.name === "navigate") {
      past.push(screen.id);
      data[action.next.name] = { ...data[action.next.name], ...filled(action, screen) };
      show(action.next.name);
      return;
    }
    await send({ type: "form", message: message.id, values: filled(action, screen), token });
    dialog.close();
  }

  const parts = {
    TextSubheading: (part) => el("h4", {}, part.text),
    TextBody: (part) => el("p", { class: "hint" }, part.text),
    RadioButtonsGroup: (part, screen) => el("fieldset", { class: "flow-choice" }, el("legend", {}, part.label),
      part["data-source"].map((row) => el("label", {}, el("input", { type: "radio", name: part.name, value: row.id, required: part.required, checked: form[screen.id][part.name] === row.id }), row.title))),
    TextInput: (part, screen) => field(part, screen, el("input", { name: part.name, maxlength: part["max-chars"], inputmode: { number: "numeric", email: "email" }[part["input-type"]], autocomplete: "off", value: form[screen.id][part.name] })),
    TextArea: (part, screen) => {
      const box = el("textarea", { name: part.name, maxlength: part["max-length"], rows: 3 });
      box.value = form[screen.id][part.name] || "";
      return field(part, screen, box);
    },
    DatePicker: (part, screen) => field(part, screen, el("input", { type: "date", name: part.name, value: form[screen.id][part.name] })),
    If: (part, screen) => drawn(holds(part.condition, screen) ? part.then : part.else || [], screen),
    Form: (part, screen) => drawn(part.children, screen),
    Footer: (part) => el("button", { type: "submit", class: "solid-button", "data-testid": "flow-on" }, part.label),
  };
  const field = (part, screen, input) => el("label", { class: "field" }, el("span", {}, part.label), input, part["helper-text"] ? el("small", { class: "hint" }, part["helper-text"]) : null);
  const drawn = (children, screen) => children.map((part) => parts[part.type](part, screen)).flat();
  const footerOf = (children, screen) => children.map((part) => part.type === "Footer" ? part
    : part.type === "If" ? footerOf(holds(part.condition, screen) ? part.then : part.else || [], screen)
      : part.children ? footerOf(part.children, screen) : null).find(Boolean);

  function show(name) {
    const screen = flow.screens.find((one) => one.id === name);
    if (!form[name]) {
      form[name] = {};
      for (const part of screen.layout.children) if (part.type === "Form") Object.assign(form[name], valueOf(part["init-values"], screen));
    }
    const draw = () => {
      inputs.replaceChildren(...[el("h4", { "data-testid": "flow-screen", "data-screen": name }, screen.title), ...drawn(screen.layout.children, screen)].filter(Boolean));
      if (past.length) inputs.append(el("button", { type: "button", class: "flow-back", "data-testid": "flow-back", onclick: () => { keep(screen); show(past.pop()); } }, WORDS.back));
    };
    const fresh = el("form", {
      class: "sheet-form flow",
      onsubmit: (event) => {
        event.preventDefault();
        keep(screen);
        act(footerOf(screen.layout.children, screen)["on-click-action"], screen);
      },
      onchange: (event) => {
        keep(screen);
        if (event.target.type === "radio") {
          const { name: changed, value } = event.target;
          draw();
          [...inputs.elements].find((one) => one.name === changed && one.value === value)?.focus();
        }
      },
    });
    inputs?.remove();
    inputs = fresh;
    draw();
    dialog.append(inputs);
  }
  show(payload.screen);
}
