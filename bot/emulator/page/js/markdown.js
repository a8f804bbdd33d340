// The formatting that the vendor's web client applies to texts, as nodes. That
// client also lets raw HTML through; here it stays visible text, and the message
// carries a warning.

import { h } from "./dom.js";
import { picture } from "./media.js";
import { nickname, user } from "./store.js";

// markdown draws a text.
export function markdown(text) {
  const root = document.createDocumentFragment();
  root.append(...blocks(text.replace(/\r\n?/g, "\n").split("\n"), 0));
  return root;
}

const deep = 12; // quotes in quotes; deeper ones are drawn as text

const starts = [
  { test: /^ {0,3}(```|~~~)/, make: fence },
  { test: /^ {4}\S/, make: indented },
  { test: /^ {0,3}#{1,6}(\s|$)/, make: heading },
  { test: /^ {0,3}([-*_])( *\1){2,} *$/, make: (lines) => (lines.shift(), h("hr")) },
  { test: /^ {0,3}>/, make: quote },
  { test: /^ {0,3}[-*+]\s+\S/, make: list },
  { test: /^ {0,3}\d{1,9}[.)]\s+\S/, make: list },
];

function blocks(lines, depth) {
  const out = [];
  while (lines.length) {
    if (!lines[0].trim()) {
      lines.shift();
      continue;
    }
    const start = depth < deep && starts.find((s) => s.test.test(lines[0]));
    out.push(start ? start.make(lines, depth) : paragraph(lines, depth));
  }
  return out;
}

function paragraph(lines, depth) {
  const taken = [lines.shift()];
  while (lines.length && lines[0].trim() && !starts.some((s) => s.make !== indented && s.test.test(lines[0])))
    taken.push(lines.shift());
  return h("p", {}, inline(taken.map((l) => l.trimStart()).join("\n"), depth));
}

function fence(lines) {
  const mark = lines.shift().trim().slice(0, 3);
  const code = [];
  while (lines.length && !lines[0].trim().startsWith(mark)) code.push(lines.shift());
  lines.shift();
  return h("pre", {}, h("code", {}, code.join("\n")));
}

function indented(lines) {
  const code = [];
  while (lines.length && /^ {4}/.test(lines[0])) code.push(lines.shift().slice(4));
  return h("pre", {}, h("code", {}, code.join("\n")));
}

function heading(lines, depth) {
  const [, marks, text] = /^ {0,3}(#{1,6})\s*(.*?)\s*#*$/.exec(lines.shift());
  return h("p.head.h" + marks.length, {}, inline(text, depth));
}

function quote(lines, depth) {
  const inner = [];
  while (lines.length && /^ {0,3}>/.test(lines[0])) inner.push(lines.shift().replace(/^ {0,3}> ?/, ""));
  return h("blockquote", {}, blocks(inner, depth + 1));
}

const bullet = /^( {0,3})([-*+]|\d{1,9}[.)])\s+/;

function list(lines, depth) {
  const first = bullet.exec(lines[0]);
  const ordered = /\d/.test(first[2]);
  const el = h(ordered ? "ol" : "ul", ordered ? { start: parseInt(first[2], 10) } : {});
  while (lines.length) {
    const mark = bullet.exec(lines[0]);
    if (!mark || /\d/.test(mark[2]) !== ordered) break;
    const inner = [lines.shift().slice(mark[0].length)];
    while (lines.length && (/^ {2,}\S/.test(lines[0]) || (lines[0].trim() && !starts.some((s) => s.test.test(lines[0])))))
      inner.push(lines.shift().replace(/^ {2,4}/, ""));
    el.append(h("li", {}, blocks(inner, depth + 1)));
  }
  return el;
}

// The marks inside a line, tried in this order at each place.
const marks = [
  [/^\\([!-/:-@[-`{-~])/, (m) => m[1]],
  [/^!\[([^\]\n]{0,500})\]\(\s*<?([^\s()<>]{1,2000})>?[^()\n]{0,200}\)/, (m) => picture({ thumbnailUrl: m[2], alt: m[1] })],
  [/^\[([^\]\n]{1,500})\]\(\s*<?([^\s()<>]{0,2000})>?[^()\n]{0,200}\)/, (m, d) => link(m[2], inline(m[1], d + 1), m[0])],
  [/^<((?:https?|mailto|tel):[^\s<>]{1,2000})>/i, (m) => link(m[1], m[1], m[0])],
  [/^https?:\/\/[^\s<>"]{1,2000}[^\s<>"'.,;:!?)\]}]/i, (m) => link(m[0], m[0], m[0])],
  [/^(\*\*|__)(?=\S)([\s\S]{0,2000}?\S)\1/, (m, d) => h("strong", {}, inline(m[2], d + 1))],
  [/^~~(?=\S)([\s\S]{0,2000}?\S)~~/, (m, d) => h("s", {}, inline(m[1], d + 1))],
  [/^\*(?=[^\s*])([^*]{0,2000}?[^\s*])\*(?!\*)/, (m, d) => h("em", {}, inline(m[1], d + 1))],
  [/^_(?=[^\s_])([^_]{0,2000}?[^\s_])_(?![\p{L}\p{N}_])/u, (m, d) => h("em", {}, inline(m[1], d + 1)), "word"],
  [/^@([\w.·-]{2,37})/, (m) => user(m[1]) && h("span.mention", {}, "@" + nickname(m[1]))],
  [/^&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,8});/i, (m) => entity(m[1])],
  [/^ *\n/, () => h("br")],
];

