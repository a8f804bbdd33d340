// The right column: what was sent and answered, the machine, faults, tests.

import { h, icon, replace, roam, round, soon, toast } from "./dom.js";
import { on, roomCall, state } from "./store.js";
import { json } from "./json.js";
import { fork, resend, rewind } from "./dialogs.js";
import { draw as drawMachine } from "./machine.js";
import { draw as drawFaults } from "./faults.js";
import { draw as drawTest } from "./test.js";

const root = document.getElementById("inspector");
const names = { turns: "Turns", machine: "State", faults: "Faults", test: "Test" };
const panels = {}, tabs = {};
let current = "turns";

const list = h("ul.turns", { role: "list", "aria-label": "Turns, newest first", onkeydown: (e) => roam(e, list) });
const detail = h(".detail", { "aria-live": "off" });
let turns = [], earlier = 0, selected = 0, follow = true;

export function start(app) {
  for (const name of Object.keys(names)) {
    tabs[name] = h("button", { type: "button", role: "tab", id: "tab-" + name, "aria-controls": "panel-" + name, onclick: () => show(name) }, names[name]);
    panels[name] = h("section.panel", { role: "tabpanel", id: "panel-" + name, "aria-labelledby": "tab-" + name, hidden: true });
  }
  const bar = h(".tabs", { role: "tablist", onkeydown: arrows }, Object.values(tabs));
  replace(root, h("header", {}, bar, round("close", "Close the inspector", () => app.classList.remove("show-inspector"), { class: "narrowonly" })), Object.values(panels));
  panels.turns.append(list, detail);
  on("room", load);
  on("turn", take);
  on("inspect", inspect);
  on("rooms", soon(() => current === "machine" && drawMachine(panels.machine, turns)));
  show("turns");
}

function arrows(e) {
  const all = Object.keys(names), step = { ArrowRight: 1, ArrowLeft: -1 }[e.key];
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
  if (!last) replace(detail, h(".nothingyet", {}, icon("bolt"), h("p", {}, "Every request to the bot and its answer will be here.")));
  else if (follow || last.id === selected) select(last.id, true);
}

const signs = { kept: "check", careful: "warn", broken: "cross" };
const words = { kept: "protocol kept", careful: "look at this", broken: "protocol broken" };

function redraw() {
  const key = list.contains(document.activeElement) && document.activeElement.dataset.id;
  replace(list, turns.toReversed().map((t) => h("li", {}, h("button.turn", { type: "button", "data-id": t.id, "aria-current": t.id === selected ? "true" : undefined, onclick: () => { follow = t.id === turns.at(-1)?.id; select(t.id); } },
    h("span.sign", { class: t.verdict.grade && "grade-" + t.verdict.grade, title: words[t.verdict.grade] ?? "" }, icon(t.pending ? "clock" : signs[t.verdict.grade] ?? "info")),
    h("span.name", {}, t.fault ? h("em", {}, "Fault: ") : null, t.title),
    t.before !== t.after && h("span.moved.mono", {}, t.after || "unset"),
    h("span.took", {}, t.pending ? "…" : t.silent ? "" : took(t.tookMS))))),
  earlier > 0 && h("li", {}, h("button.turn", { type: "button", onclick: more }, h("span.name", {}, `${earlier} earlier`))));
  if (key) [...list.querySelectorAll("button")].find((b) => b.dataset.id === key)?.focus();
}

const took = (ms = 0) => (ms >= 1000 ? (ms / 1000).toFixed(1) + " s" : ms >= 10 ? Math.round(ms) + " ms" : ms < 0.1 ? "<0.1 ms" : ms.toFixed(1) + " ms");

async function more() {
  const part = await roomCall("GET", `turns?limit=100&before=${turns[0].id}`);
  turns = part.items.concat(turns);
  earlier = part.before;
  redraw();
}

export function inspect(id) {
  if (!id) return;
  const app = document.getElementById("app");
  if (innerWidth <= 1180) app.classList.add("show-inspector");
  else app.classList.remove("solo");
  show("turns");
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

function full(t) {
  return [
    h("header", {}, h("h3", {}, t.fault ? `Fault: ${t.title}` : t.title), h("span.sub", {}, new Date(t.at).toLocaleTimeString())),
    verdict(t),
    h("dl.facts", {},
      fact("State", h("span.states.mono", {}, t.before || "unset", t.before !== t.after && [" → ", h("b", {}, t.after || "unset")])),
      t.exchanges && fact("Status", t.exchanges.map((x) => x.status || "none").join(", ")),
      t.exchanges && fact("Time", took(t.tookMS)),
      t.exchanges?.some((x) => x.botError) && fact("X-Bot-Error", h("code", {}, t.exchanges.map((x) => x.botError).filter(Boolean).join(", ")))),
    h(".doings", {},
      !t.fault && h("button.button", { type: "button", onclick: () => rewind(t.id).catch((e) => toast(e.message)) }, icon("back"), "Rewind to before"),
      h("button.button", { type: "button", onclick: () => fork(t.id).catch((e) => toast(e.message)) }, icon("fork"), "Fork from here"),
      t.exchanges?.[0] && h("button.button", { type: "button", onclick: () => resend(t.exchanges[0].request) }, icon("edit"), "Edit and send")),
    (t.exchanges ?? []).map(exchange),
  ];
}

const fact = (name, value) => h("", {}, h("dt", {}, name), h("dd", {}, value));

function verdict(t) {
  const g = t.pending ? "" : t.verdict.grade ?? "";
  const title = t.pending ? "Waiting for the bot" : t.silent ? "The bot was not told" : { kept: "Protocol kept", careful: "Worth a look", broken: "Protocol broken" }[g] ?? "";
  return h(".verdict", { class: g }, icon(t.pending ? "clock" : signs[g] ?? "info"),
    h("", {}, h("b", {}, title), (t.verdict.notes ?? []).map((n) => h("p", { class: n.grade === "info" ? "" : "grade-" + n.grade }, n.text))));
}

function exchange(x) {
  const head = (lines) => lines?.length > 0 && h("p.heads.mono", {}, lines.map((l) => h("span", {}, h("b", {}, l.name + ": "), l.value)));
  return h(".exchange", {},
    x.label && h("h4", {}, x.label),
    part("Request", `${x.requestSize} bytes`, x.request, head(x.requestHead)),
    part("Response", x.error ? "" : `${x.status} · ${took(x.tookMS)}`, x.response ?? "", head(x.responseHead), x.error));
}

function part(title, sub, text, heads, error) {
  const copy = round("copy", `Copy the ${title.toLowerCase()}`, async () => {
    await navigator.clipboard.writeText(text);
    toast("Copied.");
  }, { class: "small" });
  return h("details", { open: true }, h("summary", {}, icon("chevron"), h("b", {}, title), h("span.sub", {}, sub)),
    h(".partbody", {}, heads && h("details.headers", {}, h("summary", {}, icon("chevron"), "Headers"), heads), error ? h("p.problem", {}, error) : [copy, json(text)]));
}
