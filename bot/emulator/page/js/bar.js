// The line above the conversation: the room, its state, and the ways to the columns
// beside it.

import { h, replace, round, soon } from "./dom.js";
import { on, room, state } from "./store.js";

const bar = document.getElementById("bar");

// over tells that the inspector slides in over the chat instead of standing beside it.
export const over = () => innerWidth <= 1180;

// start takes the page's own commands: toggle the inspector, show one of its tabs.
export function start(app, page) {
  const panel = round("panel", "Inspector (Ctrl .)", page.toggle, { "aria-pressed": !over() });
  const title = h(".title");
  replace(
    bar,
    round("menu", "Rooms and people", () => app.classList.toggle("show-side"), { class: "narrow" }),
    title,
    panel,
  );
  const draw = soon(() => replace(title, ...content(page)));
  on("rooms", draw);
  on("room", draw);
  on("layout", () =>
    panel.setAttribute("aria-pressed", app.classList.contains("show-inspector") || (!over() && !app.classList.contains("solo"))),
  );
}

function content(page) {
  const r = room();
  const members = (r?.members ?? []).map((m) => m.nickname || m._id);
  document.title = state.room ? `${state.room} · Emulator` : "Emulator";
  return [
    h("h2", {}, state.room),
    r &&
      h(
        "button",
        { type: "button", title: "The room's bot state", onclick: () => page.show("machine") },
        h("span.badge.state", { class: !r.botState && "unset" }, h("span", {}, r.botState || "no state")),
      ),
    r && !r.botMode && h("span.badge", {}, "bot mode off"),
    h("span.sub", {}, members.length ? members.join(", ") : "nobody is here"),
  ];
}
