"use strict";
// Whatever people wrote (rooms, names) goes into the page as text, never as HTML.

const byID = (id) => document.getElementById(id);
const fine = ["replied", "moved", "quiet", "unrouted", "duplicate", "ignored", "late"];

const source = new EventSource("live");
source.onopen = () => link("live", true);
source.onerror = () => link("not connected, trying again", false);
source.onmessage = (event) => show(JSON.parse(event.data));

function link(text, live) {
	byID("link").textContent = text;
	byID("link").classList.toggle("live", live);
}

function show(picture) {
	// The busiest first, in all its time: by the last minute rows would jump about.
	const rooms = picture.rooms.sort((a, b) => events(b) - events(a));
	const total = Array.from({ length: 60 }, (_, i) => sum(rooms, (room) => room.recent[i]));
	const failed = sum(picture.requests, (r) => (fine.includes(r.outcome) ? 0 : r.count));
	byID("minute").textContent = sum(total, (n) => n);
	byID("rooms").textContent = rooms.length;
	byID("work").textContent = picture.stats.Running + picture.stats.Waiting;
	byID("failed").textContent = failed;
	byID("failing").classList.toggle("alarm", failed > 0);
	byID("peak").textContent = Math.max(...total);
	bars(byID("all"), total, 90);
	byID("empty").hidden = rooms.length > 0;
	byID("table").hidden = rooms.length === 0;
	byID("table").tBodies[0].replaceChildren(...rooms.map((room) => row(room, Date.parse(picture.now))));
	byID("outcomes").replaceChildren(...outcomes(picture.requests));
}

function row(room, now) {
	const { messages, joined, added, removed } = room.counts;
	const spark = document.createElementNS("http://www.w3.org/2000/svg", "svg");
	spark.setAttribute("viewBox", "0 0 600 90");
	spark.setAttribute("preserveAspectRatio", "none");
	bars(spark, room.recent, 90);
	const tr = document.createElement("tr");
	tr.append(cell(room.name), cell(spark));
	for (const n of [messages, joined, added, removed]) {
		tr.append(cell(String(n), n ? "n" : "n zero"));
	}
	tr.append(cell(`${ago(now - Date.parse(room.at))}, ${room.who || "somebody"}`));
	tr.firstChild.title = room.name;
	tr.lastChild.title = room.who;
	return tr;
}

function cell(content, className = "") {
	const td = document.createElement("td");
	td.className = className;
	td.append(content);
	return td;
}

// bars draws 60 numbers, the largest as high as the picture.
function bars(svg, numbers, height) {
	const most = Math.max(...numbers, 4);
	const rects = numbers.map((n, i) => {
		const rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
		const h = (n / most) * height;
		const place = { x: i * 10 + 1, y: height - h, width: 8, height: h };
		for (const name in place) {
			rect.setAttribute(name, place[name]);
		}
		return rect;
	});
	svg.replaceChildren(...rects);
}

function outcomes(requests) {
	const counts = new Map();
	for (const r of requests) {
		counts.set(r.outcome, (counts.get(r.outcome) || 0) + r.count);
	}
	return [...counts].sort((a, b) => b[1] - a[1]).map(([outcome, n]) => {
		const li = document.createElement("li");
		const b = document.createElement("b");
		b.textContent = n;
		li.append(outcome, b);
		li.className = fine.includes(outcome) ? "" : "alarm";
		return li;
	});
}

function ago(ms) {
	const s = Math.round(ms / 1000);
	if (s < 1) return "now";
	if (s < 60) return `${s} s ago`;
	if (s < 3600) return `${Math.floor(s / 60)} min ago`;
	return `${Math.floor(s / 3600)} h ago`;
}

function events(room) {
	return sum(Object.values(room.counts), (n) => n);
}

function sum(list, of) {
	return list.reduce((n, x) => n + of(x), 0);
}
