// Files for messages: given to the emulator, which keeps them in memory, and named
// in the message by their address there.

import { call } from "./store.js";

// upload returns the message to send, and for a picture its entry of "images".
export async function upload(file) {
  if (file.size > 10 << 20) throw new Error("A file may have 10 MiB.");
  const put = await call("PUT", "/api/files/" + encodeURIComponent(file.name || "file"), file, "application/octet-stream");
  const url = location.origin + put.path;
  const [kind] = put.type.split("/");
  if (kind === "image") return { messageType: "image", picture: { originalUrl: url, thumbnailUrl: url, ...(await size(file)) } };
  const dot = file.name.lastIndexOf(".");
  const extra = {
    fileName: dot > 0 ? file.name.slice(0, dot) : file.name,
    fileExtension: dot > 0 ? file.name.slice(dot + 1) : "",
    mimeType: file.type || put.type,
    bytes: put.bytes,
  };
  if (kind === "audio" || kind === "video")
    return { messageType: kind, message: file.name, originalUrl: url, ...(await length(kind, put.path)), extra };
  return { messageType: "file", message: file.name, originalUrl: url, extra };
}

async function size(file) {
  try {
    const b = await createImageBitmap(file);
    const dims = { width: b.width, height: b.height };
    b.close();
    return dims;
  } catch {
    return { width: 1, height: 1 };
  }
}

// length asks a player for the duration, and a picture's size.
function length(kind, path) {
  return new Promise((resolve) => {
    const el = document.createElement(kind);
    const done = () =>
      resolve({
        duration: Number.isFinite(el.duration) ? Math.round(el.duration * 100) / 100 : 0,
        ...(el.videoWidth ? { width: el.videoWidth, height: el.videoHeight } : {}),
      });
    el.addEventListener("loadedmetadata", done);
    el.addEventListener("error", done);
    setTimeout(done, 3000);
    el.preload = "metadata";
    el.src = path;
  });
}
