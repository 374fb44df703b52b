// The drawer of SPESIMEN documents: one click sends one, several can be picked and sent together.

import { get, phonePath, post } from "./api.js";
import { current } from "./chat.js";
import { takeReply } from "./composer.js";
import { byId, el } from "./dom.js";
import { icon } from "./icons.js";
import { WORDS } from "./words.js";

let groups = [];
let selecting = false;
const picked = new Set();
let afterSend = () => {};

const as = () => document.querySelector("input[name=drawer-as]:checked").value;

async function sendItems(items) {
  await post(phonePath(current().id, "/specimen"), { items, as: as(), reply_to: takeReply() });
  afterSend();
}

function touch(item) {
  if (!selecting) {
    sendItems([item.path]).catch(() => {});
    return;
  }
  if (!picked.delete(item.path)) picked.add(item.path);
  draw();
}

function tile(item) {
  const preview = el("img", { src: `/control/specimen/preview/${item.path.split("/").map(encodeURIComponent).join("/")}`, alt: "", loading: "lazy" });
  preview.addEventListener("error", () => preview.replaceWith(el("span", { class: "no-preview" }, icon("document"))));
  const place = [...picked].indexOf(item.path) + 1;
  return el("button", {
    type: "button", class: "specimen", "data-testid": "drawer-item", "data-path": item.path, "aria-label": WORDS.sendItem(item.title),
    "aria-pressed": selecting ? String(place > 0) : null, title: item.title, onclick: () => touch(item),
  }, el("span", { class: "specimen-picture" }, preview, item.mime === "application/pdf" ? el("span", { class: "badge" }, "PDF") : null, place ? el("span", { class: "picked" }, String(place)) : null),
  el("span", { class: "specimen-title" }, item.title));
}

function draw() {
  const open = new Set([...byId("drawer-groups").querySelectorAll("details[open]")].map((details) => details.dataset.name));
  const wanted = byId("drawer-search").value.trim().toLowerCase();
  const matches = groups
    .map((group) => ({ ...group, items: group.items.filter((item) => `${group.title} ${item.title}`.toLowerCase().includes(wanted)) }))
    .filter((group) => group.items.length);
  const drawn = matches.map((group, place) => el("details", { "data-name": group.name, open: wanted !== "" || open.has(group.name) || (open.size === 0 && place === 0) },
    el("summary", {}, group.title, el("span", { class: "count" }, String(group.items.length))),
    el("div", { class: "specimens" }, group.items.map(tile))));
  const scrolled = byId("drawer-groups").scrollTop;
  const focused = document.activeElement?.dataset.path;
  byId("drawer-groups").replaceChildren(...(drawn.length ? drawn : [el("p", { class: "hint" }, groups.length ? WORDS.drawerNothing : WORDS.drawerEmpty)]));
  byId("drawer-groups").scrollTop = scrolled;
  if (focused) byId("drawer-groups").querySelector(`[data-path="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  byId("drawer-bar").hidden = picked.size === 0;
  byId("drawer-count").textContent = WORDS.selected(picked.size);
  byId("drawer-send").textContent = WORDS.sendAlbum(picked.size);
  byId("drawer-select").textContent = selecting ? WORDS.selectDone : WORDS.selectSeveral;
  byId("drawer-select").setAttribute("aria-pressed", String(selecting));
}

export async function load() {
  ({ groups } = await get("/control/specimen"));
  draw();
}

export function setUp(done) {
  afterSend = done;
  byId("drawer-search").addEventListener("input", draw);
  byId("drawer-select").addEventListener("click", () => {
    selecting = !selecting;
    picked.clear();
    draw();
  });
  byId("drawer-send").addEventListener("click", async () => {
    const items = [...picked];
    picked.clear();
    selecting = false;
    draw();
    await sendItems(items).catch(() => {});
  });
}
