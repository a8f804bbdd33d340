// One turn in full: verdict, state, and what was sent and answered.

import { h, round } from "./dom.js";
import { icon } from "./icons.js";
import { toast } from "./menu.js";
import { fork, resend, rewind } from "./dialogs.js";
import { json } from "./json.js";
import { signs, took, words } from "./verdict.js";

export function full(t) {
  return [
    h("header", {}, h("h3", {}, t.fault ? `Fault: ${t.title}` : t.title), h("span.sub", {}, new Date(t.at).toLocaleTimeString())),
    verdict(t),
    h(
      "dl.facts",
      {},
      fact(
        "State",
        h("span.states.mono", {}, t.before || "unset", t.before !== t.after && [" → ", h("b", {}, t.after || "unset")]),
      ),
      t.exchanges && fact("Status", t.exchanges.map((x) => x.status || "none").join(", ")),
      t.exchanges && fact("Time", took(t.tookMS)),
      t.exchanges?.some((x) => x.botError) &&
        fact(
          "X-Bot-Error",
          h(
            "code",
            {},
            t.exchanges
              .map((x) => x.botError)
              .filter(Boolean)
              .join(", "),
          ),
        ),
    ),
    h(
      ".doings",
      {},
      !t.fault &&
        h(
          "button.button",
          { type: "button", onclick: () => rewind(t.id).catch((e) => toast(e.message)) },
          icon("back"),
          "Rewind to before",
        ),
      h(
        "button.button",
        { type: "button", onclick: () => fork(t.id).catch((e) => toast(e.message)) },
        icon("fork"),
        "Fork from here",
      ),
      t.exchanges?.[0] &&
        h("button.button", { type: "button", onclick: () => resend(t.exchanges[0].request) }, icon("edit"), "Edit and send"),
    ),
    (t.exchanges ?? []).map(exchange),
  ];
}

const fact = (name, value) => h("", {}, h("dt", {}, name), h("dd", {}, value));

function verdict(t) {
  const g = t.pending ? "" : (t.verdict.grade ?? "");
  const title = t.pending ? "Waiting for the bot" : t.silent ? "The bot was not told" : (words[g] ?? "");
  return h(
    ".verdict",
    { class: g },
    icon(t.pending ? "clock" : (signs[g] ?? "info")),
    h(
      "",
      {},
      h("b", {}, title),
      (t.verdict.notes ?? []).map((n) => h("p", { class: n.grade === "info" ? "" : "grade-" + n.grade }, n.text)),
    ),
  );
}

function exchange(x) {
  const head = (lines) =>
    lines?.length > 0 &&
    h(
      "p.heads.mono",
      {},
      lines.map((l) => h("span", {}, h("b", {}, l.name + ": "), l.value)),
    );
  return h(
    ".exchange",
    {},
    x.label && h("h4", {}, x.label),
    part("Request", `${x.requestSize} bytes`, x.request, head(x.requestHead)),
    part("Response", x.error ? "" : `${x.status} · ${took(x.tookMS)}`, x.response ?? "", head(x.responseHead), x.error),
  );
}

function part(title, sub, text, heads, error) {
  const copy = round(
    "copy",
    `Copy the ${title.toLowerCase()}`,
    async () => {
      await navigator.clipboard.writeText(text);
      toast("Copied.");
    },
    { class: "small" },
  );
  return h(
    "details",
    { open: true },
    h("summary", {}, icon("chevron"), h("b", {}, title), h("span.sub", {}, sub)),
    h(
      ".partbody",
      {},
      heads && h("details.headers", {}, h("summary", {}, icon("chevron"), "Headers"), heads),
      error ? h("p.problem", {}, error) : [copy, json(text)],
    ),
  );
}
