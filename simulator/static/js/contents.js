// Draws what is inside a bubble: one small function for each type of message.

import { el } from "./dom.js";
import { format } from "./format.js";
import { icon } from "./icons.js";
import { WORDS } from "./words.js";

const source = (message) => (message.shown.media ? `/media/${message.shown.media.id}` : message.shown.link);
const words = (text) => (text ? el("div", { class: "text", dir: "auto", "data-testid": "text" }, format(text)) : null);

function size(bytes) {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1e6 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1).replace(".", ",")} MB`;
}

function picture(message, open, extra = "") {
  const { media } = message.shown;
  const alt = message.content.caption || WORDS.photo;
  const image = el("img", { src: media ? `${source(message)}/preview` : source(message), alt, loading: "lazy", draggable: "false", width: media?.width, height: media?.height });
  return el("button", { type: "button", class: `photo ${extra}`, "aria-label": WORDS.openPhoto, onclick: () => open(source(message), alt) }, image);
}

function album(messages, open) {
  const shown = messages.slice(0, 4);
  const rest = messages.length - shown.length;
  const tiles = shown.map((message, place) => {
    const tile = picture(message, open, "tile");
    if (rest && place === 3) tile.append(el("span", { class: "more" }, `+${rest}`));
    return tile;
  });
  const caption = messages.map((message) => message.content.caption).find(Boolean);
  return [el("div", { class: `album of-${shown.length}`, role: "group", "aria-label": WORDS.menuAlbum(messages.length) }, tiles), words(caption)];
}

function paper(message, file = message.content) {
  const { media } = message.shown;
  const name = file.filename || media?.filename || WORDS.document;
  const type = (name.split(".").length > 1 ? name.split(".").pop() : "").toUpperCase();
  const facts = [media?.pages ? WORDS.pages(media.pages) : null, media ? size(media.size) : null, type].filter(Boolean).join(" · ");
  const preview = media && !media.damaged && (media.pages || media.width) ? el("img", { class: "paper-preview", src: `/media/${media.id}/preview`, alt: "", loading: "lazy" }) : null;
  return el("a", { class: "paper", href: source(message) || "#", target: "_blank", rel: "noopener", "aria-label": WORDS.openFile(name), "data-testid": "document", "data-filename": name },
    preview,
    el("span", { class: "paper-row" },
      el("span", { class: `paper-icon ${type.toLowerCase()}` }, icon("document"), el("span", {}, type.slice(0, 4))),
      el("span", { class: "paper-name" }, el("b", {}, name), el("small", {}, facts))));
}

function duration(seconds) {
  return `0.${String(Math.round(seconds)).padStart(2, "0")}`;
}

function voice(message) {
  const audio = el("audio", { src: source(message), preload: "metadata" });
  const time = el("span", { class: "voice-time" }, duration(3));
  const button = el("button", { type: "button", class: "voice-play", "aria-label": WORDS.play }, icon("play"));
  const wave = el("span", { class: "wave", "aria-hidden": "true" });
  for (let bar = 0; bar < 34; bar += 1) {
    const line = el("i");
    line.style.height = `${4 + Math.abs(Math.sin(bar * 1.7) * Math.cos(bar * 0.6)) * 18}px`;
    wave.append(line);
  }
  const draw = () => {
    button.replaceChildren(icon(audio.paused ? "play" : "pause"));
    button.setAttribute("aria-label", audio.paused ? WORDS.play : WORDS.pause);
    const part = audio.duration ? audio.currentTime / audio.duration : 0;
    [...wave.children].forEach((line, place) => line.classList.toggle("played", place / 34 < part));
    time.textContent = duration(audio.paused && audio.duration ? audio.duration : audio.currentTime);
  };
  for (const event of ["play", "pause", "timeupdate", "ended", "loadedmetadata"]) audio.addEventListener(event, draw);
  button.addEventListener("click", () => (audio.paused ? audio.play() : audio.pause()));
  return el("div", { class: "voice" }, button, el("span", { class: "voice-line" }, wave, time), el("span", { class: "voice-mic" }, icon("mic")), audio);
}

function place({ content }) {
  const { latitude, longitude, name, address } = content;
  const where = `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
  const map = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`;
  return el("a", { class: "place", href: map, target: "_blank", rel: "noopener noreferrer" },
    el("span", { class: "map" }, icon("place")), el("b", {}, name || WORDS.location), el("small", {}, address || where));
}

function cards({ content }) {
  return content.contacts.map((card) => el("div", { class: "card-contact" },
    el("span", { class: "avatar letter" }, card.name.formatted_name.slice(0, 1)),
    el("span", {}, el("b", {}, card.name.formatted_name), el("small", {}, card.phones?.[0]?.phone || ""))));
}

function interactive(message, open) {
  const { header, body, footer } = message.content;
  if (message.content.nfm_reply) return [words(WORDS.formSent)];
  const reply = message.content.button_reply || message.content.list_reply;
  if (reply) return [words(reply.title), reply.description ? el("small", { class: "row-description" }, reply.description) : null];
  const heads = {
    text: () => el("div", { class: "head" }, header.text),
    image: () => picture(message, open),
    document: () => paper(message, header.document),
    video: () => el("video", { src: source(message), controls: true }),
  };
  return [header ? heads[header.type]() : null, words(body?.text), footer ? el("small", { class: "foot" }, footer.text) : null];
}

const TYPES = {
  text: (message) => words(message.text),
  image: (message, open) => [picture(message, open), words(message.text)],
  document: (message) => [paper(message), words(message.text)],
  audio: voice,
  video: (message) => [el("video", { class: "film", src: source(message), controls: true, preload: "metadata" }), words(message.text)],
  sticker: (message) => el("img", { class: "sticker", src: source(message), alt: WORDS.sticker, width: 150, height: 150 }),
  location: place,
  contacts: cards,
  interactive,
  button: (message) => words(message.text),
  template: (message) => words(message.text),
};

export function content(messages, open) {
  if (messages.length > 1) return album(messages, open);
  const draw = TYPES[messages[0].type] || (() => el("em", { class: "unsupported" }, WORDS.unsupported));
  return [draw(messages[0], open)].flat();
}
