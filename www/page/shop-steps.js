// The three steps of the shop: one is open; those that are done say in one line what happened.

import { announce, moveFocus } from "./announce.js";

const NAMES = ["account", "sign-in", "payment"];
const IDS = { account: "account", "sign-in": "sign-in-step", payment: "payment" };

/** Calls `onChange(name)` when the user wants to change a step that is done. */
export function createSteps({ onChange }) {
  const byId = (id) => document.getElementById(id);
  const main = document.querySelector("main");
  const summaries = new Map();

  for (const name of NAMES) byId(`${name}-change`)?.addEventListener("click", () => onChange(name));

  function show(open) {
    for (const name of NAMES) {
      const isOpen = name === open;
      const isDone = !isOpen && summaries.has(name);
      const section = byId(IDS[name]);
      section.dataset.progress = isOpen ? "open" : isDone ? "done" : "later";
      if (isOpen) section.setAttribute("aria-current", "step");
      else section.removeAttribute("aria-current");
      byId(`${name}-body`).hidden = !isOpen;
      // The summary is enough to see; a screen reader also needs the heading.
      byId(`${name}-title`).classList.toggle("hidden", isDone);
      byId(`${name}-summary`).textContent = summaries.get(name) ?? "";
      byId(`${name}-summary`).hidden = !isDone;
      const change = byId(`${name}-change`);
      if (change) change.hidden = !isDone;
      section.querySelector(".marker").textContent = isDone ? "✓" : String(NAMES.indexOf(name) + 1);
    }
  }

  return {
    /** Opens a step. `target` gets the focus, by default its heading, and `text` is announced. With `null`, the focus stays. */
    open(name, { target = byId(`${name}-title`), text = "" } = {}) {
      show(name);
      if (target) moveFocus(target, main);
      announce(text);
    },

    /** Closes all steps, because all are done. `target` gets the focus, and `text` is announced. */
    close({ target, text = "" }) {
      show(undefined);
      moveFocus(target, main);
      announce(text);
    },

    /** What happened in a step. It is done from then on. */
    finish: (name, summary) => summaries.set(name, summary),

    /** A step is not done any more. */
    undo: (name) => summaries.delete(name),

    isDone: (name) => summaries.has(name),
  };
}
