// Template messages: buttons, confirm, carousel, image_carousel. Only what the
// vendor's web client reads has an effect, and texts are cut where it cuts them.

import { h } from "./dom.js";
import { act } from "./action.js";
import { nothing } from "./message.js";
import { picture } from "./media.js";

const array = (v) => (Array.isArray(v) ? v : null);
const first = (s, n) => (typeof s === "string" ? [...s].slice(0, n).join("") : "");

export function template(t) {
  switch (t?.type) {
    case "buttons":
      return buttons(t);
    case "confirm":
      return confirm(t);
    case "carousel":
      return carousel(t);
    case "image_carousel":
      return images(t);
  }
  return null;
}

function buttons(t) {
  const actions = array(t.actions);
  if (!actions) return nothing("template.actions must be an array, else the bubble fails");
  const rich = t.thumbnailImageUrl || t.title;
  return {
    node: h(".template", {}, column(t, t, first(t.title, 40), first(t.text, rich ? 60 : 160)), list(actions)),
    wide: actions.length > 0 || Boolean(rich),
  };
}

function confirm(t) {
  if (typeof t.text !== "string") return nothing("template.text is missing, and the bubble fails without it");
  return {
    node: h(
      ".template",
      {},
      h("p.body", {}, first(t.text, 240)),
      h(".actions.pair", {}, (array(t.actions) ?? []).slice(0, 2).map(button)),
    ),
    wide: true,
  };
}

function carousel(t) {
  const columns = array(t.columns);
  if (!columns) return nothing("template.columns must be an array");
  if (columns.some((c) => !array(c?.actions))) return nothing("every column needs an actions array, else the bubble fails");
  const draw = (c) => {
    const rich = c.thumbnailImageUrl || c.title;
    const shown = c.openQuickReply === true || t.category === "survey";
    return h(".template", {}, column(c, t, first(c.title, 100), first(c.text, rich ? 300 : 160)), shown && list(c.actions));
  };
  return {
    node: h(".carousel", { tabindex: 0, role: "group", "aria-label": "Cards" }, columns.slice(0, 50).map(draw)),
    bare: true,
    full: true,
  };
}

function images(t) {
  const columns = array(t.columns);
  if (!columns) return nothing("template.columns must be an array");
  const draw = (c) =>
    h(
      "button.template.imagebutton",
      { type: "button", "aria-label": c?.action?.label ?? "Picture", onclick: () => act(c?.action) },
      picture({ thumbnailUrl: c?.imageUrl }, "hero", "1 / 1"),
    );
  return {
    node: h(".carousel", { tabindex: 0, role: "group", "aria-label": "Pictures" }, columns.slice(0, 50).map(draw)),
    bare: true,
    full: true,
  };
}

// column is picture, title and text; look is where their looks are declared.
function column(c, look, title, text) {
  const hero =
    c.thumbnailImageUrl &&
    picture({ thumbnailUrl: c.thumbnailImageUrl }, "hero", look.imageAspectRatio === "square" ? "1 / 1" : "1.51 / 1");
  const body = [hero, title && h("p.head", {}, title), text && h("p.body", {}, text)];
  return c.defaultAction ? h("button.plainlink", { type: "button", onclick: () => act(c.defaultAction) }, body) : h("", {}, body);
}

const list = (actions) => actions.length > 0 && h(".actions", {}, actions.slice(0, 30).map(button));

export function button(a) {
  return h(
    "button.action",
    { type: "button", onclick: () => act(a) },
    typeof a?.label === "string" && a.label ? a.label : "(no label)",
  );
}

// quickReplies are the chips of a message, which it offers while it is the last.
export function quickReplies(m) {
  if (m?.messageType !== "template") return [];
  let t = m.template;
  if (typeof t === "string") {
    try {
      t = JSON.parse(t);
    } catch {
      return [];
    }
  }
  return (array(t?.quickReply?.items) ?? [])
    .map((i) => i?.action)
    .filter(Boolean)
    .slice(0, 30);
}
