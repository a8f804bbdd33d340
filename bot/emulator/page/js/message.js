// Messages as the vendor's web client draws them, type by type. Where it would show
// nothing, a note stands in the empty bubble.

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { address, link, markdown, onlyEmoji, plain } from "./markdown.js";
import { bytes, clock, picture, source } from "./media.js";
import { flex } from "./flex.js";
import { template } from "./template.js";
import { nickname } from "./store.js";

// object reads a field that may be an object or JSON in a string.
export function object(v) {
  if (typeof v === "string") {
    try {
      v = JSON.parse(v);
    } catch {
      return null;
    }
  }
  return v && typeof v === "object" && !Array.isArray(v) ? v : null;
}

const array = (v) => (Array.isArray(v) ? v : []);
const string = (v) => (typeof v === "string" ? v : undefined);

// content returns {node, wide, bare} for what is in a bubble; bare ones have no
// background.
export function content(m) {
  const draw = types[m.messageType];
  try {
    return { ...(draw ? draw(m) : nothing("a type it does not know")) };
  } catch {
    return nothing("this message fails while it is drawn");
  }
}

const types = {
  text: (m) => text(m.message),
  image: (m) => ({ node: pictures(m), bare: true }),
  mixed: (m) => ({ node: h(".mixed", {}, pictures(m), h(".text", {}, markdown(String(m.message ?? "")))) }),
  video,
  audio,
  location: place,
  sticker,
  file,
  template: (m) => template(object(m.template)) ?? nothing("a template it does not know"),
  flex: (m) => flex(object(m.contents)) ?? nothing("no contents"),
  ai_streaming: (m) => text(string(m.text)),
  payment: (m) => payment(m),
  "payment-select": (m) => payment(m),
  line: (m) =>
    object(m.extra)?.type === "sticker"
      ? { node: stickerTile("LINE sticker"), bare: true }
      : nothing("a bridged message of this type"),
};

function text(t) {
  if (t === undefined || t === null) return nothing("no text");
  if (typeof t !== "string") return nothing("a text that is no string");
  return { node: h(".text" + (onlyEmoji(t) ? ".emoji" : ""), {}, markdown(t)), bare: onlyEmoji(t) };
}

// nothing is the empty bubble of the web client.
export function nothing(why) {
  return { node: h("p.nothing", {}, "Empty in the web client: " + why), empty: true };
}

function pictures(m) {
  const all = array(m.images).filter((i) => i?.originalUrl || i?.thumbnailUrl);
  const shown = all.length ? all : [m];
  return h(
    ".pictures" + (shown.length > 1 ? ".many" : ""),
    {},
    shown.slice(0, 30).map((i) => picture(i)),
  );
}

function video(m) {
  const v = object(m.video) ?? m;
  const src = source(v.originalUrl);
  if (src) return { node: h("video.own", { src, controls: true, preload: "metadata" }), bare: true };
  const el = picture(v, "video");
  if (+v.duration > 0) el.append(h("span.length", {}, clock(v.duration)));
  return { node: el, bare: true };
}

function audio(m) {
  const src = source(m.originalUrl);
  if (src) return { node: h("audio.own", { src, controls: true, preload: "metadata" }), wide: true };
  return { node: card("audio", string(m.message) || "Audio", clock(m.duration), m.originalUrl) };
}

function card(symbol, title, sub, url) {
  return h(
    ".card",
    {},
    h("span.symbol", {}, icon(symbol)),
    h("span.grow", {}, h("b", {}, title), h("span.sub", {}, sub), url && h("span.url", { title: url }, url)),
  );
}

function file(m) {
  const extra = object(m.extra);
  if (!extra || !string(extra.fileName))
    return nothing("a file needs extra.fileName, fileExtension and bytes, else its bubble fails");
  const name = [extra.fileName, extra.fileExtension].filter(Boolean).join(".");
  const src = source(m.originalUrl);
  const el = card("file", name, bytes(extra.bytes), src ? "" : m.originalUrl);
  return { node: src ? h("a.plainlink", { href: src, download: name }, el) : el };
}

