// The conversation as a test, and tests as conversations.

import { h, replace } from "./dom.js";
import { icon } from "./icons.js";
import { toast } from "./menu.js";
import { call, on, roomCall, state } from "./store.js";
import { enterSoon } from "./dialogs.js";

const preview = h("pre.json", { tabindex: 0, "aria-label": "The conversation as a transcript" });
const result = h(".result", { role: "status" });
let panel = null,
  timer = 0;

export function start() {
  on("turn", () => {
    clearTimeout(timer);
    timer = setTimeout(refresh, 120);
  });
}

export function draw(into) {
  panel = into;
  if (!panel.firstChild) {
    const input = h("input", { type: "file", accept: ".txt,text/plain", hidden: true, onchange: () => open(input) });
    replace(
      panel,
      h(
        "section",
        {},
        h("h3", {}, "Save as a test"),
        h("p.fine", {}, "What was said and answered here, for package bottest: put it below testdata/talks."),
        h(
          ".doings",
          {},
          h("button.button.main", { type: "button", onclick: save }, icon("save"), "Save"),
          h("button.button", { type: "button", onclick: copy }, icon("copy"), "Copy"),
        ),
        preview,
      ),
      h(
        "section",
        {},
        h("h3", {}, "Play a transcript"),
        h("p.fine", {}, "Each of its conversations gets a room, and what goes otherwise is marked."),
        h(
          ".doings",
          {},
          h("button.button", { type: "button", onclick: () => input.click() }, icon("open"), "Open a file"),
          input,
        ),
        result,
      ),
    );
    panel.addEventListener("dragover", (e) => e.preventDefault());
    panel.addEventListener("drop", async (e) => {
      e.preventDefault();
      play(await e.dataTransfer.files[0]?.text());
    });
  }
  refresh();
}

async function refresh() {
  if (!panel || panel.hidden) return;
  try {
    preview.textContent = await roomCall("GET", "transcript");
  } catch {
    preview.textContent = "";
  }
}

function save() {
  const a = h("a", {
    href: `/api/rooms/${encodeURIComponent(state.room)}/transcript`,
    download: state.room.replace(/[^\p{L}\p{N}_-]+/gu, "-") + ".txt",
  });
  a.click();
}

async function copy() {
  await navigator.clipboard.writeText(await roomCall("GET", "transcript"));
  toast("Copied.");
}

async function open(input) {
  const file = input.files[0];
  input.value = "";
  if (file) play(await file.text());
}

export async function play(text) {
  if (!text) return;
  replace(result, h("p.fine", {}, "Playing…"));
  try {
    const p = await call("POST", "/api/transcripts", { text });
    replace(
      result,
      h(
        ".verdict",
        { class: p.wrong ? "careful" : "kept" },
        icon(p.wrong ? "warn" : "check"),
        h("", {}, h("b", {}, p.wrong ? `${p.wrong} of ${p.turns} turns differ` : `All ${p.turns} turns went as written`)),
      ),
      p.diff && diff(p.diff),
    );
    if (p.rooms?.length) enterSoon({ id: p.rooms[0] });
  } catch (e) {
    replace(result, h("p.problem", {}, e.message));
  }
}

function diff(text) {
  return h(
    "pre.json",
    { tabindex: 0 },
    text
      .split("\n")
      .map((l) => h("span", { class: l.startsWith("  + ") ? "plus" : l.startsWith("  - ") ? "minus" : "" }, l + "\n")),
  );
}
