// Renders WhatsApp's own marks (*bold* _italic_ ~strike~ `code` ```mono``` lists, quotes, links) as DOM nodes.

import { el } from "./dom.js";

const WORD = "\\p{L}\\p{N}";
const marked = (sign) => new RegExp(`(?<![${WORD}])${sign}(?=\\S)([^\\n]+?)(?<=\\S)${sign}(?![${WORD}])`, "u");

const RULES = [
  [/```([\s\S]+?)```/u, (match) => el("code", { class: "mono" }, match[1])],
  [/`([^`\n]+)`/u, (match) => el("code", {}, match[1])],
  [/\bhttps?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]}*_~]/u, (match) => link(match[0])],
  [marked("\\*"), (match) => el("strong", {}, inline(match[1]))],
  [marked("_"), (match) => el("em", {}, inline(match[1]))],
  [marked("~"), (match) => el("s", {}, inline(match[1]))],
];

function link(address) {
  return el("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, address);
}

function inline(text) {
  let first = null;
  for (const [pattern, build] of RULES) {
    const match = pattern.exec(text);
    if (match && (first === null || match.index < first.match.index)) first = { match, build };
  }
  if (first === null) return [document.createTextNode(text)];
  const { match, build } = first;
  const before = text.slice(0, match.index);
  return [before && document.createTextNode(before), build(match), ...inline(text.slice(match.index + match[0].length))].filter(Boolean);
}

const LINES = [
  [/^[-*•] (.*)$/, "ul", (match) => el("li", {}, inline(match[1]))],
  [/^(\d{1,3})[.] (.*)$/, "ol", (match) => el("li", { value: match[1] }, inline(match[2]))],
  [/^> ?(.*)$/, "blockquote", (match) => el("p", {}, inline(match[1]))],
];

export function format(text) {
  if (text.includes("```")) return inline(text);
  const nodes = [];
  let block = null;
  for (const line of text.split("\n")) {
    const rule = LINES.find(([pattern]) => pattern.test(line));
    if (rule) {
      const [pattern, tag, build] = rule;
      if (block?.localName !== tag) nodes.push(block = el(tag));
      block.append(build(pattern.exec(line)));
    } else {
      if (nodes.length && !block) nodes.push(document.createTextNode("\n"));
      nodes.push(...inline(line));
      block = null;
    }
  }
  return nodes;
}
