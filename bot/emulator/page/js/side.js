// The left column: rooms, and the people one can speak as.

import { avatar, h, replace, round, soon, svg } from "./dom.js";
import { menu, roam, toast } from "./menu.js";
import { act, call, enter, isMember, nickname, on, speakAs, state } from "./store.js";
import { fork, newRoom, newUser } from "./dialogs.js";

let close = () => {};
const side = document.getElementById("side");
const target = h("p");
const rooms = h("ul", { role: "list", onkeydown: (e) => roam(e, rooms) });
const people = h("ul", { role: "list", onkeydown: (e) => roam(e, people) });
const themes = ["auto", "light", "dark"];
const names = { auto: "as the system", light: "light", dark: "dark" };
const symbol = { auto: "auto", light: "sun", dark: "moon" };

export function start(page) {
  close = page.close;
  const group = (title, add, onclick, list) =>
    h("section.group", {}, h("header", {}, h("h2", {}, title), round("plus", add, onclick, { class: "small" })), list);
  const theme = h("span");
  replace(
    side,
    h(".brand", {}, logo(), h("", {}, h("h1", {}, "Emulator"), target)),
    group("Rooms", "New room", newRoom, rooms),
    group("Speak as", "Somebody new", newUser, people),
    h("footer", {}, h("span", {}, "Ctrl K for everything"), theme),
  );
  const shine = (t) => {
    document.documentElement.dataset.theme = t;
    localStorage.setItem("theme", t);
    const next = themes[(themes.indexOf(t) + 1) % themes.length];
    replace(
      theme,
      round(symbol[t], `Colours: ${names[t]}. Change to ${names[next]}`, () => shine(next), { class: "small" }),
    );
  };
  shine(themes.includes(localStorage.getItem("theme")) ? localStorage.getItem("theme") : "auto");
  const draw = soon(() => {
    drawRooms();
    drawPeople();
    connection();
  });
  for (const type of ["connection", "rooms", "room", "people"]) on(type, draw);
  on("room", close);
}

function logo() {
  return svg(
    "svg",
    { viewBox: "0 0 32 32", "aria-hidden": "true" },
    svg("path", { d: "M6 4h20a4 4 0 0 1 4 4v12a4 4 0 0 1-4 4H14l-7 5v-5H6a4 4 0 0 1-4-4V8a4 4 0 0 1 4-4z", fill: "var(--mine)" }),
    [10.5, 16, 21.5].map((cx) => svg("circle", { cx, cy: 14, r: 2, fill: "#fff" })),
  );
}

function connection() {
  replace(
    target,
    h("span.dot" + (state.connected ? "" : ".off")),
    state.connected ? state.webhook : "not connected, trying again",
  );
  target.title = state.webhook;
}

function drawRooms() {
  keepFocus(rooms, () =>
    replace(
      rooms,
      state.rooms.map((r) =>
        h(
          "li",
          { class: r.id === state.room && "on" },
          h(
            "button.row",
            {
              type: "button",
              "aria-current": r.id === state.room ? "true" : undefined,
              "data-key": r.id,
              onclick: () => {
                enter(r.id);
                close();
              },
            },
            h("span.grow", {}, h("span.name", {}, r.id), h("span.sub.mono", {}, r.botState || "no state")),
            state.unread.has(r.id) && h("span.unread", { title: "New messages" }),
          ),
          round("more", `More for room ${r.id}`, (e) => roomMenu(e.currentTarget, r), {
            class: "small",
            "data-key": "more " + r.id,
          }),
        ),
      ),
    ),
  );
}

function roomMenu(anchor, r) {
  const to = (method, path, body) =>
    call(method, `/api/rooms/${encodeURIComponent(r.id)}${path}`, body).catch((e) => toast(e.message));
  menu(anchor, [
    {
      icon: "fork",
      label: "Fork",
      run: () => {
        enter(r.id);
        fork().catch((e) => toast(e.message));
      },
    },
    { icon: "robot", label: r.botMode ? "Bot mode off" : "Bot mode on", run: () => to("PUT", "/mode", { botMode: !r.botMode }) },
    null,
    { icon: "trash", label: "Delete", disabled: state.rooms.length < 2, run: () => to("DELETE", "") },
  ]);
}

function drawPeople() {
  keepFocus(people, () =>
    replace(
      people,
      state.users.map((u) => {
        const name = u.nickname || u._id,
          on = u._id === state.speaker;
        return h(
          "li",
          { class: on && "on" },
          h(
            "button.row",
            {
              type: "button",
              "aria-pressed": on,
              "data-key": u._id,
              onclick: () => {
                speakAs(u._id);
                close();
                document.getElementById("compose").focus();
              },
            },
            h("span", { class: !isMember(u._id) && "away" }, avatar(u)),
            h("span.grow", {}, h("span.name", {}, name), h("span.sub", {}, isMember(u._id) ? u._id : "not in this room")),
          ),
          round("more", `More for ${name}`, (e) => personMenu(e.currentTarget, u), {
            class: "small",
            "data-key": "more " + u._id,
          }),
        );
      }),
    ),
  );
}

// personMenu has what changes who is in the room; the bot is told of each.
function personMenu(anchor, u) {
  const name = u.nickname || u._id,
    me = nickname(state.speaker);
  const run = (fields) => act(fields).catch((e) => toast(e.message));
  const inside = isMember(u._id),
    self = u._id === state.speaker;
  menu(
    anchor,
    [
      { icon: "person", label: "Speak as " + name, run: () => speakAs(u._id) },
      null,
      { icon: "join", label: inside ? "Joins again" : "Joins", run: () => run({ verb: "joins", who: u._id }) },
      !inside && !self && { icon: "plus", label: `Added by ${me}`, run: () => run({ verb: "adds", whom: [u._id] }) },
      inside && { icon: "leave", label: "Leaves", run: () => run({ verb: "leaves", who: u._id }) },
      inside && !self && { icon: "close", label: `Removed by ${me}`, run: () => run({ verb: "removes", whom: [u._id] }) },
    ].filter((i) => i !== false),
  );
}

// keepFocus redraws a list without taking the keyboard away from its button.
function keepFocus(list, redraw) {
  const key = list.contains(document.activeElement) && document.activeElement.dataset.key;
  redraw();
  if (key) [...list.querySelectorAll("button")].find((b) => b.dataset.key === key)?.focus();
}
