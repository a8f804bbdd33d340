// Ctrl K: everything by its name.

import { h, replace } from "./dom.js";
import { icon } from "./icons.js";
import { toast } from "./menu.js";
import { act, emit, enter, roomCall, speakAs, state } from "./store.js";
import { anyEvent, anyMessage, choosePlace, chooseQuirks, chooseSticker, fork, newRoom, newUser } from "./dialogs.js";

function choices(page) {
  const fail = (e) => toast(e.message);
  const states = state.machine?.states ?? [];
  return [
    ...state.rooms.map((r, i) => ({
      icon: "chevron",
      label: `Room ${r.id}`,
      sub: i < 9 ? `Alt ${i + 1}` : "",
      run: () => enter(r.id),
    })),
    ...state.users.map((u) => ({ icon: "person", label: `Speak as ${u.nickname || u._id}`, run: () => speakAs(u._id) })),
    { icon: "join", label: "Join the room", run: () => act({ verb: "joins" }).catch(fail) },
    { icon: "leave", label: "Leave the room", run: () => act({ verb: "leaves" }).catch(fail) },
    { icon: "plus", label: "New room", run: newRoom },
    { icon: "plus", label: "Somebody new", run: newUser },
    { icon: "fork", label: "Fork this room", run: () => fork().catch(fail) },
    { icon: "smile", label: "Send a sticker", run: chooseSticker },
    { icon: "pin", label: "Send a location", run: choosePlace },
    { icon: "code", label: "Send any message, as JSON", run: anyMessage },
    { icon: "bolt", label: "Send any event", run: anyEvent },
    { icon: "bend", label: "Request quirks", run: chooseQuirks },
    ...state.faults.map((f) => ({
      icon: "bolt",
      label: `Fault: ${f.title}`,
      sub: f.about,
      run: () =>
        roomCall("POST", "faults", { name: f.name, who: state.speaker })
          .then((t) => emit("inspect", t.id))
          .catch(fail),
    })),
    ...["", ...states].map((s) => ({
      icon: "chevron",
      label: s ? `Set the state to ${s}` : "Unset the state",
      run: () => act({ verb: "at", state: s }).catch(fail),
    })),
    ...[
      ["turns", "Turns"],
      ["machine", "State"],
      ["faults", "Faults"],
      ["test", "Test"],
    ].map(([tab, name]) => ({ icon: "panel", label: `Show ${name}`, run: () => page.show(tab) })),
    { icon: "panel", label: "Show or hide the inspector", sub: "Ctrl .", run: page.toggle },
  ];
}

export function palette(page) {
  if (document.querySelector("dialog[open]")) return;
  const all = choices(page);
  let found = all,
    at = 0;
  const list = h("ul", { role: "listbox", id: "palette-list" });
  const input = h("input", {
    type: "text",
    role: "combobox",
    "aria-expanded": "true",
    "aria-controls": "palette-list",
    "aria-label": "Do something",
    placeholder: "Do something…",
    autocomplete: "off",
    spellcheck: "false",
  });
  const el = h("dialog.palette", { "aria-label": "Commands" }, input, list);
  const run = (c) => {
    el.close();
    c.run();
  };
  const draw = () => {
    replace(
      list,
      found.length
        ? found
            .slice(0, 80)
            .map((c, i) =>
              h(
                "li",
                { role: "option", id: "palette-" + i, "aria-selected": i === at, onclick: () => run(c) },
                icon(c.icon),
                h("span", {}, c.label),
                c.sub && h("span.sub", {}, c.sub),
              ),
            )
        : h("li.none", {}, "Nothing of this name"),
    );
    input.setAttribute("aria-activedescendant", "palette-" + at);
    list.children[at]?.scrollIntoView({ block: "nearest" });
  };
  input.addEventListener("input", () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    found = all.filter((c) => words.every((w) => c.label.toLowerCase().includes(w)));
    at = 0;
    draw();
  });
  input.addEventListener("keydown", (e) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
    if (step && found.length) {
      at = (at + step + Math.min(found.length, 80)) % Math.min(found.length, 80);
      draw();
      e.preventDefault();
    }
    if (e.key === "Enter") {
      e.preventDefault();
      if (found[at]) run(found[at]);
    }
  });
  el.addEventListener("click", (e) => {
    if (e.target === el) el.close();
  });
  el.addEventListener("close", () => el.remove());
  document.body.append(el);
  draw();
  el.showModal();
  input.focus();
}
