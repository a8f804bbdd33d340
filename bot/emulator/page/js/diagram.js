// A machine as a drawing: states in layers by their distance from the initial one,
// the room's state marked.

import { svg } from "./dom.js";

const most = 40; // states drawn at once; beyond, those near the current one
const gapX = 74,
  gapY = 46,
  height = 34,
  pad = 22;

// diagram draws a machine with the room's state marked; put is called with the state
// that is clicked.
export function diagram(m, here, put) {
  return picture(near(m, here), here, put);
}

// near keeps what is at most two moves away when there is too much to draw.
function near(m, here) {
  if (m.states.length <= most) return m;
  const keep = new Set([here]);
  for (let i = 0; i < 2; i++) {
    for (const t of m.transitions) {
      if (keep.size >= most) break;
      if (keep.has(t.from)) keep.add(t.to);
      else if (keep.has(t.to) && t.from !== "*") keep.add(t.from);
    }
  }
  return {
    ...m,
    initial: keep.has(m.initial) ? m.initial : here,
    states: m.states.filter((s) => keep.has(s)),
    transitions: m.transitions.filter((t) => keep.has(t.from) && keep.has(t.to)),
  };
}

const width = (s) => Math.max(58, Math.min(200, [...s].length * 8 + 28));
const short = (s, n) => ([...s].length > n ? [...s].slice(0, n - 1).join("") + "…" : s);

// layout places each state: layers from top to bottom, side by side in a layer.
function layout(m) {
  const depth = new Map([[m.initial, 0]]);
  const todo = [m.initial];
  while (todo.length) {
    const s = todo.shift();
    for (const t of m.transitions) {
      if (t.from === s && !depth.has(t.to)) {
        depth.set(t.to, depth.get(s) + 1);
        todo.push(t.to);
      }
    }
  }
  const deepest = Math.max(...depth.values());
  for (const s of m.states)
    if (!depth.has(s)) depth.set(s, m.transitions.some((t) => t.to === s && t.from === "*") ? 1 : deepest + 1);
  const layers = [];
  for (const s of m.states) (layers[depth.get(s)] ??= []).push(s);
  const rows = layers.filter(Boolean);
  order(rows, m);
  const at = new Map(),
    widths = rows.map((r) => r.reduce((w, s) => w + width(s), 0) + ((r.length - 1) * gapX) / 2);
  const full = Math.max(...widths);
  rows.forEach((row, y) => {
    let x = (full - widths[y]) / 2;
    for (const s of row) {
      at.set(s, { x: x + width(s) / 2, y: y * (height + gapY) + height / 2, w: width(s), row: y });
      x += width(s) + gapX / 2;
    }
  });
  return { at, full, tall: rows.length * (height + gapY) - gapY };
}

// order puts the states of a layer near those they come from, so that few lines
// cross.
function order(rows, m) {
  for (let pass = 0; pass < 4; pass++) {
    for (let y = 1; y < rows.length; y++) {
      const above = new Map(rows[y - 1].map((s, i) => [s, i / Math.max(1, rows[y - 1].length - 1)]));
      const pull = (s) => {
        const from = m.transitions.filter((t) => t.to === s && above.has(t.from)).map((t) => above.get(t.from));
        return from.length ? from.reduce((a, b) => a + b) / from.length : 0.5;
      };
      rows[y] = rows[y]
        .map((s) => [pull(s), s])
        .sort((a, b) => a[0] - b[0])
        .map(([, s]) => s);
    }
  }
}

function picture(m, here, put) {
  const { at, full, tall } = layout(m);
  const edges = merge(m.transitions.filter((t) => at.has(t.from) && at.has(t.to)));
  const reach = Math.max(0, ...edges.map((e) => bulge(e, at)));
  const side = pad + reach;
  const el = svg("svg", {
    viewBox: `${-side} ${-pad - 16} ${full + 2 * side} ${tall + 2 * pad + 16}`,
    width: full + 2 * side,
    height: tall + 2 * pad + 16,
    role: "img",
    "aria-label": `${m.states.length} states; the room is in ${here || "none"}`,
  });
  el.append(
    svg(
      "defs",
      {},
      ["arrow", "arrow-on"].map((id) =>
        svg(
          "marker",
          { id, viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 8, markerHeight: 8, orient: "auto" },
          svg("path", { d: "M1 1L7 4L1 7", class: "head " + id }),
        ),
      ),
    ),
  );
  const labels = [];
  for (const e of edges) el.append(edge(e, at, here, labels));
  const start = at.get(m.initial);
  if (start)
    el.append(
      svg("circle", { cx: start.x, cy: start.y - height / 2 - 16, r: 3.5, class: "initial" }),
      svg("path", {
        d: `M${start.x} ${start.y - height / 2 - 12}V${start.y - height / 2 - 2}`,
        class: "edge",
        "marker-end": "url(#arrow)",
      }),
    );
  for (const s of m.states) el.append(node(s, at.get(s), s === here, (m.ends ?? []).includes(s), put));
  el.append(...labels);
  return el;
}

