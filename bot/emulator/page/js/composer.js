// Where one writes: text, pictures, and through the menu everything else.

import { avatar, h, replace, round } from "./dom.js";
import { icon } from "./icons.js";
import { menu, toast } from "./menu.js";
import { act, bend, bends, emit, nickname, on, say, speakAs, state, user } from "./store.js";
import { act as press } from "./action.js";
import { quickReplies } from "./template.js";
import { lastOwn } from "./timeline.js";
import { upload } from "./upload.js";
import { anyEvent, anyMessage, choosePlace, chooseQuirks, chooseSticker } from "./dialogs.js";
import { gist, senderName } from "./message.js";

const below = document.getElementById("below");
const text = h("textarea", {
  id: "compose",
  rows: 1,
  placeholder: "Message",
  "aria-label": "Message",
  autocomplete: "off",
  spellcheck: "true",
});
const send = h("button.round.send", { type: "submit", title: "Send (Enter)", "aria-label": "Send" }, icon("send"));
const speaker = h("button.speaker", { type: "button", onclick: chooseSpeaker });
const chips = h(".chips", { role: "group", "aria-label": "Quick replies", hidden: true });
const notes = h(".above-compose");
const box = h(
  "form.box-compose",
  { onsubmit: submit },
  notes,
  h(
    ".compose",
    {},
    speaker,
    round("plus", "Send something else", (e) => more(e.currentTarget)),
    text,
    send,
  ),
);

let pictures = []; // uploaded and not sent yet
let replyTo = null,
  editing = null;

export function start() {
  below.append(
    chips,
    box,
    h(
      "p.hint",
      {},
      h("span", {}, h("kbd", {}, "Enter"), " send"),
      h("span", {}, h("kbd", {}, "Shift Enter"), " new line"),
      h("span", {}, h("kbd", {}, "↑"), " edit the last"),
      h("span", {}, h("kbd", {}, "Ctrl K"), " everything else"),
    ),
  );
  text.addEventListener("input", grow);
  text.addEventListener("keydown", key);
  text.addEventListener("paste", (e) => take(e, e.clipboardData?.files));
  for (const type of ["dragover", "drop", "dragleave"]) box.addEventListener(type, drag);
  on("people", who);
  on("last", offer);
  on("quirks", draw);
  on("reply", (m) => {
    [replyTo, editing] = [m, null];
    draw();
    text.focus();
  });
  on("edit", (m) => beginEdit(m));
  on("opened", () => {
    if (!matchMedia("(pointer: coarse)").matches && !document.querySelector("dialog[open]")) text.focus({ preventScroll: true });
  });
  on("room", () => {
    [replyTo, editing] = [null, null];
    draw();
  });
  grow();
}

function who() {
  const u = user(state.speaker) ?? { _id: state.speaker };
  replace(speaker, avatar(u));
  speaker.title = `Speaking as ${nickname(u._id)}`;
  speaker.setAttribute("aria-label", `Speaking as ${nickname(u._id)}; choose somebody else`);
  text.placeholder = `Message as ${nickname(u._id)}`;
}

function chooseSpeaker() {
  menu(speaker, [
    "Speak as",
    ...state.users.map((u) => ({
      avatar: avatar(u, true),
      label: u.nickname || u._id,
      run: () => {
        speakAs(u._id);
        text.focus();
      },
    })),
    null,
    { icon: "plus", label: "Somebody new…", run: () => emit("newuser") },
  ]);
}

function grow() {
  text.style.height = "auto";
  text.style.height = Math.min(text.scrollHeight, 200) + "px";
  send.disabled = !text.value.trim() && !pictures.length;
}

function key(e) {
  if (e.key === "Enter" && !e.shiftKey && !e.isComposing) {
    e.preventDefault();
    box.requestSubmit();
  } else if (e.key === "ArrowUp" && !text.value) {
    const own = lastOwn(state.speaker);
    if (own) {
      e.preventDefault();
      beginEdit(own);
    }
  } else if (e.key === "Escape" && (editing || replyTo)) {
    if (editing) text.value = "";
    [replyTo, editing] = [null, null];
    draw();
  }
}

function beginEdit(m) {
  [editing, replyTo] = [m, null];
  text.value = typeof m.message === "string" ? m.message : "";
  draw();
  text.focus();
}

