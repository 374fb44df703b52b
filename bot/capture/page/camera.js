// The page: asks what the link is for, opens the camera, says what to do differently, sends one photo at full resolution.
import { SIDE, hint, luma } from "./hints.js";

const $ = (id) => document.getElementById(id);
const secret = location.hash.slice(1);
const RATIO = { wide: 297 / 210, sheet: 210 / 297, card: 85.6 / 54 };
const EVERY = 350; // milliseconds between two looks
const MARGIN = 0.92; // share of the view that the frame takes
let shape = "sheet";
let stream = null;
let looking = 0;
let before = null;
let photo = null;

const step = (name) => { document.body.dataset.step = name; };
const call = (path, body) => fetch(path, { method: "POST", body, headers: { "x-tautan": secret }, referrerPolicy: "no-referrer", credentials: "omit" });

async function begin() {
  if (!secret) return step("over");
  try {
    const answer = await call("/foto/tautan");
    if (!answer.ok) return step("over");
    shape = (await answer.json()).shape;
  } catch {
    return void setTimeout(begin, 3000); // the line is down: asked again
  }
  step("begin");
}

async function open() {
  try {
    const wanted = { facingMode: { ideal: "environment" }, width: { ideal: 4096 }, height: { ideal: 3072 } };
    stream = await navigator.mediaDevices.getUserMedia({ video: wanted, audio: false });
    $("video").srcObject = stream;
    await $("video").play();
  } catch {
    close();
    $("barred").hidden = false;
    $("open").hidden = true;
    return step("begin");
  }
  step("camera");
  place();
  looking = setInterval(look, EVERY);
}

function close() {
  clearInterval(looking);
  stream?.getTracks().forEach((track) => track.stop());
  [stream, before] = [null, null];
}

// The frame's place in pixels of the video: as large as its shape allows.
function framed() {
  const { videoWidth: wide, videoHeight: high } = $("video");
  const width = Math.min(wide, high * RATIO[shape]) * MARGIN;
  const height = width / RATIO[shape];
  return { left: (wide - width) / 2, top: (high - height) / 2, width, height, wide, high };
}

function place() {
  const { width, height, wide, high } = framed();
  const shown = Math.min($("view").clientWidth / wide, $("view").clientHeight / high);
  $("frame").style.width = `${width * shown}px`;
  $("frame").style.height = `${height * shown}px`;
}

function look() {
  const { left, top, width, height } = framed();
  if (!width) return;
  const scale = SIDE / Math.max(width, height);
  const small = new OffscreenCanvas(Math.round(width * scale), Math.round(height * scale));
  const pen = small.getContext("2d", { willReadFrequently: true });
  pen.drawImage($("video"), left, top, width, height, 0, 0, small.width, small.height);
  const grey = luma(pen.getImageData(0, 0, small.width, small.height).data);
  const said = hint(grey, before, small.width, small.height);
  before = grey;
  $("hint").dataset.hint = $("frame").dataset.hint = said;
}

async function take() {
  clearInterval(looking);
  const [track] = stream.getVideoTracks();
  try {
    photo = await new ImageCapture(track).takePhoto(); // the camera's own resolution, where the browser can
  } catch {
    photo = await frameOfVideo();
  }
  close();
  show();
}

function frameOfVideo() {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [$("video").videoWidth, $("video").videoHeight];
  canvas.getContext("2d").drawImage($("video"), 0, 0);
  return new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.93));
}

function show(name = "") {
  const pictured = photo.type.startsWith("image/");
  $("shot").hidden = !pictured;
  if (pictured) $("shot").src = URL.createObjectURL(photo);
  $("named").textContent = pictured ? "" : name;
  $("failed").hidden = $("refused").hidden = true;
  step("shown");
}

async function send() {
  step("sending");
  let status = 0;
  try {
    status = (await call("/foto/kirim", photo)).status;
  } catch { /* the line was lost: told below */ }
  if (status === 204) return finish("done");
  if (status === 410) return finish("over");
  $("refused").hidden = !(status === 413 || status === 415);
  $("failed").hidden = status === 413 || status === 415;
  step("shown");
}

function finish(name) {
  photo = null;
  $("shot").removeAttribute("src");
  step(name);
}

function again() {
  photo = null;
  $("file").value = "";
  if ($("open").hidden) step("begin");
  else open();
}

$("open").addEventListener("click", open);
$("take").addEventListener("click", take);
$("leave").addEventListener("click", () => { close(); step("begin"); });
$("send").addEventListener("click", send);
$("again").addEventListener("click", again);
$("file").addEventListener("change", () => {
  if (!$("file").files.length) return;
  photo = $("file").files[0];
  show(photo.name);
});
addEventListener("resize", () => stream && place());
addEventListener("pagehide", close);
begin();
