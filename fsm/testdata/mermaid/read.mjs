// Reads a JSON array of Mermaid texts from standard input and writes, for each,
// what Mermaid's parser understood: {states, arrows, notes} or {error}.
import { readFileSync } from "node:fs";
import DOMPurify from "dompurify";

// Mermaid cleans labels with a library that needs a browser's document. Nothing
// is shown here, so that labels may stay as they are.
DOMPurify.addHook = () => {};
DOMPurify.sanitize = (text) => text;
const { default: mermaid } = await import("mermaid");

// Mermaid puts entities such as #58; into this form before it parses, and back
// when it draws.
const entity = (text) => text.replace(/ﬂ°°(\d+)¶ß/g, (_, code) => String.fromCodePoint(code));

async function read(text) {
  try {
    await mermaid.parse(text);
    const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
    const states = {}, notes = {};
    for (const s of db.getStates().values()) {
      states[s.id] = entity(s.descriptions[0] ?? "");
      if (s.note) notes[s.id] = entity(s.note.text);
    }
    const arrows = db.getRelations().map((r) => [r.id1, r.id2, entity(r.relationTitle ?? "")]);
    return { states, notes, arrows };
  } catch (e) {
    return { error: String(e.message ?? e) };
  }
}

const answers = [];
for (const text of JSON.parse(readFileSync(0, "utf8"))) answers.push(await read(text));
console.log(JSON.stringify(answers));
