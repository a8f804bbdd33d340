// A line of the conversation: a message with what belongs to it, or a remark.

import { avatar, h, round } from "./dom.js";
import { icon } from "./icons.js";
import { toast } from "./menu.js";
import { content, gist, sender, senderName, system } from "./message.js";
import { act, emit, state, user } from "./store.js";
import { lastOwn, messageOf } from "./timeline.js";

// draw makes the element of a line.
export function draw(line) {
  if (!line.message) return remark(line);
  const m = line.message;
  const text = system(m, senderName(m));
  const node = text === null ? message(line) : h("p.remark.said", {}, text);
  if (line.findings && text !== null) return h(".systemline", {}, node, findings(line.findings));
  return node;
}

const signs = { kept: "check", careful: "warn", broken: "cross" };

function remark(line) {
  return h(
    "p.remark",
    {},
    line.turn
      ? h(
          "button.remarkbutton",
          { type: "button", onclick: () => emit("inspect", line.turn), class: line.grade && "grade-" + line.grade },
          line.grade && icon(signs[line.grade]),
          line.text,
          line.grade && h("span.hush", {}, ": " + line.grade),
        )
      : line.text,
  );
}

function message(line) {
  const m = line.message,
    from = sender(m);
  const who = { ...user(from._id), ...from };
  const mine = !line.bot && !who.isRobot;
  const c = content(m);
  const time = new Date(m.messageTimeMS ?? m.messageTime ?? NaN);
  const bubble = h(
    ".bubble",
    { class: [c.bare && "bare", c.wide && "wide", c.full && "full", c.empty && "emptybubble"].filter(Boolean).join(" ") },
    preview(m),
    c.node,
  );
  return h(
    "article.line",
    { class: mine ? "mine" : "theirs", "data-id": m._id, "aria-label": `${senderName(m)}: ${gist(m)}`.slice(0, 300) },
    avatar(who),
    h(
      ".stack",
      {},
      h(
        "header",
        {},
        h("b", {}, senderName(m)),
        who.isRobot && h("span.tag", {}, "bot"),
        !isNaN(time) &&
          h("time", { datetime: time.toISOString() }, time.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })),
      ),
      h(".held", {}, bubble, tools(line, m)),
      m.editedAt && h("span.after", {}, "edited"),
      line.findings && findings(line.findings),
    ),
  );
}

// preview is the message that this one answers, if it is known.
function preview(m) {
  const id = typeof m.reply === "string" ? m.reply : m.reply?._id;
  const to = id && (messageOf(id) ?? (typeof m.reply === "object" ? m.reply : null));
  return to && h("blockquote.preview", {}, h("b", {}, senderName(to)), h("span", {}, gist(to)));
}

function tools(line, m) {
  const own = !line.bot && sender(m)._id === state.speaker;
  return h(
    ".tools",
    {},
    round("info", "What was sent for this", () => emit("inspect", line.turn), { class: "small" }),
    round("reply", "Reply to this", () => emit("reply", m), { class: "small" }),
    own && round("edit", "Edit this", () => edit(m), { class: "small" }),
    own && round("trash", "Unsend this", () => unsend(m), { class: "small" }),
  );
}

// isLast tells whether a message may be changed: transcripts know only each person's
// last one.
function isLast(m) {
  if (lastOwn(state.speaker)?._id === m._id) return true;
  toast("Only the last message of each person can be changed.");
}

function edit(m) {
  if (isLast(m)) emit("edit", m);
}

function unsend(m) {
  if (isLast(m)) act({ verb: "edits", message: { messageType: "recall", message: "" } }).catch((e) => toast(e.message));
}

const clients = { web: "Web", mobile: "Mobile" };
const effects = { breaks: "broken", exposes: "broken", hides: "broken", disarms: "careful" };

// findings are the warnings: where a real client does otherwise than one thinks.
function findings(all) {
  const item = (f) =>
    h(
      "li",
      { class: effects[f.effect] },
      h("b", {}, clients[f.client] ?? f.client),
      h("span", {}, f.path && h("code", {}, f.path), f.path && " ", f.text),
    );
  const worst = ["broken", "careful"].find((g) => all.some((f) => effects[f.effect] === g));
  const shownFirst = all.slice(0, 3).map(item),
    rest = all.slice(3);
  const el = h("ul.findings", { class: worst, "aria-label": "What real clients do with this message" }, shownFirst);
  if (rest.length) {
    const more = h(
      "li",
      {},
      h("button.linkbutton", { type: "button", onclick: () => more.replaceWith(...rest.map(item)) }, `${rest.length} more`),
    );
    el.append(more);
  }
  return el;
}
