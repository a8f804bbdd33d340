// The page: its parts put together, and the keys that work everywhere.

import * as bar from "./bar.js";
import * as composer from "./composer.js";
import * as dialogs from "./dialogs.js";
import * as inspector from "./inspector.js";
import * as side from "./side.js";
import * as test from "./test.js";
import * as timeline from "./timeline.js";
import { palette } from "./palette.js";
import { emit, enter, on, start, state } from "./store.js";

const app = document.getElementById("app");

// page is what its parts may ask of the whole.
const page = {
  // toggle shows or hides the inspector.
  toggle() {
    app.classList.toggle(bar.over() ? "show-inspector" : "solo");
    app.classList.remove("show-side");
    emit("layout");
  },
  // show brings a tab of the inspector into view.
  show(tab) {
    app.classList.remove("solo");
    app.classList.toggle("show-inspector", bar.over());
    inspector.show(tab);
    emit("layout");
  },
  // close puts away what lies over the chat.
  close() {
    app.classList.remove("show-side", "show-inspector");
    emit("layout");
  },
};

dialogs.start();
side.start(page);
bar.start(app, page);
timeline.start();
composer.start();
inspector.start(page);
test.start();
document.getElementById("scrim").addEventListener("click", page.close);
on("inspect", (id) => {
  if (!id) return;
  page.show("turns");
  inspector.inspect(id);
});

addEventListener("keydown", (e) => {
  const mod = e.ctrlKey || e.metaKey;
  if (mod && e.key.toLowerCase() === "k") {
    e.preventDefault();
    palette(page);
  } else if (mod && e.key === ".") {
    e.preventDefault();
    page.toggle();
  } else if (e.altKey && !mod && /^Digit[1-9]$/.test(e.code) && state.rooms[e.code.at(-1) - 1]) {
    e.preventDefault();
    enter(state.rooms[e.code.at(-1) - 1].id);
  } else if (e.key === "Escape" && !document.querySelector("dialog[open], :popover-open")) {
    page.close();
    composer.focus();
  }
});

addEventListener("hashchange", () => enter(decodeURIComponent(location.hash.slice(1))));

start();
