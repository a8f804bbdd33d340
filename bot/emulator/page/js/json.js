// JSON with colours. What is not JSON is shown as it came.

import { h } from "./dom.js";

const most = 20_000; // characters drawn with colours

export function json(text) {
  let nice = text;
  try {
    nice = JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return h("pre.json", { tabindex: 0 }, text || "(empty)");
  }
  const el = h("pre.json", { tabindex: 0 });
  if (nice.length > most) {
    el.append(nice);
    return el;
  }
  let last = 0;
  for (const m of nice.matchAll(/("(?:\\.|[^"\\])*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g)) {
    el.append(nice.slice(last, m.index));
    const kind = m[2] ? "key" : m[1] ? "string" : /^[tfn]/.test(m[0]) ? "word" : "number";
    el.append(h("span." + kind, {}, m[1] ?? m[0]), m[2] ?? "");
    last = m.index + m[0].length;
  }
  el.append(nice.slice(last));
  return el;
}
