// What pressing a button of a message does in the vendor's web client.

import { toast } from "./menu.js";
import { say } from "./store.js";
import { address } from "./markdown.js";

export async function act(a) {
  switch (a?.type) {
    case "message":
    case "text":
      if (typeof a.text !== "string" || !a.text)
        return toast("This button has no text: the web client sends an empty message. The label does not stand in.");
      return say(a.text).catch((e) => toast(e.message));
    case "uri": {
      const href = address(a.uri);
      if (!href) return toast("Not opened: only http, https, mailto and tel are safe. The web client would open anything.");
      return void open(href, "_blank", "noopener,noreferrer");
    }
    case undefined:
      return toast("Nothing happens: there is no action here.");
  }
  toast("The web client does nothing here: it knows the action types message, text and uri.");
}
