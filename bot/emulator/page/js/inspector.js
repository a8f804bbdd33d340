// The right column: what was sent and answered, the machine, faults, tests.

import { h, replace, round, soon } from "./dom.js";
import { icon } from "./icons.js";
import { roam } from "./menu.js";
import { on, roomCall, state } from "./store.js";
import { draw as drawMachine } from "./machine.js";
import { draw as drawFaults } from "./faults.js";
import { draw as drawTest } from "./test.js";
import { full } from "./turn.js";
import { signs, took, words } from "./verdict.js";

const root = document.getElementById("inspector");
const names = { turns: "Turns", machine: "State", faults: "Faults", test: "Test" };
const panels = {},
  tabs = {};
let current = "turns";

const list = h("ul.turns", { role: "list", "aria-label": "Turns, newest first", onkeydown: (e) => roam(e, list) });
const detail = h(".detail", { "aria-live": "off" });
let turns = [],
  earlier = 0,
  selected = 0,
  follow = true;

export function start(page) {
  for (const name of Object.keys(names)) {
    tabs[name] = h(
      "button",
      { type: "button", role: "tab", id: "tab-" + name, "aria-controls": "panel-" + name, onclick: () => show(name) },
      names[name],
    );
    panels[name] = h("section.panel", { role: "tabpanel", id: "panel-" + name, "aria-labelledby": "tab-" + name, hidden: true });
  }
  const bar = h(".tabs", { role: "tablist", onkeydown: arrows }, Object.values(tabs));
  replace(
    root,
    h("header", {}, bar, round("close", "Close the inspector", page.close, { class: "narrowonly" })),
    Object.values(panels),
  );
  panels.turns.append(list, detail);
  on("room", load);
  on("turn", take);
  on(
    "rooms",
    soon(() => current === "machine" && drawMachine(panels.machine, turns)),
  );
  show("turns");
}

function arrows(e) {
  const all = Object.keys(names),
    step = { ArrowRight: 1, ArrowLeft: -1 }[e.key];
  if (!step) return;
  const next = all[(all.indexOf(current) + step + all.length) % all.length];
  show(next);
  tabs[next].focus();
}

export function show(name) {
  current = name;
  for (const n of Object.keys(names)) {
    panels[n].hidden = n !== name;
    tabs[n].setAttribute("aria-selected", n === name);
    tabs[n].tabIndex = n === name ? 0 : -1;
  }
  if (name === "machine") drawMachine(panels.machine, turns);
  if (name === "faults") drawFaults(panels.faults, turns);
  if (name === "test") drawTest(panels.test);
}

async function load() {
  const room = state.room;
  try {
    const part = await roomCall("GET", "turns?limit=100");
    if (room !== state.room) return;
    turns = part.items;
    earlier = part.before;
  } catch {
    [turns, earlier] = [[], 0]; // the room is gone; another follows
  }
  [selected, follow] = [0, true];
  redraw();
  latest();
  show(current);
}

const refresh = soon(() => {
  redraw();
  latest();
  if (current === "machine") drawMachine(panels.machine, turns);
  if (current === "faults") drawFaults(panels.faults, turns);
});

function take(t) {
  const i = turns.findIndex((o) => o.id === t.id);
  if (i >= 0) turns[i] = t;
  else turns.push(t);
  if (turns.length > 300) earlier += turns.splice(0, 100).length;
  refresh();
}

// latest shows the newest turn while nobody chose another.
function latest() {
  const last = turns.at(-1);
  if (!last)
    replace(detail, h(".nothingyet", {}, icon("bolt"), h("p", {}, "Every request to the bot and its answer will be here.")));
  else if (follow || last.id === selected) select(last.id, true);
}

function redraw() {
  const key = list.contains(document.activeElement) && document.activeElement.dataset.id;
  replace(
    list,
    turns.toReversed().map((t) =>
      h(
        "li",
        {},
        h(
          "button.turn",
          {
            type: "button",
            "data-id": t.id,
            "aria-current": t.id === selected ? "true" : undefined,
            onclick: () => {
              follow = t.id === turns.at(-1)?.id;
              select(t.id);
            },
          },
          h(
            "span.sign",
            { class: t.verdict.grade && "grade-" + t.verdict.grade, title: words[t.verdict.grade] ?? "" },
            icon(t.pending ? "clock" : (signs[t.verdict.grade] ?? "info")),
          ),
          h("span.name", {}, t.fault ? h("em", {}, "Fault: ") : null, t.title),
          t.before !== t.after && h("span.moved.mono", {}, t.after || "unset"),
          h("span.took", {}, t.pending ? "…" : t.silent ? "" : took(t.tookMS)),
        ),
      ),
    ),
    earlier > 0 && h("li", {}, h("button.turn", { type: "button", onclick: more }, h("span.name", {}, `${earlier} earlier`))),
  );
  if (key) [...list.querySelectorAll("button")].find((b) => b.dataset.id === key)?.focus();
}

async function more() {
  const part = await roomCall("GET", `turns?limit=100&before=${turns[0].id}`);
  turns = part.items.concat(turns);
  earlier = part.before;
  redraw();
}

// inspect selects a turn.
export function inspect(id) {
  follow = id === turns.at(-1)?.id;
  select(id);
  [...list.querySelectorAll("button")].find((b) => b.dataset.id === String(id))?.scrollIntoView({ block: "nearest" });
}

async function select(id, again) {
  const brief = turns.find((t) => t.id === id);
  if (again && id === selected && detail.dataset.done === String(id) && !brief?.pending) return;
  selected = id;
  for (const b of list.querySelectorAll("button")) b.toggleAttribute("aria-current", b.dataset.id === String(id));
  try {
    const t = await roomCall("GET", "turns/" + id);
    if (selected !== id) return;
    detail.dataset.done = t.pending ? "" : String(id);
    replace(detail, full(t));
    detail.scrollTop = 0;
  } catch (e) {
    replace(detail, h("p.fine", {}, e.message));
  }
}
