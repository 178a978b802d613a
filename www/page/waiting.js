// While something runs: the pressed button says so, Cancel is beside it, and no other button can start something.

import { element } from "./element.js";

/**
 * Where a journey was started.
 *
 * @typedef {object} Control
 * @property {HTMLElement} [button] that was pressed
 * @property {string} [label] what it says until the end
 * @property {HTMLElement} [place] gets the Cancel button, if not the row of the pressed one
 * @property {boolean} [isCancellable] whether there is a Cancel button
 */

/** Calls `onCancel` when Cancel is pressed. */
export function createWaiting({ onCancel }) {
  const cancel = element("button", { type: "button", class: "quiet", "data-testid": "cancel" }, "Cancel");
  /** @type {{ button?: HTMLElement, words: ChildNode[] } | undefined} */
  let current;

  cancel.addEventListener("click", () => {
    if (cancel.getAttribute("aria-disabled") === "true") return;
    cancel.setAttribute("aria-disabled", "true");
    onCancel();
  });

  /** Uses `aria-disabled`, because a disabled button loses the keyboard focus. */
  function setDisabled(isDisabled) {
    for (const button of document.querySelectorAll("[data-starts]")) {
      if (isDisabled) button.setAttribute("aria-disabled", "true");
      else button.removeAttribute("aria-disabled");
    }
  }

  return {
    start(/** @type {Control} */ { button, label, place, isCancellable = true }) {
      setDisabled(true);
      current = { button, words: button ? [...button.childNodes] : [] };
      if (button) {
        button.dataset.waiting = "";
        button.replaceChildren(label);
      }
      if (!isCancellable) return;
      cancel.removeAttribute("aria-disabled");
      if (place) place.append(cancel);
      else button?.after(cancel);
    },

    /** Changes what the pressed button says. */
    relabel: (label) => current?.button?.replaceChildren(label),

    end() {
      const { button, words } = current ?? {};
      current = undefined;
      setDisabled(false);
      if (button) {
        delete button.dataset.waiting;
        button.replaceChildren(...words);
      }
      const hadFocus = cancel === document.activeElement;
      cancel.remove();
      if (hadFocus && button?.isConnected) button.focus();
    },
  };
}

/** Whether `button` can be pressed now. */
export function isEnabled(button) {
  return button.getAttribute("aria-disabled") !== "true" && button.dataset.waiting === undefined;
}
