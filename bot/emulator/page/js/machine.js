// The tab of the room's state: the bot's machine, or what was seen of it, and the
// ways to put the room elsewhere.

import { h, replace } from "./dom.js";
import { icon } from "./icons.js";
import { toast } from "./menu.js";
import { diagram } from "./diagram.js";
import { act, room, state } from "./store.js";

export function draw(panel, turns) {
  const now = room()?.botState ?? "";
  const m = state.machine ?? seen(turns);
  const here = now || (state.machine ? m.initial : "");
  const signature = JSON.stringify([m, now]);
  if (panel.dataset.signature === signature && panel.firstChild) return;
  panel.dataset.signature = signature;
  const set = h(
    "form.setstate",
    {
      onsubmit: (e) => {
        e.preventDefault();
        put(field.value);
      },
    },
    h("input", {
      name: "state",
      "aria-label": "Put the room into a state",
      placeholder: "another state; empty is unset",
      list: "states",
      autocomplete: "off",
      spellcheck: "false",
    }),
    h("button.button", { type: "submit" }, "Set"),
  );
  const field = set.querySelector("input");
  replace(
    panel,
    h(
      ".statehead",
      {},
      h("h3", {}, "The room is in"),
      h("span.badge.state", { class: !now && "unset" }, h("span", {}, now || "no state")),
      !now && state.machine && h("span.fine", {}, "which means ", h("code", {}, m.initial)),
    ),
    h(
      "datalist",
      { id: "states" },
      m.states.slice(0, 200).map((s) => h("option", { value: s })),
    ),
    set,
    m.states.length
      ? h("figure.diagram", { tabindex: 0, role: "group", "aria-label": "States and moves" }, diagram(m, here, put))
      : h(".nothingyet", {}, icon("bolt"), h("p", {}, "The states that the room goes through will be drawn here.")),
    !state.machine &&
      m.states.length > 0 &&
      h("p.fine", {}, "Drawn from what was seen. A bot in the same process can show its machine: Config.Machine."),
    anywhere(m),
  );
}

function put(name) {
  act({ verb: "at", state: name }).catch((e) => toast(e.message));
}

// anywhere lists what is possible in every state, which would only clutter the
// drawing.
function anywhere(m) {
  const all = m.transitions.filter((t) => t.from === "*");
  return (
    all.length > 0 &&
    h(
      ".anywhere",
      {},
      h("h3", {}, "From any state"),
      h(
        "ul",
        {},
        all.map((t) =>
          h(
            "li",
            {},
            h("span", {}, t.name),
            icon("chevron"),
            h("button.mono", { type: "button", title: "Put the room here", onclick: () => put(t.to) }, t.to),
          ),
        ),
      ),
    )
  );
}

function seen(turns) {
  const states = new Set(),
    moves = new Map();
  for (const t of turns) {
    if (t.fault) continue;
    states.add(t.before).add(t.after);
    if (t.before !== t.after) moves.set(t.before + "\n" + t.after, { name: "", from: t.before, to: t.after });
  }
  states.delete("");
  return {
    initial: [...states][0] ?? "",
    states: [...states],
    ends: [],
    transitions: [...moves.values()].filter((t) => t.from && t.to),
  };
}
