// Building elements. Text is always set as text; there is no way from here to
// markup in a string.

import { icon } from "./icons.js";

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
    requestAnimationFrame(() => {
      waiting = false;
      f();
    });
  };
}

// replace puts children in place of all that is in el.
export function replace(el, ...children) {
  el.replaceChildren(...flat(children));
  return el;
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
