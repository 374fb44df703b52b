// Draws one bubble (or one album) from the messages it holds.

import { content } from "./contents.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { quote } from "./quote.js";
import { WORDS } from "./words.js";

const RANK = ["failed", "pending", "sent", "delivered", "read"];
const TICKS = { pending: "pending", sent: "sent", delivered: "delivered", read: "delivered", failed: "close" };
const BARE = new Set(["sticker"]);

export const clock = (at) => new Date(at * 1000).toLocaleTimeString("id-ID", { hour: "2-digit", minute: "2-digit" }).replace(":", ".");

function ticks(messages) {
  const state = messages.map((message) => message.state).sort((a, b) => RANK.indexOf(a) - RANK.indexOf(b))[0];
  const drawn = icon(TICKS[state]);
  return el("span", { class: `ticks ${state}`, "data-testid": "ticks", "data-state": state, role: "img", "aria-label": WORDS.states[state] }, drawn);
}

function reactions(message) {
  const emojis = Object.values(message.reactions);
  return emojis.length ? el("span", { class: "reactions", "data-testid": "reactions" }, [...new Set(emojis)].join("")) : null;
}

function quickReplies(message, tap) {
  if (message.direction !== "in") return null;
  const buttons = message.options.filter((option) => option.type !== "list_reply");
  const rows = message.options.length - buttons.length;
  const drawn = buttons.map((option) => el("button", {
    type: "button", class: "choice", "data-testid": "reply-button", "data-id": option.id, disabled: message.chosen !== null, onclick: () => tap.button(message, option),
  }, icon("reply"), option.title));
  if (rows) {
    const open = { type: "button", class: "choice", "data-testid": "list-open", "aria-haspopup": "dialog", onclick: () => tap.list(message) };
    drawn.push(el("button", open, icon("list"), message.content.action.button));
  }
  const request = { location_request_message: ["place", WORDS.shareLocation, tap.location], contact_request: ["person", WORDS.shareContact, tap.contact] }[message.content.type];
  if (request) {
    const [name, words, act] = request;
    drawn.push(el("button", { type: "button", class: "choice", "data-testid": `request-${name}`, onclick: () => act(message) }, icon(name), words));
  }
  if (message.content.type === "flow") {
    const open = { type: "button", class: "choice", "data-testid": "flow-open", "aria-haspopup": "dialog", onclick: () => tap.form(message) };
    drawn.push(el("button", open, icon("list"), message.content.action.parameters.flow_cta));
  }
  if (message.content.type === "cta_url") {
    const { display_text: words, url } = message.content.action.parameters;
    drawn.push(el("a", { class: "choice", href: url, target: "_blank", rel: "noopener noreferrer", "data-testid": "cta" }, icon("open"), words));
  }
  return drawn.length ? el("div", { class: "choices" }, drawn) : null;
}

export function bubble(messages, { find, tap, menu, open, first }) {
  const [message] = messages;
  const quoted = message.reply_to && find(message.reply_to);
  const longPress = (event) => {
    if (!window.matchMedia("(pointer: coarse)").matches) return;
    event.preventDefault();
    menu(message, event.currentTarget.querySelector(".bubble-more"));
  };
  const body = el("div", { class: "body" },
    quoted ? quote(quoted, () => tap.jump(quoted.id)) : null,
    content(messages, open),
    el("span", { class: "meta" }, el("time", { datetime: new Date(message.at * 1000).toISOString() }, clock(message.at)), message.direction === "out" ? ticks(messages) : null),
    el("button", { type: "button", class: "bubble-more", "aria-label": WORDS.more, "data-testid": "bubble-more", "aria-haspopup": "menu", onclick: (event) => menu(message, event.currentTarget) }, icon("down")),
    reactions(message));
  return el("article", {
    class: `bubble ${message.direction} kind-${message.type} ${first ? "first" : ""} ${BARE.has(message.type) ? "bare" : ""}`,
    "data-testid": "bubble", "data-direction": message.direction, "data-type": message.type, "data-id": message.id, "data-state": message.state,
    "aria-label": message.direction === "out" ? WORDS.you : WORDS.business, oncontextmenu: longPress,
  }, body, quickReplies(message, tap));
}
