// Faults: what goes wrong between servers and bots, tried with a button.

import { h, replace } from "./dom.js";
import { icon } from "./icons.js";
import { toast } from "./menu.js";
import { roomCall, state, emit } from "./store.js";
import { signs, words } from "./verdict.js";

let busy = "";

export function draw(panel, turns) {
  const had = document.activeElement?.dataset?.fault;
  const all = h(
    "button.button",
    { type: "button", disabled: busy !== "", onclick: () => tryAll(panel, turns) },
    icon("bolt"),
    "Try all",
  );
  replace(
    panel,
    h(".faulthead", {}, h("p.fine", {}, "A fault is tried on a copy: the room stays as it is."), all),
    h(
      "ul.faults",
      {},
      state.faults.map((f) =>
        one(
          f,
          turns.findLast((t) => t.fault === f.name),
          panel,
          turns,
        ),
      ),
    ),
  );
  if (had) panel.querySelector(`[data-fault="${had}"]`)?.focus();
}

function one(f, last, panel, turns) {
  const g = last?.verdict?.grade;
  return h(
    "li",
    { class: g ?? "" },
    h(
      ".grow",
      {},
      h("b", {}, f.title),
      h("p", {}, f.about),
      last &&
        h(
          "button.outcome",
          { type: "button", onclick: () => emit("inspect", last.id) },
          h("span", { class: "grade-" + g }, icon(signs[g]), words[g]),
          h("span", {}, (last.verdict.notes ?? []).map((n) => n.text)[0] ?? ""),
        ),
    ),
    h(
      "button.button",
      {
        type: "button",
        "data-fault": f.name,
        "aria-label": `Try: ${f.title}`,
        disabled: busy !== "",
        onclick: () => tryOne(f.name, panel, turns),
      },
      busy === f.name ? "…" : "Try",
    ),
  );
}

async function tryOne(name, panel, turns) {
  busy = name;
  draw(panel, turns);
  try {
    await roomCall("POST", "faults", { name, who: state.speaker });
  } catch (e) {
    toast(e.message);
  }
  busy = "";
  draw(panel, turns);
  panel.querySelector(`[data-fault="${name}"]`)?.focus();
}

async function tryAll(panel, turns) {
  for (const f of state.faults) await tryOne(f.name, panel, turns);
}
