// The conversation. Of a long one only a window of lines is in the document; more
// are fetched where one scrolls.

import { h, soon } from "./dom.js";
import { icon } from "./icons.js";
import { toast } from "./menu.js";
import { call, emit, nickname, on, roomCall, state } from "./store.js";
import { draw } from "./line.js";
import { sender, system } from "./message.js";

const page = 100; // lines fetched at once
const most = 400; // lines in the document

const scroll = document.getElementById("scroll");
const list = document.getElementById("timeline");

let lines = []; // those in the document, in order
const nodes = new Map(); // by line ID
let before = 0; // how many are above
let atEnd = true; // whether the last line of the room is among them
let fetching = false;
let opening = false; // the whole window is being fetched: lines wait in the queue
let missed = false; // lines came while the window was not at the end
let shown = ""; // the room
let queue = [];
const thinking = new Set(); // turns without an answer yet
let pinned = true; // whether the end stays in view while lines come and grow
let lastTop = 0;

const jump = h("button.button.jump", { type: "button", hidden: true, onclick: latest }, icon("down"), h("span", {}, "Latest"));

export function start() {
  document.getElementById("below").before(jump);
  on("room", open);
  on("line", (line) => {
    queue.push(line);
    schedule();
  });
  on("turn", (t) => {
    t.pending ? thinking.add(t.id) : thinking.delete(t.id);
    schedule();
  });
  on("people", () => schedule());
  scroll.addEventListener("scroll", look, { passive: true });
  new ResizeObserver(() => pinned && atEnd && stick()).observe(list);
}

const path = (query) => `/api/rooms/${encodeURIComponent(shown)}/lines?limit=${page}${query}`;

async function open() {
  shown = state.room;
  thinking.clear();
  queue = [];
  await latest();
  emit("opened");
}

// latest shows the end of the conversation.
async function latest() {
  const room = shown;
  fetching = opening = true;
  try {
    const part = await call("GET", path(""));
    if (room !== shown) return;
    lines = [];
    nodes.clear();
    before = part.before;
    atEnd = true;
    list.replaceChildren();
    add(part.items, false);
    stick();
  } catch (e) {
    toast(e.message);
  } finally {
    if (room === shown) fetching = opening = false;
    schedule();
  }
}

// add puts lines at one end and draws them.
function add(some, above) {
  lines = above ? some.concat(lines) : lines.concat(some);
  const drawn = document.createDocumentFragment();
  for (const line of some) {
    const node = draw(line);
    nodes.set(line.id, node);
    drawn.append(node);
  }
  above ? list.prepend(drawn) : list.append(drawn);
  const from = above ? 0 : Math.max(0, lines.length - some.length);
  for (let i = from; i < Math.min(lines.length, from + some.length + 1); i++) group(i);
  empty();
}

// trim drops lines from one end so that the document stays small.
function trim(above) {
  while (lines.length > most) {
    const line = above ? lines.shift() : lines.pop();
    nodes.get(line.id)?.remove();
    nodes.delete(line.id);
    if (above) before++;
    else atEnd = false;
  }
  if (lines.length) group(0);
}

const schedule = soon(flush);

// flush draws what came since the last frame.
function flush() {
  if (opening) return;
  const fresh = [];
  for (const line of queue.splice(0)) {
    if (nodes.has(line.id)) change(line);
    else if (line.id > (fresh.at(-1)?.id ?? lines.at(-1)?.id ?? 0)) fresh.push(line);
  }
  if (fresh.length && !atEnd) {
    missed = true;
    jump.hidden = false;
  }
  if (fresh.length && atEnd) {
    add(fresh.slice(-most), false);
    if (pinned) trim(true);
  }
  typing();
  if (pinned && atEnd) stick();
  else if (fresh.length) jump.hidden = false;
  emit("last", atEnd ? lastMessage() : null);
}

function change(line) {
  const i = lines.findIndex((l) => l.id === line.id);
  lines[i] = line;
  const node = draw(line);
  nodes.get(line.id).replaceWith(node);
  nodes.set(line.id, node);
  group(i);
}

const nearEnd = () => scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 120;

function stick() {
  scroll.scrollTop = scroll.scrollHeight;
  pinned = true;
  jump.hidden = true;
}

// look follows the person's scrolling. Lines that grow move the end away without
// his doing; only a way up tells that he wants to stay there.
async function look() {
  if (nearEnd()) pinned = true;
  else if (scroll.scrollTop < lastTop - 1) pinned = false;
  lastTop = scroll.scrollTop;
  jump.hidden = atEnd && nearEnd();
  if (fetching || !lines.length) return;
  if (scroll.scrollTop < 600 && before > 0) await fetchMore(`&before=${lines[0].id}`, true);
  else if (!atEnd && nearEnd()) await fetchMore(`&after=${lines.at(-1).id}`, false);
}

async function fetchMore(query, above) {
  fetching = true;
  missed = false;
  const room = shown;
  try {
    const part = await call("GET", path(query));
    if (room !== shown) return;
    const height = scroll.scrollHeight,
      top = scroll.scrollTop;
    add(part.items, above);
    if (above) {
      before = part.before;
      scroll.scrollTop = top + scroll.scrollHeight - height;
      trim(false);
    } else {
      atEnd = part.more === 0 && !missed;
      const tall = scroll.scrollHeight;
      trim(true);
      scroll.scrollTop -= tall - scroll.scrollHeight;
    }
  } catch (e) {
    toast(e.message);
  } finally {
    fetching = false;
    emit("last", atEnd ? lastMessage() : null);
  }
}

const lastMessage = () => lines.findLast((l) => l.message)?.message ?? null;

// messageOf is a message in the window.
export const messageOf = (id) => lines.find((l) => l.message?._id === id)?.message;

// lastOwn is the last message of somebody, which he may still edit.
export const lastOwn = (id) => lines.findLast((l) => l.message && !l.bot && sender(l.message)._id === id)?.message ?? null;

// group hides name and time of a message that continues the one before.
function group(i) {
  const line = lines[i],
    prev = lines[i - 1];
  const node = nodes.get(line.id);
  const same =
    line.message &&
    prev?.message &&
    !system(line.message, "") &&
    !system(prev.message, "") &&
    sender(line.message)._id === sender(prev.message)._id &&
    sender(line.message)._id !== undefined &&
    line.message.messageTimeMS - prev.message.messageTimeMS < 180_000 &&
    !prev.findings;
  node.classList.toggle("more", Boolean(same));
}

const dots = h(
  ".line.theirs.thinking",
  { "aria-label": "The bot is thinking" },
  h("span.avatar.robot", {}, icon("robot")),
  h(".stack", {}, h(".bubble", {}, h("i"), h("i"), h("i"))),
);

function typing() {
  if (thinking.size && atEnd) list.append(dots);
  else dots.remove();
}

// empty invites to a conversation that has not begun.
function empty() {
  const old = list.querySelector(".invite");
  if (lines.length) return old?.remove();
  if (old) return;
  const name = nickname(state.speaker);
  const begin = (fields) => roomCall("POST", "acts", { who: state.speaker, ...fields }).catch((e) => toast(e.message));
  list.append(
    h(
      ".invite",
      {},
      h("h2", {}, "Talk to your bot"),
      h("p", {}, "Write below, or begin as a person does: by coming in."),
      h(
        ".choices",
        {},
        h("button.button.main", { type: "button", onclick: () => begin({ verb: "joins" }) }, `${name} joins the room`),
        h(
          "button.button",
          { type: "button", onclick: () => begin({ verb: "says", message: { messageType: "text", message: "hello" } }) },
          "Say hello",
        ),
      ),
    ),
  );
}
