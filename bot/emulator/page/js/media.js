// Pictures and other media. What other hosts have is not loaded: a message must
// not make this machine call anybody. Its place is drawn, with size and address.

import { h } from "./dom.js";
import { icon } from "./icons.js";

const own = /^\/files\/emulator\/[a-z0-9]+$/;

// source returns an address that may be loaded: a file given to this emulator, or a
// picture inside the message.
export function source(url) {
  if (typeof url !== "string") return null;
  if (/^data:image\/(png|jpeg|gif|webp);base64,[a-z0-9+/=]+$/i.test(url)) return url;
  try {
    const u = new URL(url, location.origin);
    return isOurs(u) && own.test(u.pathname) ? u.pathname : null;
  } catch {
    return null;
  }
}

function isOurs(u) {
  const loopback = (name) => name === "localhost" || name === "[::1]" || /^127\./.test(name);
  return u.origin === location.origin || (u.port === location.port && loopback(u.hostname) && loopback(location.hostname));
}

// picture draws {thumbnailUrl, width, height, alt} with at most the room a bubble
// has; ratio is for pictures that do not tell their size.
export function picture(p, kind = "image", ratio = "") {
  const url = p.thumbnailUrl ?? "";
  const w = size(p.width),
    hi = size(p.height);
  const el = h("figure.picture." + kind);
  if (ratio) el.style.aspectRatio = ratio;
  else if (w && hi) el.style.aspectRatio = `${w} / ${hi}`;
  const src = source(url);
  if (src) {
    el.append(
      h("img", { src, alt: p.alt ?? "", loading: "lazy", decoding: "async", width: w || undefined, height: hi || undefined }),
    );
    return el;
  }
  el.classList.add("absent");
  el.append(
    icon(kind === "video" ? "play" : "image"),
    h("figcaption", {}, h("b", {}, caption(kind, w, hi)), h("span.url", { title: url }, url || "no thumbnailUrl")),
  );
  return el;
}

const size = (n) => (Number.isFinite(+n) && +n > 0 ? Math.min(+n, 20000) : 0);

function caption(kind, w, hi) {
  const name = { image: "Picture", video: "Video", sticker: "Sticker", hero: "Picture" }[kind] ?? "Picture";
  return w && hi ? `${name} ${w} × ${hi}` : name;
}

// clock writes seconds as minutes and seconds.
export function clock(seconds) {
  const s = Math.round(+seconds);
  return Number.isFinite(s) ? `${Math.floor(s / 60)}:${String(s % 60).padStart(2, "0")}` : "NaN:NaN";
}

export function bytes(n) {
  if (!Number.isFinite(+n)) return "NaN";
  const units = ["B", "kB", "MB", "GB"];
  let i = 0,
    v = +n;
  for (; v >= 1000 && i < units.length - 1; i++) v /= 1000;
  return `${v < 10 && i ? v.toFixed(1) : Math.round(v)} ${units[i]}`;
}
