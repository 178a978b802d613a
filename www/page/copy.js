// Buttons that copy something, and say so.

import { announce } from "./announce.js";
import { element } from "./element.js";

const CONFIRMED_MS = 2000;

/** Creates a button that copies what `read` returns. Its accessible name is `Copy NAME`. */
export function createCopyButton(read, { text, name }) {
  const words = element("span", {}, text);
  const button = element(
    "button",
    { type: "button", class: "quiet small", "data-testid": `copy-${name}` },
    words,
    element("span", { class: "hidden" }, ` ${name}`),
  );
  let timer;
  button.addEventListener("click", async () => {
    clearTimeout(timer);
    const copied = await copy(read());
    words.textContent = copied ? "Copied" : "Not copied";
    announce(copied ? `Copied ${name}.` : `The browser did not let the page copy the ${name}.`);
    timer = setTimeout(() => {
      words.textContent = text;
    }, CONFIRMED_MS);
  });
  return button;
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // A browser may forbid it.
  }
}
