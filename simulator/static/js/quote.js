// The small picture of a message that another one replies to.

import { el } from "./dom.js";
import { icon } from "./icons.js";
import { WORDS } from "./words.js";

const KINDS = {
  image: ["image", WORDS.photo], video: ["play", WORDS.video], audio: ["mic", WORDS.voice], sticker: ["smile", WORDS.sticker],
  document: ["document", WORDS.document], location: ["place", WORDS.location], contacts: ["person", WORDS.contact],
};

export function quote(message, jump) {
  const [sign, words] = KINDS[message.type] || [null, WORDS.unsupported];
  const text = message.text || message.content.filename || words;
  const who = message.direction === "out" ? WORDS.you : WORDS.business;
  const inside = [el("span", { class: "quote-text" }, el("b", {}, who), el("span", {}, sign ? icon(sign) : null, text.slice(0, 160)))];
  if (message.type === "image" && message.shown.media) inside.push(el("img", { src: `/media/${message.shown.media.id}/preview`, alt: "" }));
  const properties = { class: `quoted ${message.direction}`, "data-testid": "quote" };
  return jump ? el("button", { type: "button", ...properties, onclick: jump }, inside) : el("div", properties, inside);
}
