// The panel beside the phone: which phone, a second one, how things stand.

import { get, patch, phonePath, post, remove } from "./api.js";
import * as chat from "./chat.js";
import { byId, el } from "./dom.js";
import { icon } from "./icons.js";
import { newPhoneSheet } from "./sheets.js";
import { WORDS } from "./words.js";

let phones = [];
let second = null;
const facts = { post: null, violations: 0, held: 0 };

export function openPanel(open) {
  byId("panel").classList.toggle("open", open);
  if (open) byId("panel").querySelector("button, input").focus({ preventScroll: true });
}

const subtitle = (phone) => phone.number || `${WORDS.noNumber} · @${phone.username || phone.user_id}`;

function drawPhones() {
  const active = chat.current();
  byId("phones").replaceChildren(...phones.map((phone) => el("li", { class: phone.id === active?.id ? "on" : "" },
    el("button", { type: "button", class: "phone-row", "aria-current": phone.id === active?.id ? "true" : null, "data-testid": "phone", "data-phone": phone.id, onclick: () => use(phone.id) },
      el("span", { class: "avatar letter" }, phone.name.slice(0, 1)), el("span", {}, el("b", {}, phone.name), el("small", {}, subtitle(phone)))),
    el("button", { type: "button", class: `icon-button only-wide ${second === phone.id ? "on" : ""}`, "aria-label": second === phone.id ? WORDS.closeBeside : WORDS.beside(phone.name), "aria-pressed": String(second === phone.id), "data-testid": "beside", disabled: phone.id === active?.id, onclick: () => beside(phone.id) }, icon("beside")))));
  byId("whose").textContent = active ? active.name : "";
  byId("online").checked = active?.online ?? true;
  drawFacts();
}

function drawFacts() {
  const { post: last } = facts;
  const outcome = last?.attempts.at(-1);
  const bot = !last?.attempts.length ? WORDS.factBotNone : last.delivered ? WORDS.factBotOk : WORDS.factBotWait(outcome, last.attempts.length);
  const rows = [
    [WORDS.factBot, bot, !last?.attempts.length ? "" : last.delivered ? "good" : "bad"],
    [WORDS.factWindow, chat.current() && isOpen(chat.current()) ? WORDS.windowOpen : WORDS.windowClosed, ""],
    [WORDS.factViolations, el("a", { href: "/control/violations", target: "_blank" }, String(facts.violations)), facts.violations ? "bad" : "good"],
  ];
  if (facts.held) rows.push([WORDS.factHeld, String(facts.held), "bad"]);
  byId("facts").replaceChildren(...rows.flatMap(([name, value, mood]) => [el("dt", {}, name), el("dd", { class: mood }, value)]));
}

const isOpen = (phone) => phone.last_inbound !== null && Date.now() / 1000 - phone.last_inbound < 86_400;

export async function use(id) {
  const phone = phones.find((known) => known.id === id) || phones[0];
  const address = new URL(window.location);
  address.searchParams.set("phone", phone.id);
  window.history.replaceState(null, "", address);
  if (second === phone.id) beside(phone.id);
  await chat.show(phone);
  drawPhones();
  openPanel(false);
}

function beside(id) {
  second = second === id ? null : id;
  byId("second").hidden = second === null;
  byId("stage").classList.toggle("two", second !== null);
  byId("second").replaceChildren(...(second ? [el("iframe", { src: `/?phone=${encodeURIComponent(second)}&bare=1`, title: phones.find((phone) => phone.id === second).name, "data-testid": "second-phone" })] : []));
  drawPhones();
}

export const listeners = {
  phone(changed) {
    const known = phones.find((phone) => phone.id === changed.id);
    if (known) Object.assign(known, changed);
    else phones.push(changed);
    drawPhones();
  },
  webhook(last) { facts.post = last; drawFacts(); },
  violation() { facts.violations += 1; drawFacts(); },
};

async function verify() {
  const result = await post("/control/webhooks/verify");
  byId("verify-result").textContent = result.ok ? WORDS.verifyOk : WORDS.verifyBad(result.error || `HTTP ${result.status}`);
}

export async function setUp(known, wanted, secondWanted) {
  phones = known;
  for (const [id, sign] of [["panel-open", "menu"], ["panel-close", "close"]]) byId(id).append(icon(sign));
  byId("panel-open").addEventListener("click", () => openPanel(true));
  byId("panel-close").addEventListener("click", () => openPanel(false));
  byId("panel").addEventListener("keydown", (event) => { if (event.key === "Escape") openPanel(false); });
  byId("new-phone").addEventListener("click", () => newPhoneSheet(async (asked) => {
    const made = await post("/control/phones/", asked);
    listeners.phone(made);
    await use(made.id);
  }));
  byId("online").addEventListener("change", (event) => patch(phonePath(chat.current().id), { online: event.target.checked }));
  byId("verify").addEventListener("click", verify);
  byId("clear").addEventListener("click", () => { if (window.confirm(WORDS.clearAsk)) remove(phonePath(chat.current().id, "/messages")); });
  const state = await get("/control/state");
  Object.assign(facts, { post: state.last_post, violations: state.violations, held: state.held });
  await use(wanted);
  if (secondWanted && phones.some((phone) => phone.id === secondWanted)) beside(secondWanted);
}