const special = /[\\`![<h*_~@&\n ]/gi;

function inline(text, depth) {
  const out = [];
  let plain = "";
  const flush = () => {
    if (plain) out.push(plain);
    plain = "";
  };
  for (let i = 0; i < text.length;) {
    special.lastIndex = i;
    const next = special.exec(text)?.index ?? text.length;
    plain += text.slice(i, next);
    i = next;
    if (i >= text.length) break;
    const found = depth < deep && match(text, i, depth);
    if (!found) {
      plain += text[i++];
      continue;
    }
    if (typeof found.node === "string") plain += found.node;
    else {
      flush();
      out.push(found.node);
    }
    i += found.length;
  }
  flush();
  return out;
}

// code is text between two equally long runs of backticks; a run without a partner
// is text as a whole.
function code(text, i) {
  const [run] = /^`+/.exec(text.slice(i, i + 4200));
  for (const m of text.slice(i + run.length, i + 4200).matchAll(/`+/g)) {
    if (m[0].length === run.length)
      return { node: h("code", {}, text.substr(i + run.length, m.index).trim()), length: m.index + 2 * run.length };
  }
  return { node: run, length: run.length };
}

function match(text, i, depth) {
  if (text[i] === "`") return code(text, i);
  const rest = text.slice(i, i + 4200);
  for (const [pattern, make, word] of marks) {
    if (word && /[\p{L}\p{N}]/u.test(text[i - 1] ?? "")) continue;
    const m = pattern.exec(rest);
    const node = m && make(m, depth);
    if (node) return { node, length: m[0].length };
  }
  return null;
}

const named = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: "\u00a0",
  copy: "©",
  hellip: "…",
  mdash: "—",
  ndash: "–",
};

function entity(name) {
  if (name[0] !== "#") return named[name];
  const n = name[1] === "x" || name[1] === "X" ? parseInt(name.slice(2), 16) : parseInt(name.slice(1), 10);
  return n > 0 && n <= 0x10ffff ? String.fromCodePoint(n) : undefined;
}

// address returns a URL that may be opened, or nothing: scripts hide in others.
export function address(url) {
  if (typeof url !== "string") return null;
  try {
    const u = new URL(url.trim());
    return ["http:", "https:", "mailto:", "tel:"].includes(u.protocol) ? u.href : null;
  } catch {
    return null;
  }
}

// link opens in another tab, which learns nothing of this one.
export function link(url, content, otherwise) {
  const href = address(url);
  if (!href) return otherwise ?? content;
  return h("a", { href, target: "_blank", rel: "noopener noreferrer" }, content);
}

// plain draws a text as it is, for what the web client does not format.
export const plain = (text) => h("p.plain", {}, text);

// onlyEmoji tells texts that the web client draws large.
export const onlyEmoji = (text) =>
  text.length < 60 &&
  /^(?:\p{Extended_Pictographic}[\u{1F3FB}-\u{1F3FF}\uFE0F\u200D]*|[\u{1F1E6}-\u{1F1FF}]{2}|\s)+$/u.test(text) &&
  text.trim() !== "";
