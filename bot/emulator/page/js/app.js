// The page: its parts put together, and the keys that work everywhere.

import * as composer from "./composer.js";
import * as dialogs from "./dialogs.js";
import * as inspector from "./inspector.js";
import * as side from "./side.js";
import * as test from "./test.js";
import * as timeline from "./timeline.js";
import { palette } from "./palette.js";
import { enter, start, state } from "./store.js";

const app = document.getElementById("app");

dialogs.start();
side.start();
const bar = side.startBar();
timeline.start();
composer.start();
inspector.start(app);
test.start();

const page = {
  inspect: inspector.inspect,
  toggle: bar.toggle,
  show(tab) {
    if (innerWidth <= 1180) app.classList.add("show-inspector");
    else app.classList.remove("solo");
    inspector.show(tab);
  },
};
side.onShowTab(page.show);

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
    app.classList.remove("show-side", "show-inspector");
    composer.focus();
  }
});

addEventListener("hashchange", () => enter(decodeURIComponent(location.hash.slice(1))));

start();
