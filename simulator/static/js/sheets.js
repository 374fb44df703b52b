// The sheets that rise from the bottom of the phone: list messages, place, contact, stickers; and the picture viewer.

import { current } from "./chat.js";
import { send } from "./composer.js";
import { byId, el } from "./dom.js";
import { icon } from "./icons.js";
import { PLACES, WORDS } from "./words.js";

export function sheet(title, name, ...inside) {
  const dialog = el("dialog", { class: "sheet", "data-testid": name, "aria-label": title },
    el("header", {}, el("button", { type: "button", class: "icon-button", "aria-label": WORDS.close, onclick: () => dialog.close() }, icon("close")), el("h3", {}, title)),
    ...inside);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  byId("sheets").append(dialog);
  dialog.showModal();
  const box = byId("phone").getBoundingClientRect();
  const frame = byId("phone").clientLeft;
  dialog.style.left = `${box.left + frame}px`;
  dialog.style.width = `${box.width - 2 * frame}px`;
  dialog.style.bottom = `${window.innerHeight - box.bottom + frame}px`;
  return dialog;
}

function form(fields, label, act) {
  const submit = (event) => {
    event.preventDefault();
    act(new FormData(event.target));
  };
  return el("form", { class: "sheet-form", onsubmit: submit }, fields, el("button", { type: "submit", class: "solid-button" }, label));
}

const field = (label, properties) => el("label", { class: "field" }, el("span", {}, label), el("input", { autocomplete: "off", ...properties }));

export function listSheet(message) {
  const { button, sections } = message.content.action;
  const row = (item) => el("label", { class: "list-row", "data-testid": "list-row", "data-id": item.id },
    el("span", {}, el("b", {}, item.title), item.description ? el("small", {}, item.description) : null),
    el("input", { type: "radio", name: "row", value: item.id, required: true, "aria-label": item.title }));
  const groups = sections.map((section) => el("fieldset", {}, section.title ? el("legend", {}, section.title) : null, section.rows.map(row)));
  const confirm = el("button", { type: "submit", class: "solid-button", "data-testid": "list-send", disabled: true }, WORDS.send);
  const choose = async (event) => {
    event.preventDefault();
    dialog.close();
    await send({ type: "tap", option: new FormData(event.target).get("row"), message: message.id });
  };
  const dialog = sheet(button, "list-sheet", el("form", { class: "list", onsubmit: choose, onchange: () => { confirm.disabled = false; } }, el("div", { class: "list-rows" }, groups), confirm));
}

export function locationSheet(message) {
  const share = async (place) => {
    dialog.close();
    await send({ type: "location", ...place, reply_to: message?.id });
  };
  const places = PLACES.map((place) => el("button", { type: "button", class: "sheet-row", "data-testid": "place", onclick: () => share(place) },
    el("span", { class: "round" }, icon("place")), el("span", {}, el("b", {}, place.name), el("small", {}, place.address))));
  const own = form([
    field(WORDS.placeName, { name: "name" }),
    el("div", { class: "pair" },
      field(WORDS.latitude, { name: "latitude", inputmode: "decimal", required: true, value: "-6.96995", pattern: "-?[0-9.]+" }),
      field(WORDS.longitude, { name: "longitude", inputmode: "decimal", required: true, value: "111.41835", pattern: "-?[0-9.]+" })),
  ], WORDS.shareLocation, (data) => share({ name: data.get("name"), latitude: Number(data.get("latitude")), longitude: Number(data.get("longitude")) }));
  const dialog = sheet(WORDS.locationTitle, "location-sheet", places, own);
}

export function contactSheet() {
  const share = async (data) => {
    dialog.close();
    await send({ type: "contact", name: data.get("name"), number: data.get("number") });
  };
  const dialog = sheet(WORDS.contactTitle, "contact-sheet", form([
    field(WORDS.name, { name: "name", required: true, value: "Bidan SPESIMEN" }),
    field(WORDS.number, { name: "number", required: true, value: "+6281200000099", inputmode: "tel", pattern: "\\+[0-9]{7,15}" }),
  ], WORDS.send, share));
}

export function ownContact(message) {
  const { name, number } = current();
  if (number) send({ type: "contact", name, number, requested: true, reply_to: message.id });
  else contactSheet();
}

let stickers = [];
export function setStickers(names) { stickers = names; }

export function stickerSheet() {
  const pick = (name) => { dialog.close(); send({ type: "sticker", name }); };
  const choices = stickers.map((name) => el("button", { type: "button", "aria-label": name, "data-testid": "sticker-choice", onclick: () => pick(name) }, el("img", { src: `/stickers/${name}`, alt: "", width: 96, height: 96 })));
  const dialog = sheet(WORDS.stickerTitle, "sticker-sheet", el("div", { class: "stickers" }, choices));
}

export function newPhoneSheet(make) {
  const without = el("input", { type: "checkbox", name: "without", "data-testid": "without-number" });
  const number = field(WORDS.number, { name: "number", inputmode: "tel", pattern: "\\+[0-9]{7,15}", required: true, value: `+62812${String(Date.now()).slice(-8)}` });
  without.addEventListener("change", () => {
    number.hidden = without.checked;
    number.querySelector("input").disabled = without.checked;
  });
  const submit = (data) => { dialog.close(); make({ name: data.get("name"), number: data.get("number") }); };
  const dialog = sheet(WORDS.newPhoneTitle, "new-phone-sheet", form([
    field(WORDS.name, { name: "name", required: true, value: "Warga SPESIMEN", maxlength: 60 }), number,
    el("label", { class: "switch" }, without, el("span", {}, WORDS.withoutNumber)),
  ], WORDS.make, submit));
}

export function viewer(address, alt) {
  const dialog = el("dialog", { class: "viewer", "aria-label": alt },
    el("button", { type: "button", class: "icon-button on-dark", "aria-label": WORDS.close, onclick: () => dialog.close() }, icon("close")),
    el("img", { src: address, alt }));
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  document.body.append(dialog);
  dialog.showModal();
}
