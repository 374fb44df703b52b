// The line at the bottom: writing, replying, the voice note, the menu on a bubble.

import { phonePath, post } from "./api.js";
import { current } from "./chat.js";
import { byId, el, toast } from "./dom.js";
import { icon } from "./icons.js";
import { quote } from "./quote.js";
import { WORDS } from "./words.js";

const EMOJIS = ["👍", "❤️", "😂", "😮", "😢", "🙏"];
let replyTo = null;

export const send = (body) => post(phonePath(current().id, "/send"), body);

export function takeReply() {
  const id = replyTo?.id;
  reply(null);
  return id;
}

function reply(message) {
  replyTo = message;
  byId("reply-bar").hidden = !message;
  byId("reply-quote").replaceChildren(...(message ? [quote(message)] : []));
  if (message) byId("composer").focus();
}

function fit() {
  const field = byId("composer");
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight, 132)}px`;
  const empty = field.value.trim() === "";
  byId("send").hidden = empty;
  byId("voice").hidden = !empty;
}

async function sendText() {
  const field = byId("composer");
  const text = field.value.trim();
  if (!text) return;
  field.value = "";
  fit();
  try {
    await send({ type: "text", text, reply_to: takeReply() });
  } catch {
    field.value = text;
    fit();
  }
}

export function bubbleMenu(message, anchor) {
  byId("phone").querySelector(".bubble-menu")?.remove();
  const close = () => { menu.remove(); anchor.focus(); };
  const act = (words, work) => el("button", { type: "button", role: "menuitem", onclick: () => { close(); work(); } }, words);
  const react = (emoji) => {
    const taken = message.reactions.citizen === emoji;
    close();
    send({ type: "reaction", message: message.id, emoji: taken ? "" : emoji });
  };
  const bar = EMOJIS.map((emoji) => el("button", { type: "button", role: "menuitem", class: "emoji", "aria-label": WORDS.react(emoji), onclick: () => react(emoji) }, emoji));
  const copy = () => navigator.clipboard?.writeText(message.text || "").then(() => toast(WORDS.copied));
  const menu = el("div", { class: "bubble-menu", role: "menu", onkeydown: (event) => event.key === "Escape" && close() },
    message.direction === "in" ? el("div", { class: "emojis" }, bar) : null,
    act(WORDS.reply, () => reply(message)),
    message.text ? act(WORDS.copy, copy) : null);
  byId("phone").append(menu);
  const box = byId("phone").getBoundingClientRect();
  const at = anchor.getBoundingClientRect();
  menu.style.top = `${Math.max(8, Math.min(at.bottom - box.top, box.height - menu.offsetHeight - 8))}px`;
  menu.style.left = `${Math.max(8, Math.min(at.right - box.left - menu.offsetWidth, box.width - menu.offsetWidth - 8))}px`;
  menu.querySelector("button").focus();
  setTimeout(() => document.addEventListener("click", (event) => menu.contains(event.target) || menu.remove(), { once: true }));
}

export function setUp() {
  byId("sticker").append(icon("smile"));
  byId("attach").append(icon("attach"));
  byId("camera").append(icon("camera"));
  byId("send").append(icon("send"));
  byId("voice").append(icon("mic"));
  byId("reply-cancel").append(icon("close"));
  byId("reply-cancel").addEventListener("click", () => reply(null));
  byId("voice").addEventListener("click", () => send({ type: "voice" }));
  byId("composer-form").addEventListener("submit", (event) => { event.preventDefault(); sendText(); });
  byId("composer").addEventListener("input", fit);
  byId("composer").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      sendText();
    }
    if (event.key === "Escape") reply(null);
  });
  fit();
}
