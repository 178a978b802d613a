// A request that waits on the phone: its words, the time that is left, and a link to the phone.

import { announce } from "./announce.js";
import { element } from "./element.js";

/** When a screen reader announces the time left, in seconds. */
const ANNOUNCED_SECONDS = [60, 30, 10];

/** The view of `container`. `phoneUrl` is the address of the phone page. */
export function createPhoneRequest(container, phoneUrl) {
  const words = element("p", { class: "binding", "data-testid": "binding-message" });
  const time = /** @type {HTMLProgressElement} */ (element("progress", { "aria-hidden": "true" }));
  const left = element("p", {
    class: "note",
    "data-testid": "seconds-left",
    role: "timer",
    "aria-label": "Time left to approve",
  });
  let unannounced = [];

  const intro = element("p", {}, "Your phone shows these words. Approve only if they are the same:");

  function showTime(seconds) {
    const whole = Math.ceil(seconds);
    time.value = seconds;
    left.textContent = whole ? `${formatSeconds(whole)} left` : "Time is up: last poll";
    // Not every second.
    if (whole > unannounced[0] || !unannounced.length) return;
    unannounced = unannounced.filter((limit) => limit < whole);
    announce(`${formatSeconds(whole)} left to approve.`);
  }

  return {
    hide() {
      container.hidden = true;
      container.replaceChildren();
    },

    /** Shows the binding message of a request that ends in so many seconds. */
    show(bindingMessage, seconds) {
      words.textContent = bindingMessage;
      time.max = seconds;
      unannounced = ANNOUNCED_SECONDS.filter((limit) => limit < seconds);
      showTime(seconds);
      container.replaceChildren(intro, words, time, left);
      container.hidden = false;
      announce(`Your phone shows: ${bindingMessage}. Approve only if the words are the same.`);
    },

    showTime,

    /** A link to the phone of this email. */
    link: (email, testId) =>
      element(
        "a",
        { href: phoneUrlOf(phoneUrl, email), target: "_blank", rel: "noopener", "data-testid": testId },
        "Open the demo phone",
        element("span", { class: "hidden" }, " (opens a new window)"),
      ),
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
