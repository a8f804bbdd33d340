// What the page knows, kept in step with the server: one stream of changes, which
// goes on where it broke off.

const events = new EventTarget();

export const state = {
  users: [],
  rooms: [],
  faults: [],
  quirks: [],
  machine: null,
  webhook: "",
  room: "",
  speaker: "",
  unread: new Set(),
  connected: false,
};

export function on(type, listener) {
  events.addEventListener(type, (e) => listener(e.detail));
}

export function emit(type, detail) {
  events.dispatchEvent(new CustomEvent(type, { detail }));
}

// call asks the server; it throws an Error with a sentence to show.
export async function call(method, path, body, type = "application/json") {
  const init = { method, headers: {} };
  if (method !== "GET") {
    init.headers["Content-Type"] = type;
    init.body = type === "application/json" ? JSON.stringify(body ?? {}) : body;
  }
  let res;
  try {
    res = await fetch(path, init);
  } catch {
    throw new Error("The emulator does not answer. Is it still running?");
  }
  const text = await res.text();
  const answer = text && res.headers.get("Content-Type")?.startsWith("application/json") ? JSON.parse(text) : text;
  if (!res.ok) throw new Error(answer?.error ?? `The emulator answered ${res.status}`);
  return answer;
}

const inRoom = (path) => `/api/rooms/${encodeURIComponent(state.room)}/${path}`;

// inRoomCall is call for something of the current room.
export const roomCall = (method, path, body) => call(method, inRoom(path), body);

// act lets the speaker do something in the current room.
export function act(fields) {
  return roomCall("POST", "acts", { who: state.speaker, quirks: bends(), ...fields });
}

let bent = [];
export const bends = () => bent;
export function bend(names) {
  bent = names;
  emit("quirks");
}

export const say = (text) => act({ verb: "says", message: { messageType: "text", message: text } });

export const room = () => state.rooms.find((r) => r.id === state.room);
export const user = (id) => state.users.find((u) => u._id === id);
export const nickname = (id) => user(id)?.nickname ?? id;
export const isMember = (id) => room()?.members?.some((m) => m._id === id);

export function enter(id) {
  if (!state.rooms.some((r) => r.id === id)) id = state.rooms[0]?.id ?? "";
  state.room = id;
  state.unread.delete(id);
  history.replaceState(null, "", "#" + encodeURIComponent(id));
  emit("room");
}

export function speakAs(id) {
  state.speaker = id;
  sessionStorage.setItem("speaker", id);
  emit("people");
}

// load fetches everything that is not about one room.
async function load() {
  const all = await call("GET", "/api/state");
  Object.assign(state, {
    users: all.users,
    rooms: all.rooms,
    faults: all.faults,
    quirks: all.quirks,
    machine: all.machine,
    webhook: all.webhook,
  });
  const before = state.speaker || sessionStorage.getItem("speaker");
  state.speaker = user(before) ? before : ((state.users.find((u) => !u.isRobot) ?? state.users[0])?._id ?? "");
  emit("rooms");
  emit("people");
  enter(state.room || decodeURIComponent(location.hash.slice(1)));
  return all.position;
}

let source, away;

export async function start() {
  try {
    listen(await load());
  } catch {
    connected(false);
    setTimeout(start, 1000);
  }
}

function listen(position) {
  source?.close();
  source = new EventSource("/api/stream?after=" + encodeURIComponent(position));
  source.onopen = () => connected(true);
  source.onmessage = (e) => {
    if (e.lastEventId) source.position = e.lastEventId;
    take(JSON.parse(e.data));
  };
  source.onerror = () => {
    connected(false);
    if (source.readyState === EventSource.CLOSED) setTimeout(start, 1000);
  };
}

function connected(yes) {
  if (state.connected === yes) return;
  state.connected = yes;
  emit("connection");
}

// A browser opens six connections to a server and no more. Tabs that nobody looks
// at give theirs back.
document.addEventListener("visibilitychange", () => {
  clearTimeout(away);
  if (document.visibilityState === "visible") {
    if (source?.readyState === EventSource.CLOSED) start();
  } else {
    away = setTimeout(() => source?.close(), 60_000);
  }
});

function take(change) {
  const here = change.room === state.room;
  switch (change.type) {
    case "users":
      state.users = change.value;
      return emit("people");
    case "rooms":
      state.rooms = change.value;
      emit("rooms");
      return room() ? emit("people") : enter(state.room);
    case "room": {
      const i = state.rooms.findIndex((r) => r.id === change.room);
      if (i >= 0) state.rooms[i] = change.value;
      emit("rooms");
      return here && emit("people");
    }
    case "line":
      if (here) return emit("line", change.value);
      state.unread.add(change.room);
      return emit("rooms");
    case "turn":
      return here && emit("turn", change.value);
    case "reload":
      if (!change.room) return start();
      return here && emit("room");
  }
}