function place(m) {
  const at = [m.latitude, m.longitude].map((n) => (Number.isFinite(+n) ? (+n).toFixed(5) : "?")).join(", ");
  return {
    node: h(
      ".place",
      {},
      h(".map", { "aria-hidden": "true" }, icon("pin")),
      h(".card", {}, h("span.grow", {}, h("b", {}, string(m.message) || "(no address)"), h("span.sub", {}, at))),
    ),
    wide: true,
  };
}

function sticker(m) {
  const id = string(m.sticker) ?? "";
  if (address(id) || source(id)) return { node: picture({ thumbnailUrl: id }, "sticker"), bare: true };
  return { node: stickerTile(id), bare: true };
}

const faces = [..."😀😃😄😁😆😅😂🙂😉😊😇🥰😍🤩😘😋😛😜🤪🤗🤭🤔😐😏🙄😌😴😷🥳😎🤓😮😳🥺😢😭😤🤯👍🙏"];
const sets = {
  animal: [..."🐶🐱🐭🐰🦊🐻🐼🐨🐯🦁🐮🐷🐸🐵🐔🐧"],
  food: [..."🍎🍐🍊🍋🍌🍉🍇🍓🍒🍑🍍🥝🍅🥑🍔🍕"],
  natural: [..."🌵🌲🌳🌴🌱🌿🍀🍁🍂🍃🌷🌹🌺🌸🌼🌻"],
  sport: [..."⚽🏀🏈⚾🎾🏐🏉🎱🏓🏸🥅🏒🏑🏏⛳🏹"],
  money: [..."💰💳💵💴💶💷💸🪙🏦🧾💹💎🛒🎁🏧"],
  people: [..."👶🧒👦👧🧑👨👩🧓👴👵🙍🙎🙅🙆💁🙋"],
};

// stickerTile stands in for artwork that only the real clients have.
export function stickerTile(id) {
  const [, set, n] = /^(.*)-(\d+)$/.exec(id) ?? [];
  const some = sets[set] ?? faces;
  return h(
    "figure.tile",
    { title: "A stand-in: the real clients have the artwork" },
    h("span", { "aria-hidden": "true" }, n ? some[(n - 1) % some.length] : "🏷️"),
    h("figcaption", {}, id || "no sticker ID"),
  );
}

function payment(m) {
  const extra = m.extra && typeof m.extra === "object" ? m.extra : null;
  if (!extra) return nothing("a payment needs extra as an object, else its bubble fails");
  return { node: card("file", string(m.message) || "Payment", `${extra.value ?? ""} ${extra.currency ?? ""}`.trim()) };
}

// system returns the line that stands for a system message, or nothing.
export function system(m, who) {
  const names = (list) =>
    array(list)
      .map((u) => u?.nickname || u?._id || "?")
      .join(", ");
  switch (m.messageType) {
    case "announcement":
      return string(m.message) ?? "";
    case "joinRoom":
      return `${who} joined`;
    case "leaveRoom":
      return `${who} left`;
    case "addMember":
      return `${who} added ${m.member?.nickname ?? "?"}`;
    case "addMembers":
      return `${who} added ${names(object(m.extra)?.invitees)}`;
    case "deleteMember":
      return `${who} removed ${names(object(m.extra)?.members)}`;
    case "recall":
      return `${who} unsent a message`;
  }
  return null;
}

// gist is a message in a few words, for a reply's preview.
export function gist(m) {
  if (typeof m.message === "string" && m.message) return m.message;
  return (
    { image: "Picture", video: "Video", audio: "Audio", file: "File", sticker: "Sticker", location: "Location" }[m.messageType] ??
    m.messageType ??
    "Message"
  );
}

export const sender = (m) => (m.sender && typeof m.sender === "object" ? m.sender : { _id: string(m.sender) ?? "" });
export const senderName = (m) => {
  const s = sender(m);
  return s.nickname || (s._id ? nickname(s._id) : "nobody");
};

export { link, plain };
