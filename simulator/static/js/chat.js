// The conversation: keeps the messages, draws them, follows the live events, tells when they are read.

import { get, phonePath, post } from "./api.js";
import { bubble } from "./bubbles.js";
import { byId, el } from "./dom.js";
import { icon } from "./icons.js";
import { WORDS } from "./words.js";

const DAY = 86_400_000;
const messages = new Map();
const drawn = new Map();
let phone = null;
let hands = null;
let typingEnds;
let readSoon;
let atEnd = true;

const log = () => byId("chat");
const unitKey = (message) => message.album || message.id;
const unit = (key) => [...messages.values()].filter((message) => unitKey(message) === key);

export const current = () => phone;
export const find = (id) => messages.get(id);

export function setUp(handlers) {
  hands = handlers;
  log().addEventListener("scroll", () => {
    atEnd = nearEnd();
    byId("to-end").hidden = atEnd;
  });
  log().addEventListener("load", () => { if (atEnd) toEnd(false); }, true);
  byId("to-end").append(icon("down"));
  byId("to-end").addEventListener("click", () => toEnd(true));
  document.addEventListener("visibilitychange", readLater);
}

export async function show(chosen) {
  phone = chosen;
  messages.clear();
  const { messages: found } = await get(phonePath(chosen.id, "/messages"));
  if (phone !== chosen) return;
  const met = [...messages.values()]; // what the live events brought meanwhile is newer
  messages.clear();
  [...found, ...met].forEach((message) => messages.set(message.id, message));
  redraw();
  presence();
  readLater();
}

function redraw() {
  drawn.clear();
  log().replaceChildren(el("p", { class: "notice" }, icon("lock"), WORDS.encrypted));
  [...new Set([...messages.values()].map(unitKey))].forEach(draw);
  toEnd(false);
}

function dayName(at) {
  const midnight = (moment) => new Date(moment).setHours(0, 0, 0, 0);
  const days = Math.round((midnight(Date.now()) - midnight(at * 1000)) / DAY);
  if (days <= 1) return days === 1 ? WORDS.yesterday : WORDS.today;
  return new Date(at * 1000).toLocaleDateString("id-ID", { day: "numeric", month: "long", year: "numeric" });
}

function draw(key) {
  const held = unit(key);
  const before = drawn.get(key);
  const end = log().querySelector(".typing");
  const previous = before ? before.previousElementSibling : end ? end.previousElementSibling : log().lastElementChild;
  const first = !previous?.classList.contains(held[0].direction);
  const fresh = bubble(held, { ...hands, find, first });
  drawn.set(key, fresh);
  if (before) {
    before.replaceWith(fresh);
    return;
  }
  const day = dayName(held[0].at);
  if ([...log().querySelectorAll(".day")].pop()?.textContent !== day) {
    log().insertBefore(el("p", { class: "day" }, day), end);
    fresh.classList.add("first");
  }
  log().insertBefore(fresh, end);
}

const nearEnd = () => log().scrollHeight - log().scrollTop - log().clientHeight < 120;

function toEnd(smooth) {
  atEnd = true;
  log().scrollTo({ top: log().scrollHeight, behavior: smooth ? "smooth" : "instant" });
}

function take(message) {
  if (message.phone !== phone?.id) return;
  const fresh = !messages.has(message.id);
  const follow = nearEnd() || message.direction === "out";
  messages.set(message.id, message);
  draw(unitKey(message));
  if (fresh && message.direction === "in") typing({ phone: phone.id, seconds: 0 });
  if (fresh && follow) toEnd(true);
  byId("to-end").hidden = nearEnd();
  readLater();
}

function typing({ phone: whose, seconds }) {
  if (whose !== phone?.id) return;
  clearTimeout(typingEnds);
  log().querySelector(".typing")?.remove();
  if (seconds) {
    const follow = nearEnd();
    log().append(el("div", { class: "typing", "data-testid": "typing", "aria-label": WORDS.typing }, el("i"), el("i"), el("i")));
    if (follow) toEnd(true);
    typingEnds = setTimeout(() => typing({ phone: whose, seconds: 0 }), seconds * 1000);
  }
  presence(seconds > 0);
}

function presence(isTyping = false) {
  byId("presence").textContent = !phone.online ? WORDS.offline : isTyping ? WORDS.typing : WORDS.online;
}

function readLater() {
  clearTimeout(readSoon);
  const unread = [...messages.values()].some((message) => message.direction === "in" && message.state === "delivered");
  if (unread && phone.online && document.visibilityState === "visible") {
    readSoon = setTimeout(() => post(phonePath(phone.id, "/read")).catch(() => {}), 500);
  }
}

export function jump(id) {
  const target = drawn.get(unitKey(messages.get(id)));
  target?.scrollIntoView({ block: "center", behavior: "smooth" });
  target?.classList.add("flash");
  setTimeout(() => target?.classList.remove("flash"), 1400);
}

export function follow(listeners) {
  const events = new EventSource("/control/events");
  const on = (name, act) => events.addEventListener(name, (event) => act(JSON.parse(event.data)));
  events.addEventListener("open", () => show(phone));
  on("message", take);
  on("update", take);
  on("typing", typing);
  on("cleared", ({ phone: whose }) => { if (whose === phone?.id) show(phone); });
  on("phone", (changed) => {
    if (changed.id === phone?.id) {
      Object.assign(phone, changed);
      presence();
    }
    listeners.phone(changed);
  });
  on("webhook", listeners.webhook);
  on("violation", listeners.violation);
  on("reset", () => window.location.reload());
}
