// Sending files: the attach menu, drag and drop, paste, the camera, and the preview with its caption.

import { phonePath, post } from "./api.js";
import { current } from "./chat.js";
import { takeReply } from "./composer.js";
import { byId, el, toast } from "./dom.js";
import { icon } from "./icons.js";
import { contactSheet, locationSheet, stickerSheet } from "./sheets.js";
import { WORDS } from "./words.js";

let chosen = [];
let shown = 0;
let stream = null;

const isPhoto = (file) => file.type.startsWith("image/") || /\.hei[cf]$/i.test(file.name);

async function deliver(files, as, caption) {
  const form = new FormData();
  form.set("as", as);
  if (caption) form.set("caption", caption);
  const reply = takeReply();
  if (reply) form.set("reply_to", reply);
  files.forEach((file) => form.append("file", file, file.name));
  await post(phonePath(current().id, "/files"), form);
}

export function choose(files, as) {
  const list = [...files];
  if (!list.length) return;
  if (as === "document" || !list.every(isPhoto)) {
    const video = as !== "document" && list.every((file) => file.type.startsWith("video/"));
    deliver(list, video ? "video" : "document", "").catch(() => {});
    return;
  }
  chosen.push(...list.map((file) => ({ file, url: URL.createObjectURL(file) })));
  shown = chosen.length - list.length;
  drawPreview();
  byId("preview-caption").focus();
}

function drawPreview() {
  byId("preview").hidden = chosen.length === 0;
  if (!chosen.length) return;
  shown = Math.min(shown, chosen.length - 1);
  byId("preview-main").replaceChildren(el("img", { src: chosen[shown].url, alt: WORDS.previewOf(shown + 1, chosen.length) }));
  const strip = chosen.map(({ file, url }, place) => el("span", { class: `thumb ${place === shown ? "on" : ""}`, role: "listitem" },
    el("button", { type: "button", "aria-label": WORDS.previewOf(place + 1, chosen.length), onclick: () => { shown = place; drawPreview(); } }, el("img", { src: url, alt: "" })),
    el("button", { type: "button", class: "drop", "aria-label": WORDS.removeFile(file.name), onclick: () => { chosen.splice(place, 1); drawPreview(); } }, icon("close"))));
  strip.push(el("button", { type: "button", class: "thumb add", "aria-label": WORDS.attach.gallery, onclick: () => byId("file-photo").click() }, icon("add")));
  byId("preview-strip").replaceChildren(...strip);
}

function closePreview() {
  chosen.forEach(({ url }) => URL.revokeObjectURL(url));
  chosen = [];
  byId("preview-caption").value = "";
  drawPreview();
  byId("composer").focus();
}

async function sendPreview(event) {
  event.preventDefault();
  const files = chosen.map(({ file }) => file);
  const as = document.querySelector("input[name=preview-as]:checked").value;
  const caption = byId("preview-caption").value.trim();
  byId("preview-send").disabled = true;
  try {
    await deliver(files, as, caption);
    closePreview();
  } catch { /* the toast has said why; the preview stays */ } finally {
    byId("preview-send").disabled = false;
  }
}

async function openCamera() {
  if (matchMedia("(pointer: coarse)").matches || !navigator.mediaDevices?.getUserMedia) {
    byId("file-camera").click();
    return;
  }
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1920 } } });
  } catch {
    toast(WORDS.noCamera);
    byId("file-camera").click();
    return;
  }
  byId("viewfinder").hidden = false;
  byId("viewfinder-video").srcObject = stream;
  await byId("viewfinder-video").play();
  byId("shutter").focus();
}

function closeCamera() {
  stream?.getTracks().forEach((track) => track.stop());
  stream = null;
  byId("viewfinder").hidden = true;
}

function shoot() {
  const video = byId("viewfinder-video");
  const canvas = el("canvas", { width: video.videoWidth, height: video.videoHeight });
  canvas.getContext("2d").drawImage(video, 0, 0);
  canvas.toBlob((blob) => {
    closeCamera();
    choose([new File([blob], "kamera.jpg", { type: "image/jpeg" })], "photo");
  }, "image/jpeg", 0.92);
}

function attachMenu(openDrawer) {
  const items = [
    ["document", "document", () => byId("file-document").click()],
    ["gallery", "image", () => byId("file-photo").click()],
    ["camera", "camera", openCamera],
    ["location", "place", () => locationSheet()],
    ["contact", "person", () => contactSheet()],
    ["specimen", "folder", openDrawer],
  ];
  const menu = byId("attach-menu");
  const toggle = (open) => {
    menu.hidden = !open;
    byId("attach").setAttribute("aria-expanded", String(open));
    if (open) menu.querySelector("button").focus();
  };
  menu.append(...items.map(([name, sign, act]) => el("button", {
    type: "button", role: "menuitem", class: `attach-${name}`, "data-testid": `attach-${name}`, onclick: () => { toggle(false); act(); },
  }, el("span", {}, icon(sign)), WORDS.attach[name])));
  menu.addEventListener("keydown", (event) => { if (event.key === "Escape") { toggle(false); byId("attach").focus(); } });
  byId("attach").addEventListener("click", () => toggle(menu.hidden));
  document.addEventListener("click", (event) => {
    if (!menu.hidden && !menu.contains(event.target) && !byId("attach").contains(event.target)) toggle(false);
  });
}

function dropping() {
  const phone = byId("phone");
  let depth = 0;
  const hint = (on) => { byId("drop-hint").hidden = !on; };
  const files = (event) => event.dataTransfer?.types.includes("Files");
  phone.addEventListener("dragenter", (event) => { if (files(event)) { depth += 1; hint(true); } });
  phone.addEventListener("dragleave", () => { depth = Math.max(0, depth - 1); if (!depth) hint(false); });
  phone.addEventListener("dragover", (event) => event.preventDefault());
  phone.addEventListener("drop", (event) => {
    event.preventDefault();
    depth = 0;
    hint(false);
    choose(event.dataTransfer.files, "photo");
  });
  byId("composer").addEventListener("paste", (event) => {
    if (event.clipboardData.files.length) {
      event.preventDefault();
      choose(event.clipboardData.files, "photo");
    }
  });
}

export function setUp(openDrawer) {
  attachMenu(openDrawer);
  dropping();
  for (const [id, as] of [["file-photo", "photo"], ["file-camera", "photo"], ["file-document", "document"]]) {
    byId(id).addEventListener("change", (event) => { choose(event.target.files, as); event.target.value = ""; });
  }
  byId("camera").addEventListener("click", openCamera);
  byId("sticker").addEventListener("click", () => stickerSheet());
  byId("viewfinder-close").append(icon("close"));
  byId("viewfinder-close").addEventListener("click", closeCamera);
  byId("shutter").addEventListener("click", shoot);
  byId("preview-close").append(icon("close"));
  byId("preview-send").append(icon("send"));
  byId("preview-close").addEventListener("click", closePreview);
  byId("preview-form").addEventListener("submit", sendPreview);
  byId("preview").addEventListener("keydown", (event) => { if (event.key === "Escape") closePreview(); });
}
