// What opens over the page for a moment: menus and toasts.

import { h } from "./dom.js";
import { icon } from "./icons.js";

// menu opens a list of choices under a button: {icon, label, run}, null for a line,
// or a string for a heading.
export function menu(anchor, items) {
  const el = h(".menu", { popover: "auto", role: "menu" });
  for (const item of items) {
    if (item === null) el.append(h("hr"));
    else if (typeof item === "string") el.append(h("h3", {}, item));
    else
      el.append(
        h(
          "button",
          {
            type: "button",
            role: "menuitem",
            disabled: item.disabled,
            onclick: () => {
              el.hidePopover();
              item.run();
            },
          },
          item.avatar ?? (item.icon && icon(item.icon)),
          h("span", {}, item.label),
        ),
      );
  }
  el.addEventListener("keydown", (e) => roam(e, el));
  el.addEventListener("toggle", (e) => {
    anchor.setAttribute("aria-expanded", e.newState === "open");
    if (e.newState === "closed") {
      el.remove();
      anchor.focus({ preventScroll: true });
    }
  });
  document.body.append(el);
  el.showPopover();
  place(el, anchor.getBoundingClientRect());
  el.querySelector("button:not(:disabled)")?.focus({ focusVisible: true });
}

// place sets el near a rectangle, inside the window.
function place(el, r) {
  const box = el.getBoundingClientRect();
  const left = Math.max(8, Math.min(r.left, innerWidth - box.width - 8));
  const below = r.bottom + 6 + box.height < innerHeight;
  el.style.left = left + "px";
  el.style.top = Math.max(8, below ? r.bottom + 6 : r.top - box.height - 6) + "px";
}

// roam moves the focus among the buttons of el with the arrow keys.
export function roam(e, el) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
  if (!step) return;
  const all = [...el.querySelectorAll("button:not(:disabled)")];
  const i = all.indexOf(document.activeElement);
  all[(i + step + all.length) % all.length]?.focus();
  e.preventDefault();
}

// toast tells something for a few seconds, with at most one thing to do about it.
export function toast(text, action) {
  const el = h(
    ".toast",
    {},
    h("span", {}, text),
    action &&
      h(
        "button.button.quiet",
        {
          type: "button",
          onclick: () => {
            el.remove();
            action.run();
          },
        },
        action.label,
      ),
  );
  const all = document.getElementById("toasts");
  all.append(el);
  while (all.children.length > 3) all.firstChild.remove();
  setTimeout(() => el.remove(), action ? 9000 : 5000);
}