// merge makes one line of several moves between the same two states.
function merge(all) {
  const byEnds = new Map();
  for (const t of all) {
    const key = t.from + "\n" + t.to;
    if (!byEnds.has(key)) byEnds.set(key, { from: t.from, to: t.to, names: [] });
    if (t.name) byEnds.get(key).names.push(t.name);
  }
  return [...byEnds.values()];
}

// bulge is how far a line that passes by other layers leaves the drawing sideways.
function bulge(e, at) {
  const a = at.get(e.from),
    b = at.get(e.to);
  return a.row === b.row || b.row - a.row === 1 ? (e.from === e.to ? 40 : 0) : 44 + 10 * Math.abs(a.row - b.row);
}

function edge(e, at, here, labels) {
  const a = at.get(e.from),
    b = at.get(e.to);
  const on = e.from === here;
  const { d, x, y, anchor } = line(a, b, e);
  const text = short(e.names.join(", "), 24);
  if (text) labels.push(svg("text", { x, y, class: "move" + (on ? " on" : ""), "text-anchor": anchor }, text));
  return svg("path", { d, class: "edge" + (on ? " on" : ""), "marker-end": `url(#${on ? "arrow-on" : "arrow"})` });
}

function line(a, b, e) {
  if (e.from === e.to) {
    const x = a.x + a.w / 2;
    return {
      d: `M${x - 8} ${a.y - height / 2}C${x + 4} ${a.y - height / 2 - 26} ${x + 36} ${a.y - 6} ${x + 1} ${a.y + 3}`,
      x: x + 14,
      y: a.y - height / 2 - 4,
      anchor: "start",
    };
  }
  if (b.row - a.row === 1) {
    const y1 = a.y + height / 2,
      y2 = b.y - height / 2 - 1,
      mid = (y1 + y2) / 2;
    return { d: `M${a.x} ${y1}C${a.x} ${mid} ${b.x} ${mid} ${b.x} ${y2}`, x: (a.x + b.x) / 2 + 7, y: mid + 4, anchor: "start" };
  }
  if (a.row === b.row) {
    const right = b.x > a.x,
      y = a.y + height / 2,
      dip = y + 30;
    const x1 = a.x + (right ? 10 : -10),
      x2 = b.x + (right ? -10 : 10);
    return { d: `M${x1} ${y}C${x1} ${dip} ${x2} ${dip} ${x2} ${y + 1}`, x: (x1 + x2) / 2, y: dip + 4, anchor: "middle" };
  }
  const down = b.row > a.row,
    sign = down ? 1 : -1; // forward jumps right, ways back left
  const x1 = a.x + (sign * a.w) / 2,
    x2 = b.x + sign * (b.w / 2 + 1),
    out = 44 + 10 * Math.abs(a.row - b.row);
  const far = sign > 0 ? Math.max(x1, x2) + out : Math.min(x1, x2) - out;
  return {
    d: `M${x1} ${a.y}C${far} ${a.y} ${far} ${b.y} ${x2} ${b.y}`,
    x: (x1 + x2 + 6 * far) / 8 + sign * 4,
    y: (a.y + b.y) / 2 + 4,
    anchor: sign > 0 ? "start" : "end",
  };
}

function node(s, p, on, end, put) {
  const choose = () => put(s);
  return svg(
    "g",
    {
      class: "node" + (on ? " on" : "") + (end ? " end" : ""),
      tabindex: 0,
      role: "button",
      "aria-label": on ? `${s}, where the room is` : `Put the room into ${s}`,
      transform: `translate(${p.x - p.w / 2} ${p.y - height / 2})`,
      onclick: choose,
      onkeydown: (e) => {
        if (e.key === "Enter" || e.key === " ") {
          e.preventDefault();
          choose();
        }
      },
    },
    svg("title", {}, on ? `${s}: the room is here` : `Put the room into ${s}`),
    end && svg("rect", { x: -3, y: -3, width: p.w + 6, height: height + 6, rx: 13, class: "ring" }),
    svg("rect", { width: p.w, height, rx: 10 }),
    svg("text", { x: p.w / 2, y: height / 2 + 4.5, "text-anchor": "middle" }, short(s, 23)),
  );
}
