// What the sign-in shows: one step at a time, with its words, its choices, and the focus where a person goes on from.

import { element } from "./element.js";

const STATES = { now: "now", failed: "did not work", ended: "cancelled", done: "worked" };
/** When a countdown is spoken, in seconds. */
const SPOKEN = [60, 30, 10];

/**
 * `onChoice(name)` is told which button was pressed, `onCode(text)` which code was entered; `phoneUrl` is where phones are.
 */
export function createSignInView({ phoneUrl, onChoice, onCode }) {
  const at = (id) => document.getElementById(id);
  const card = at("sign-in-card");
  const [start, step, title, words] = ["sign-in-start", "step", "step-title", "step-words"].map(at);
  const [request, codeForm, codeError] = ["request", "code-form", "code-error"].map(at);
  const code = /** @type {HTMLInputElement} */ (at("code"));
  const timeLeft = /** @type {HTMLProgressElement} */ (at("time-left"));
  const [choices, announcement, ways] = ["choices", "sign-in-announcement", "ways"].map(at);
  const items = /** @type {HTMLElement[]} */ ([...ways.children]);
  let spoken;

  at("choices").addEventListener("click", ({ target }) => {
    const button = /** @type {Element} */ (target).closest("button");
    if (button && button.getAttribute("aria-disabled") !== "true") onChoice(button.dataset.choice);
  });
  codeForm.addEventListener("submit", (event) => {
    event.preventDefault();
    if (at("code-submit").getAttribute("aria-disabled") !== "true") onCode(code.value);
  });

  /** Says something that no move of the focus says. */
  function announce(text) {
    announcement.textContent = text;
  }

  /** A person who is busy elsewhere on the page is told, and not pulled away from there. */
  function focus(target, text) {
    const active = document.activeElement;
    const isFree = active === null || active === document.body || card.contains(active);
    announce(isFree ? "" : text);
    if (isFree) target.focus();
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

    /** The first step, whose content is the page's own. */
    showStart({ focused }) {
      step.hidden = true;
      start.hidden = false;
      for (const item of items) item.dataset.state = "";
      mark();
      announce("");
      focused?.focus();
    },

    /**
     * Another step: `way` and how it stands (`state`), a heading, words, the `choices` as `{ name: text }`, the first one
     * the most likely; `phone` is the email whose phone is linked to, and `asksCode` shows the field.
     *
     * @param {{
     *   way: string, state: string, heading: string, text: string, choices: Record<string, string>, phone?: string,
     *   asksCode?: boolean,
     * }} step
     */
    show({ way, state, heading, text, choices: offered, phone, asksCode = false }) {
      // Before anything is hidden, since that takes the focus away.
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
      at("phone").hidden = !phone;
      if (phone) {
        /** @type {HTMLAnchorElement} */ (at("phone-link")).href = phoneOf(phoneUrl, phone);
        at("phone-owner").textContent = phone;
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
      focus(target, `${heading}. ${text}`);
    },

    /** The request is on the phone, with these words. */
    showRequest(bindingMessage, seconds) {
      at("binding-message").textContent = bindingMessage;
      timeLeft.max = seconds;
      spoken = SPOKEN.filter((limit) => limit < seconds);
      this.showTime(seconds);
      request.hidden = false;
      announce(`Your phone shows: ${bindingMessage}. Approve it there only if it shows the same.`);
    },

    showTime(seconds) {
      const whole = Math.ceil(seconds);
      timeLeft.value = seconds;
      at("seconds-left").textContent = whole ? `${length(whole)} left` : "Time is up: asking for the last time";
      // Not each second, but before it is too late.
      if (whole > spoken[0] || !spoken.length) return;
      spoken = spoken.filter((limit) => limit < whole);
      announce(`${length(whole)} left to approve.`);
    },

    /** What is wrong with the code that was entered; nothing for an empty text. */
    codeError(text) {
      codeError.textContent = text;
      if (text) code.setAttribute("aria-invalid", "true");
      else code.removeAttribute("aria-invalid");
      if (!text) return;
      focus(code, text);
      // The field may have had the focus all along, which says nothing then.
      announce(text);
      code.select();
    },
  };
}

/** The address of somebody's phone. */
export function phoneOf(phoneUrl, email) {
  return `${phoneUrl}/#${encodeURIComponent(email)}`;
}

function length(seconds) {
  const minutes = Math.floor(seconds / 60);
  const rest = seconds % 60;
  if (!minutes) return `${seconds} s`;
  return rest ? `${minutes} min ${rest} s` : `${minutes} min`;
}
