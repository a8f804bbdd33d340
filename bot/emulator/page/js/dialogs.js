// Small windows: a sticker, a place, somebody new, anything by its JSON.

import { h, replace, round } from "./dom.js";
import { toast } from "./menu.js";
import { act, bend, bends, call, emit, enter, on, roomCall, speakAs, state } from "./store.js";
import { stickerTile } from "./message.js";

// dialog opens a window around content; ok runs on submit and may throw a sentence.
export function dialog(title, content, okLabel, ok) {
  const problem = h("p.problem", { role: "alert", hidden: true });
  const form = h(
    "form",
    { method: "dialog" },
    h(
      "header",
      {},
      h("h2", {}, title),
      round("close", "Close", () => el.close(), { class: "small" }),
    ),
    h(".content", {}, content, problem),
    ok &&
      h(
        "footer",
        {},
        h("button.button.quiet", { type: "button", onclick: () => el.close() }, "Cancel"),
        h("button.button.main", { type: "submit" }, okLabel),
      ),
  );
  const el = h("dialog", { "aria-label": title }, form);
  form.addEventListener("submit", async (e) => {
    e.preventDefault();
    try {
      problem.hidden = true;
      await ok?.(new FormData(form));
      el.close();
    } catch (error) {
      problem.textContent = error.message;
      problem.hidden = false;
    }
  });
  el.addEventListener("click", (e) => {
    if (e.target === el) el.close();
  });
  el.addEventListener("close", () => el.remove());
  document.body.append(el);
  el.showModal();
  return el;
}

const field = (label, props, tag = "input") => h("label.field", {}, label, h(tag, props));

export function chooseSticker() {
  const sets = { FunFunFamily: 40, emoji: 45, natural: 32, animal: 16, food: 16, people: 16, sport: 16, money: 15 };
  const grid = h(".stickers");
  const show = (set) =>
    replace(
      grid,
      Array.from({ length: sets[set] }, (_, i) => {
        const id = `${set}-${i + 1}`;
        return h(
          "button",
          {
            type: "button",
            "aria-label": id,
            onclick: () => {
              el.close();
              act({ verb: "says", message: { messageType: "sticker", sticker: id } }).catch((e) => toast(e.message));
            },
          },
          stickerTile(id),
        );
      }),
    );
  const choice = h(
    "select",
    { "aria-label": "Set", onchange: (e) => show(e.target.value) },
    Object.keys(sets).map((s) => h("option", { value: s }, s)),
  );
  show("FunFunFamily");
  const el = dialog("Sticker", [
    choice,
    grid,
    h("p.fine", {}, "Stand-ins: the real clients have the artwork. FunFunFamily is the set that web and mobile share."),
  ]);
}

export function choosePlace() {
  dialog(
    "Location",
    [
      field("Address", { name: "message", value: "Taipei 101, Taipei", required: true, autofocus: true }),
      h(
        ".two",
        {},
        field("Latitude", {
          name: "latitude",
          type: "number",
          step: "any",
          min: -90,
          max: 90,
          value: "25.033976",
          required: true,
        }),
        field("Longitude", {
          name: "longitude",
          type: "number",
          step: "any",
          min: -180,
          max: 180,
          value: "121.564472",
          required: true,
        }),
      ),
    ],
    "Send",
    (f) =>
      act({
        verb: "says",
        message: {
          messageType: "location",
          message: f.get("message"),
          latitude: +f.get("latitude"),
          longitude: +f.get("longitude"),
        },
      }),
  );
}

export function anyMessage(text) {
  const sample = typeof text === "string" ? text : JSON.stringify({ messageType: "text", message: "hello" }, null, 2);
  dialog(
    "Any message",
    [
      field(
        "Fields of the message, as a client sends them",
        { name: "json", class: "code", rows: 10, spellcheck: "false", autofocus: true, value: sample },
        "textarea",
      ),
    ],
    "Send",
    (f) => act({ verb: "says", message: json(f.get("json")) }),
  );
}

export function anyEvent() {
  dialog(
    "Any event",
    [
      field("Event", { name: "kind", value: "ROOM_RENAMED", required: true, autofocus: true }),
      field(
        "Data, as JSON; empty for none",
        { name: "json", class: "code", spellcheck: "false", value: `{"room":${JSON.stringify(state.room)}}` },
        "textarea",
      ),
    ],
    "Send",
    (f) => act({ verb: "event", kind: f.get("kind"), ...(f.get("json").trim() ? { data: json(f.get("json")) } : {}) }),
  );
}

function json(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error("This is not JSON.");
  }
}

export function chooseQuirks() {
  const list = state.quirks.map((q) =>
    h(
      "label.choice",
      {},
      h("input", { type: "checkbox", name: "quirk", value: q.name, checked: bends().includes(q.name) }),
      h("span", {}, h("b", {}, q.name), h("span.sub", {}, q.about)),
    ),
  );
  dialog(
    "Request quirks",
    [
      h(
        "p.fine",
        {},
        "Ways in which real requests differ from the plain one, as the vendor's documents, samples and clients show them. They hold until you take them off.",
      ),
      h(".choicelist", {}, list),
    ],
    "Apply",
    (f) => bend(f.getAll("quirk")),
  );
}

export function newUser() {
  dialog(
    "Somebody new",
    [
      h(
        ".two",
        {},
        field("Nickname", { name: "nickname", required: true, autofocus: true, maxlength: 100 }),
        field("ID; empty makes one", { name: "id", maxlength: 200 }),
      ),
      h("label.choice", {}, h("input", { type: "checkbox", name: "robot" }), h("span", {}, "a robot")),
    ],
    "Add",
    async (f) => {
      const id = f.get("id").trim() || f.get("nickname").trim().toLowerCase().replace(/\s+/g, "-");
      await call("POST", "/api/users", { _id: id, nickname: f.get("nickname").trim(), isRobot: f.has("robot") });
      if (!f.has("robot")) speakAs(id);
    },
  );
}

export function newRoom() {
  dialog(
    "New room",
    [
      field("Name", { name: "id", required: true, autofocus: true, maxlength: 100 }),
      field("State at the start; empty is unset", { name: "state" }),
    ],
    "Open",
    async (f) => enterSoon(await call("POST", "/api/rooms", { id: f.get("id"), state: f.get("state") })),
  );
}

export async function fork(turn) {
  enterSoon(await roomCall("POST", "fork", { turn: turn ?? 0 }));
}

// enterSoon goes to a new room as soon as the stream has told of it.
export function enterSoon({ id }, tries = 50) {
  if (state.rooms.some((r) => r.id === id)) return enter(id);
  if (tries > 0) setTimeout(() => enterSoon({ id }, tries - 1), 20);
}

export async function rewind(turn) {
  await roomCall("POST", "rewind", { turn });
  toast("Rewound.", { label: "Undo", run: () => roomCall("POST", "undo").catch((e) => toast(e.message)) });
}

export function resend(body) {
  dialog(
    "Send any request",
    [
      h("p.fine", {}, "Goes to the bot as it stands. The answer is judged and has no effect on the room."),
      field("Body", { name: "body", class: "code", rows: 14, spellcheck: "false", autofocus: true, value: body }, "textarea"),
    ],
    "Send",
    async (f) => emit("inspect", (await roomCall("POST", "raw", { body: f.get("body") })).id),
  );
}

export function start() {
  on("newuser", newUser);
}
