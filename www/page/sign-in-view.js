// Shows the sign-in one step at a time: its text, its choices, and the keyboard focus.

import { element } from "./element.js";

const STATES = { now: "now", failed: "did not work", ended: "cancelled", done: "worked" };
/** When a screen reader announces the time left, in seconds. */
const ANNOUNCED_SECONDS = [60, 30, 10];

/**
 * Calls `onChoice(name)` when a choice is pressed, and `onCode(text)` when a code is entered. `phoneUrl` is the address of the
 * phone page.
 */
export function createSignInView({ phoneUrl, onChoice, onCode }) {
  const byId = (id) => document.getElementById(id);
  const card = byId("sign-in-card");
  const [start, step, title, words] = ["sign-in-start", "step", "step-title", "step-words"].map(byId);
  const [request, codeForm, codeError] = ["request", "code-form", "code-error"].map(byId);
  const code = /** @type {HTMLInputElement} */ (byId("code"));
  const timeLeft = /** @type {HTMLProgressElement} */ (byId("time-left"));
  const [choices, announcement, ways] = ["choices", "sign-in-announcement", "ways"].map(byId);
  const items = /** @type {HTMLElement[]} */ ([...ways.children]);
  let unannounced;

  byId("choices").addEventListener("click", ({ target }) => {
    const button = /** @type {Element} */ (target).closest("button");
    if (button && button.getAttribute("aria-disabled") !== "true") onChoice(button.dataset.choice);
  });
  codeForm.addEventListener("submit", (event) => {
    event.preventDefault();
    if (byId("code-submit").getAttribute("aria-disabled") !== "true") onCode(code.value);
  });

  /** Has a screen reader announce something that moving the focus does not. */
  function announce(text) {
    announcement.textContent = text;
  }

  /** Moves the focus, unless it is elsewhere on the page. Then a screen reader announces the text instead. */
  function focusOrAnnounce(target, text) {
    const active = document.activeElement;
    const mayMove = active === null || active === document.body || card.contains(active);
    announce(mayMove ? "" : text);
    if (mayMove) target.focus();
  }

  function mark(way, state) {
    for (const item of items) {
      if (item.dataset.way === way) item.dataset.state = state;
      else if (item.dataset.state === "now") item.dataset.state = "";
      const isNow = item.dataset.state === "now";
      if (isNow) item.setAttribute("aria-current", "step");
      else item.removeAttribute("aria-current");
      item.querySelector(".hidden").textContent = item.dataset.state ? ` (${STATES[item.dataset.state]})` : "";
    }
  }

  return {
    announce,

    /** Shows the first step, which is part of the page's HTML. */
    showStart({ focused }) {
      step.hidden = true;
      start.hidden = false;
      for (const item of items) item.dataset.state = "";
      mark();
      announce("");
      focused?.focus();
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
      Object.assign(step.dataset, { way, state });
      mark(way, state);
      title.textContent = heading;
      words.textContent = text;
      request.hidden = true;
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
              class: asksCode || index ? "quiet" : state === "now" ? "secondary" : "primary",
              "data-choice": name,
              "data-testid": `choose-${name}`,
            },
            label,
          ),
        ),
      );
      focusOrAnnounce(target, `${heading}. ${text}`);
    },

    /** Shows the binding message of the request on the phone. */
    showRequest(bindingMessage, seconds) {
      byId("binding-message").textContent = bindingMessage;
      timeLeft.max = seconds;
      unannounced = ANNOUNCED_SECONDS.filter((limit) => limit < seconds);
      this.showTime(seconds);
      request.hidden = false;
      announce(`Your phone shows: ${bindingMessage}. Approve only if the words are the same.`);
    },

    showTime(seconds) {
      const whole = Math.ceil(seconds);
      timeLeft.value = seconds;
      byId("seconds-left").textContent = whole ? `${formatSeconds(whole)} left` : "Time is up: last poll";
      // Not every second.
      if (whole > unannounced[0] || !unannounced.length) return;
      unannounced = unannounced.filter((limit) => limit < whole);
      announce(`${formatSeconds(whole)} left to approve.`);
    },

    /** Shows what is wrong with the entered code; an empty string clears it. */
    codeError(text) {
      codeError.textContent = text;
      if (text) code.setAttribute("aria-invalid", "true");
      else code.removeAttribute("aria-invalid");
      if (!text) return;
      focusOrAnnounce(code, text);
      // If the field already has the focus, focusing it announces nothing.
      announce(text);
      code.select();
    },
  };
}

/** The address of a user's phone. */
export function phoneUrlOf(phoneUrl, email) {
  return `${phoneUrl}/#${encodeURIComponent(email)}`;
}

function formatSeconds(seconds) {
  const minutes = Math.floor(seconds / 60);
  const rest = seconds % 60;
  if (!minutes) return `${seconds} s`;
  return rest ? `${minutes} min ${rest} s` : `${minutes} min`;
}
