// Starts the page: `/?phone=<id>` chooses the phone, `&second=<id>` puts another beside it, `&bare=1` leaves the panel out.

import { get } from "./api.js";
import * as attach from "./attach.js";
import * as chat from "./chat.js";
import * as composer from "./composer.js";
import { byId } from "./dom.js";
import * as drawer from "./drawer.js";
import { flowSheet } from "./flow.js";
import { icon } from "./icons.js";
import * as panel from "./panel.js";
import { listSheet, locationSheet, ownContact, setStickers, viewer } from "./sheets.js";
import { WORDS } from "./words.js";

const asked = new URLSearchParams(window.location.search);
document.body.classList.toggle("bare", asked.has("bare"));

const start = await get("/control/start");
byId("business").textContent = WORDS.business = start.business.name;
document.title = `${start.business.name} – simulator WhatsApp`;
byId("chat").setAttribute("aria-label", `Percakapan dengan ${start.business.name}`);
byId("verified").append(icon("verified"));
setStickers(start.stickers);

composer.setUp();
attach.setUp(() => {
  panel.openPanel(true);
  byId("drawer").scrollIntoView({ block: "start", behavior: "smooth" });
  byId("drawer-search").focus({ preventScroll: true });
});
drawer.setUp(() => panel.openPanel(false));
chat.setUp({
  tap: {
    button: (message, option) => composer.send({ type: "tap", option: option.id, message: message.id }),
    list: listSheet,
    form: flowSheet,
    location: locationSheet,
    contact: ownContact,
    jump: chat.jump,
  },
  menu: composer.bubbleMenu,
  open: viewer,
});
await panel.setUp(start.phones, asked.get("phone"), asked.get("second"));
chat.follow(panel.listeners);
await drawer.load();
document.documentElement.dataset.ready = "yes";
