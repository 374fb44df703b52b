// Talks to the control API.

import { toast } from "./dom.js";
import { WORDS } from "./words.js";

async function call(method, path, body) {
  const multipart = body instanceof FormData;
  let answer;
  try {
    answer = await fetch(path, {
      method,
      body: body === undefined || multipart ? body : JSON.stringify(body),
      headers: body === undefined || multipart ? {} : { "Content-Type": "application/json" },
    });
  } catch {
    toast(WORDS.noServer);
    throw new Error("no server");
  }
  const data = await answer.json().catch(() => ({}));
  if (!answer.ok) {
    toast(data.error || data.message || WORDS.refused);
    throw new Error(data.error || `HTTP ${answer.status}`);
  }
  return data;
}

export const get = (path) => call("GET", path);
export const post = (path, body) => call("POST", path, body);
export const patch = (path, body) => call("PATCH", path, body);
export const remove = (path) => call("DELETE", path);
export const phonePath = (phone, what = "") => `/control/phones/${encodeURIComponent(phone)}${what}`;
