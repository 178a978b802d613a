// Shows the sign-in one step at a time: its text, its choices, and the keyboard focus.

import { announce, moveFocus } from "./announce.js";
import { element } from "./element.js";
import { createPhoneRequest, phoneUrlOf } from "./phone-request.js";
import { isEnabled } from "./waiting.js";

const HINT = "Leave empty to choose any saved passkey.";

/**
 * Calls `onChoice(name, button)` when a choice is pressed, and `onCode(text)` when a code is entered. `phoneUrl` is the address
 * of the phone page.
 */
export function createSignInView({ phoneUrl, onChoice, onCode }) {
  const byId = (id) => document.getElementById(id);
  const main = document.querySelector("main");
  const section = byId("sign-in-step");
  const [start, step, title, words] = ["sign-in-start", "step", "step-title", "step-words"].map(byId);
  const [field, note] = ["sign-in-name", "sign-in-note"].map(byId);
  const [codeForm, codeError, choices] = ["code-form", "code-error", "choices"].map(byId);
  const code = /** @type {HTMLInputElement} */ (byId("code"));
  const request = createPhoneRequest(byId("request"), phoneUrl);

  choices.addEventListener("click", ({ target }) => {
    const button = /** @type {Element} */ (target).closest("button");
    if (button?.dataset.choice && isEnabled(button)) onChoice(button.dataset.choice, button);
  });
  codeForm.addEventListener("submit", (event) => {
    event.preventDefault();
    if (isEnabled(byId("code-submit"))) onCode(code.value);
  });
  field.addEventListener("input", () => showNote(""));

  /** Shows what is wrong with the email; an empty string shows the hint. */
  function showNote(error) {
    note.textContent = error || HINT;
    note.dataset.tone = error ? "bad" : "";
    if (error) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  }

  /** Moves the focus to what describes itself, or has it announced if the user is elsewhere. */
  function present(target, text) {
    announce("");
    if (!moveFocus(target, main)) announce(text);
  }

  showNote("");

  return {
    /** The state of a way, without another view: the pressed button says that it waits. */
    mark: (way, state) => Object.assign(section.dataset, { way, state }),

    /** Shows the first step, which is part of the page's HTML. */
    showStart() {
      step.hidden = true;
      start.hidden = false;
      request.hide();
      this.mark("", "");
      showNote("");
      announce("");
    },

    /** Shows that the email is missing or wrong, where it is entered. */
    askEmail(text) {
      showNote(text);
      // A field that already has the focus is not read again.
      announce(document.activeElement === field ? text : "");
      field.focus();
    },

    /**
     * Shows another step. `state` is that of `way`; `choices` maps names to texts, the most likely first; `phone` is the
     * email whose phone is linked; `asksCode`: whether to show the field for the code.
     *
     * @param {{
     *   way: string, state: string, heading: string, text: string, choices: Record<string, string>, phone?: string,
     *   asksCode?: boolean,
     * }} step
     */
    show({ way, state, heading, text, choices: offered, phone, asksCode = false }) {
      // Before anything is hidden: hiding the focused element loses the focus.
      const target = asksCode ? code : title;
      start.hidden = true;
      step.hidden = false;
      this.mark(way, state);
      step.dataset.state = state;
      title.textContent = heading;
      words.textContent = text;
      request.hide();
      codeForm.hidden = !asksCode;
      code.value = "";
      this.codeError("");
      byId("phone").hidden = !phone;
      if (phone) {
        /** @type {HTMLAnchorElement} */ (byId("phone-link")).href = phoneUrlOf(phoneUrl, phone);
        byId("phone-owner").textContent = phone;
      }
      choices.replaceChildren(
        ...Object.entries(offered).map(([name, label], index) =>
          element(
            "button",
            {
              type: "button",
              class: asksCode || index || state === "now" ? "quiet" : "primary",
              "data-choice": name,
              "data-testid": `choose-${name}`,
            },
            label,
          ),
        ),
      );
      present(target, `${heading}. ${text}`);
    },

    request,

    /** Where Cancel is, when no button was pressed. */
    choices,

    /** Shows what is wrong with the entered code; an empty string clears it. */
    codeError(text) {
      codeError.textContent = text;
      if (text) code.setAttribute("aria-invalid", "true");
      else code.removeAttribute("aria-invalid");
      if (!text) return;
      const hadFocus = document.activeElement === code;
      present(code, text);
      // If the field already has the focus, focusing it announces nothing.
      if (hadFocus) announce(text);
      code.select();
    },
  };
}
