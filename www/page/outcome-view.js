// Shows what happened in a step, and what the user can do now.

import { announce } from "./announce.js";
import { element } from "./element.js";
import { isEnabled } from "./waiting.js";

/**
 * Shows an outcome in `container`, and has it announced once.
 *
 * @param {HTMLElement} container
 * @param {{ state: string, title: string, advice?: string }} outcome
 * @param {HTMLElement[]} choices
 */
export function showOutcome(container, { state, title, advice = "" }, ...choices) {
  container.dataset.state = state;
  container.replaceChildren(
    element("h3", {}, title),
    ...(advice ? [element("p", {}, advice)] : []),
    ...(choices.length ? [element("div", { class: "actions" }, ...choices)] : []),
  );
  container.hidden = false;
  announce(advice ? `${title}. ${advice}` : title);
}

/** A button that asks for an outcome that the page has lost track of. */
export function createCheckButton(onPress) {
  const button = element(
    "button",
    { type: "button", class: "primary", "data-testid": "check", "data-starts": "" },
    "See whether it worked",
  );
  button.addEventListener("click", () => isEnabled(button) && onPress({ button, label: "Checking…" }));
  return button;
}

export function hideOutcome(container) {
  container.hidden = true;
  container.replaceChildren();
  announce("");
}