async function submit(e) {
  e.preventDefault();
  const value = text.value;
  if (!value.trim() && !pictures.length) return;
  const was = { value, pictures, replyTo, editing };
  text.value = "";
  [pictures, replyTo, editing] = [[], null, null];
  draw();
  try {
    if (was.editing) await act({ verb: "edits", message: { message: value } });
    else if (!was.pictures.length && !was.replyTo) await say(value);
    else await act({ verb: "says", message: compose(was) });
  } catch (error) {
    if (!text.value) {
      text.value = value;
      pictures = was.pictures;
      draw();
    }
    toast(error.message);
  }
}

// compose makes the message as the web client does: text and pictures together are
// of the type mixed, which no document names.
function compose({ value, pictures, replyTo }) {
  const m = { messageType: "text" };
  if (value.trim()) m.message = value;
  if (pictures.length) {
    m.messageType = value.trim() ? "mixed" : "image";
    Object.assign(m, pictures[0], { images: pictures });
  }
  if (replyTo) m.reply = replyTo._id;
  return m;
}

// draw shows what goes along with the text.
function draw() {
  const bar = (content, off) =>
    h(
      ".notebar",
      {},
      h("span", {}, content),
      round(
        "close",
        "Leave that",
        () => {
          off();
          draw();
          text.focus();
        },
        { class: "small" },
      ),
    );
  replace(
    notes,
    editing &&
      bar("Editing your last message", () => {
        editing = null;
        text.value = "";
      }),
    replyTo &&
      bar(`Reply to ${senderName(replyTo)}: ${gist(replyTo)}`, () => {
        replyTo = null;
      }),
    bends().length > 0 && bar(`Request quirks: ${bends().join(", ")}`, () => bend([])),
    pictures.length > 0 &&
      h(
        ".attached",
        {},
        pictures.map((p) =>
          h(
            "figure",
            {},
            h("img", { src: new URL(p.thumbnailUrl).pathname, alt: "" }),
            round("close", "Remove this picture", () => {
              pictures = pictures.filter((o) => o !== p);
              draw();
            }),
          ),
        ),
      ),
  );
  grow();
}

function more(anchor) {
  menu(anchor, [
    { icon: "image", label: "Picture", run: () => pick("image/*") },
    { icon: "file", label: "File, audio or video", run: () => pick("") },
    { icon: "smile", label: "Sticker", run: chooseSticker },
    { icon: "pin", label: "Location", run: choosePlace },
    null,
    { icon: "code", label: "Any message, as JSON", run: anyMessage },
    { icon: "bolt", label: "Any event", run: anyEvent },
    { icon: "bend", label: "Request quirks", run: chooseQuirks },
  ]);
}

function pick(accept) {
  const input = h("input", { type: "file", accept, multiple: true });
  input.addEventListener("change", () => add(input.files));
  input.click();
}

function drag(e) {
  if (![...(e.dataTransfer?.types ?? [])].includes("Files")) return;
  e.preventDefault();
  box.classList.toggle("over", e.type === "dragover");
  if (e.type === "drop") add(e.dataTransfer.files);
}

function take(e, files) {
  if (!files?.length) return;
  e.preventDefault();
  add(files);
}

// add uploads files: pictures wait for a text, others are sent at once.
export async function add(files) {
  for (const f of files) {
    try {
      const m = await upload(f);
      if (m.messageType === "image") pictures = [...pictures, m.picture];
      else await act({ verb: "says", message: m });
    } catch (e) {
      toast(e.message);
    }
  }
  draw();
  text.focus();
}

// offer shows the quick replies of the last message.
function offer(last) {
  const all = quickReplies(last);
  const label = (a) => (typeof a.label === "string" && a.label) || a.text || a.uri || "(no label)";
  const same = chips.childElementCount === all.length && all.every((a, i) => chips.children[i].textContent === label(a));
  if (same && chips.dataset.of === (last?._id ?? "")) return;
  chips.dataset.of = last?._id ?? "";
  chips.hidden = !all.length;
  replace(
    chips,
    all.map((a) =>
      h(
        "button.chip",
        {
          type: "button",
          onclick: () => {
            press(a);
            text.focus();
          },
        },
        label(a),
      ),
    ),
  );
}

export const focus = () => text.focus();
