// Building elements. Text is always set as text; there is no way from here to
// markup in a string.

const SVG = "http://www.w3.org/2000/svg";

// h makes an element: h("button.round", {title, onclick}, "text", child, null).
export function h(tag, props, ...children) {
  const [name, ...classes] = tag.split(".");
  const el = document.createElement(name || "div");
  if (classes.length) el.className = classes.join(" ");
  set(el, props);
  el.append(...flat(children));
  return el;
}

function set(el, props) {
  for (const [key, value] of Object.entries(props ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) el.addEventListener(key.slice(2), value);
    else if (key === "class") el.className += " " + value;
    else if (key === "value") el.value = value;
    else if (key === "hue") el.style.setProperty("--hue", value);
    else el.setAttribute(key, value === true ? "" : value);
  }
}

function flat(children) {
  return children.flat(Infinity).filter((c) => c !== null && c !== undefined && c !== false);
}

export function svg(name, props, ...children) {
  const el = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(props ?? {})) {
    if (key.startsWith("on")) el.addEventListener(key.slice(2), value);
    else if (value !== undefined && value !== null) el.setAttribute(key, value);
  }
  el.append(...flat(children));
  return el;
}

// soon returns a function that runs f once in the next frame, however often it is
// called until then.
export function soon(f) {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; f(); });
  };
}

// replace puts children in place of all that is in el.
export function replace(el, ...children) {
  el.replaceChildren(...flat(children));
  return el;
}

const paths = {
  menu: "M4 7h16M4 12h16M4 17h16",
  plus: "M12 5v14M5 12h14",
  send: "M5 12h13M12 5l7 7-7 7",
  close: "M6 6l12 12M18 6L6 18",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  panel: "M4 5h16v14H4zM14.5 5v14",
  search: "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16 16l4.5 4.5",
  image: "M4 5h16v14H4zM4 16l4.5-4.5 4 4 2.5-2.5 5 5M15.5 9.5h.01",
  file: "M6 3h8l4 4v14H6zM14 3v4h4",
  pin: "M12 21s7-5.7 7-11a7 7 0 1 0-14 0c0 5.300 7 11 7 11zM12 12.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5z",
  smile: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8.500 14.500s1.200 2 3.500 2 3.500-2 3.500-2M9 9.500h.01M15 9.500h.01",
  code: "M8.500 7L4 12l4.500 5M15.500 7l4.500 5-4.500 5",
  bolt: "M13 3L5 13.500h6L11 21l8-10.500h-6z",
  bend: "M4 12c3-7 6-7 8 0s5 7 8 0",
  check: "M5 12.500l4.500 4.500L19 7.500",
  warn: "M12 4L2.800 20h18.400zM12 10v4.500M12 17.300h.01",
  cross: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM9 9l6 6M15 9l-6 6",
  info: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5M12 8h.01",
  fork: "M7 4v16M7 12c0-4 10-2 10-8M14 6.500L17 4l3 2.500",
  back: "M9 6L4 11l5 5M4 11h10a6 6 0 0 1 0 12h-1",
  redo: "M20 11a8 8 0 1 0-2.300 6.300M20 5v6h-6",
  reply: "M9 7L4 12l5 5M4 12h9a7 7 0 0 1 7 7",
  edit: "M4 20l1-4L16.500 4.500l3 3L8 19zM14 7l3 3",
  trash: "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13",
  down: "M12 5v14M6 13l6 6 6-6",
  chevron: "M9 6l6 6-6 6",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  save: "M12 4v11M7 11l5 5 5-5M5 20h14",
  open: "M12 16V5M7 9l5-5 5 5M5 20h14",
  sun: "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 2v2.500M12 19.500V22M2 12h2.500M19.500 12H22M5 5l1.700 1.700M17.300 17.300L19 19M5 19l1.700-1.700M17.300 6.700L19 5",
  moon: "M20 14.500A8.500 8.500 0 0 1 9.500 4a8.500 8.500 0 1 0 10.500 10.500z",
  auto: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 3v18",
  robot: "M6 9h12v9H6zM12 9V5M12 5h.01M9.500 13h.01M14.500 13h.01M3.500 12v3M20.500 12v3",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM5 20c.5-4 3.500-5.500 7-5.500s6.500 1.500 7 5.500",
  join: "M10 17l5-5-5-5M15 12H4M14 4h6v16h-6",
  leave: "M15 17l5-5-5-5M20 12H9M11 4H4v16h7",
  play: "M7 5l12 7-12 7z",
  audio: "M9 18V6l10-2v12M9 18a2.500 2.500 0 1 1-5 0 2.500 2.500 0 0 1 5 0zM19 16a2.500 2.500 0 1 1-5 0 2.500 2.500 0 0 1 5 0z",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.500 2",
  link: "M14 5h5v5M19 5l-8 8M17 14v5H5V7h5",
};

export function icon(name, props) {
  return svg("svg", { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true", ...props }, svg("path", { d: paths[name] ?? "" }));
}

// round is an icon button with a name for those who do not see it.
export function round(name, label, onclick, props) {
  return h("button.round", { type: "button", title: label, "aria-label": label, onclick, ...props }, icon(name));
}

// avatar is somebody's initials on a colour that is always the same for him.
export function avatar(user, small) {
  const name = user.nickname || user._id || "?";
  let hue = 0;
  for (const c of user._id || name) hue = (hue * 31 + c.codePointAt(0)) % 360;
  const kind = (user.isRobot ? ".robot" : "") + (small ? ".small" : "");
  return h("span.avatar" + kind, { hue, "aria-hidden": "true" }, user.isRobot ? icon("robot") : initials(name));
}

function initials(name) {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0], words.at(-1)].map((w) => [...w][0]) : [...words[0]].slice(0, 1);
  return letters.join("").toUpperCase();
}

// menu opens a list of choices under a button: {icon, label, run}, null for a line,
// or a string for a heading.
export function menu(anchor, items) {
  const el = h(".menu", { popover: "auto", role: "menu" });
  for (const item of items) {
    if (item === null) el.append(h("hr"));
    else if (typeof item === "string") el.append(h("h3", {}, item));
    else el.append(h("button", { type: "button", role: "menuitem", disabled: item.disabled, onclick: () => { el.hidePopover(); item.run(); } },
      item.avatar ?? (item.icon && icon(item.icon)), h("span", {}, item.label)));
  }
  el.addEventListener("keydown", (e) => roam(e, el));
  el.addEventListener("toggle", (e) => {
    anchor.setAttribute("aria-expanded", e.newState === "open");
    if (e.newState === "closed") { el.remove(); anchor.focus({ preventScroll: true }); }
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
  const el = h(".toast", {}, h("span", {}, text),
    action && h("button.button.quiet", { type: "button", onclick: () => { el.remove(); action.run(); } }, action.label));
  const all = document.getElementById("toasts");
  all.append(el);
  while (all.children.length > 3) all.firstChild.remove();
  setTimeout(() => el.remove(), action ? 9000 : 5000);
}
