// Flex messages: bubbles of boxes, as far as the vendor's web client draws them.
// Colours and lengths of a message are set only when they look like such.

import { h } from "./dom.js";
import { act } from "./action.js";
import { picture } from "./media.js";

const sizes = { nano: 120, micro: 160, kilo: 260, mega: 300, giga: 386 };
const gaps = { none: "0", xs: "2px", sm: "4px", md: "8px", lg: "12px", xl: "16px", xxl: "20px" };
const texts = {
  xxs: "11px",
  xs: "13px",
  sm: "14px",
  md: "15px",
  lg: "17px",
  xl: "20px",
  xxl: "24px",
  "3xl": "28px",
  "4xl": "34px",
  "5xl": "42px",
};
const most = 400; // elements of one message

export function flex(contents) {
  if (!contents) return null;
  const budget = { left: most };
  if (contents.type === "carousel") {
    const all = Array.isArray(contents.contents) ? contents.contents : [];
    return {
      node: h(
        ".carousel",
        { tabindex: 0, role: "group", "aria-label": "Cards" },
        all.slice(0, 30).map((b) => bubble(b, budget)),
      ),
      bare: true,
      full: true,
    };
  }
  return { node: bubble(contents, budget), bare: true, full: true };
}

function bubble(b, budget) {
  const el = h(
    ".flexbubble",
    {},
    ["header", "hero", "body", "footer"].map((part) => {
      if (!b?.[part]) return null;
      const section = h(".section." + part, {}, component(b[part], budget, 0));
      paint(section, "backgroundColor", b.styles?.[part]?.backgroundColor);
      if (b.styles?.[part]?.separator) section.classList.add("separated");
      return section;
    }),
  );
  el.style.width = (sizes[b?.size] ?? sizes.mega) + "px";
  return el;
}

const components = {
  box,
  text,
  span: (c) => h("span", {}, string(c.text)),
  button,
  image,
  video: (c) => ratio(picture({ thumbnailUrl: c.url }, "video"), c, "16:9"),
  icon,
  separator: () => h(".blank"),
  input: (c) => h(".field", {}, string(c.text) || "Input"),
  rating: () => h(".field", {}, "★★★★★"),
};

function component(c, budget, depth) {
  if (!c || typeof c !== "object" || budget.left-- <= 0 || depth > 20) return null;
  const draw = Object.hasOwn(components, c.type) && components[c.type];
  if (!draw) return null;
  const el = draw(c, budget, depth);
  if (gaps[c.margin] ?? length(c.margin)) el.style.marginTop = gaps[c.margin] ?? length(c.margin);
  if (Number.isFinite(c.flex)) el.style.flex = String(Math.min(Math.max(c.flex, 0), 100));
  return el;
}

function box(c, budget, depth) {
  const layout = ["horizontal", "baseline"].includes(c.layout) ? c.layout : "vertical";
  const el = h(
    ".box." + layout,
    {},
    (Array.isArray(c.contents) ? c.contents : []).map((x) => component(x, budget, depth + 1)),
  );
  const set = (name, v) => {
    if (v) el.style[name] = v;
  };
  set("gap", gaps[c.spacing] ?? length(c.spacing));
  set("borderRadius", gaps[c.cornerRadius] ?? length(c.cornerRadius));
  for (const name of ["width", "maxWidth", "height", "maxHeight"]) set(name, length(c[name]));
  if (length(c.borderWidth)) {
    el.style.borderStyle = "solid";
    el.style.borderWidth = length(c.borderWidth);
  }
  paint(el, "backgroundColor", c.backgroundColor);
  paint(el, "borderColor", c.borderColor);
  return el;
}

function text(c) {
  const el = h("p.line" + (c.wrap ? ".wrap" : ""), {}, string(c.text));
  el.style.fontSize = texts[c.size] ?? texts.md;
  if (c.weight === "bold") el.style.fontWeight = "650";
  paint(el, "color", c.color);
  return el;
}

function button(c) {
  const style = ["primary", "secondary"].includes(c.style) ? c.style : "link";
  const el = h(
    "button.action." + style,
    { type: "button", onclick: () => act(c.action) },
    string(c.action?.label) || "(no label)",
  );
  paint(el, style === "link" ? "color" : "backgroundColor", c.color);
  if (style === "primary" && colour(c.color)) el.style.color = "#fff";
  return el;
}

function image(c) {
  return ratio(picture({ thumbnailUrl: c.url }, "hero"), c, "1:1");
}

function icon(c) {
  const el = picture({ thumbnailUrl: c.url }, "tiny", "1 / 1");
  el.style.width = texts[c.size] ?? texts.md;
  return el;
}

function ratio(el, c, otherwise) {
  const m = /^(\d{1,5}):(\d{1,5})$/.exec(c.aspectRatio ?? otherwise);
  if (m) el.style.aspectRatio = `${m[1]} / ${m[2]}`;
  return el;
}

const string = (v) => (typeof v === "string" || typeof v === "number" ? String(v) : "");
const length = (v) => (typeof v === "string" && /^\d{1,4}(\.\d{1,2})?(px|%)$/.test(v) ? v : "");
const colour = (v) => (typeof v === "string" && /^(#[0-9a-f]{3,8}|[a-z]{3,20}|rgba?\([\d., %]{5,40}\))$/i.test(v) ? v : "");
const paint = (el, property, v) => {
  if (colour(v)) el.style[property] = v;
};
