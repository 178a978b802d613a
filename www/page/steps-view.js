// Shows the steps of a journey as they happen, each with the time since the call.

import { element } from "./element.js";

const STAGE_TEXTS = {
  prompting: "Prompting: the browser asks for the passkey",
  finalizing: "Finalizing: the cloud verifies",
  recovering: "Recovering: querying the status",
  polling: "Polling until the phone answers",
};

/** The view of the tab panel. `record()` starts the steps of another journey. */
export function createStepsView(panel) {
  const list = element("ol", { class: "steps", "data-testid": "steps", "aria-label": "Steps" });
  const empty = element(
    "p",
    { class: "empty" },
    "The stages of a call appear here as they happen, in milliseconds since the call.",
  );
  panel.append(empty, list);

  return {
    clear() {
      list.replaceChildren();
      empty.hidden = false;
    },

    /**
     * Records steps at once, but shows them only after `show()`: an autofill request is pending in the background for a long
     * time, and is of no interest before the user picks a passkey.
     */
    record() {
      const items = [];
      let shown = false;
      let start;
      const add = (item) => {
        items.push(item);
        if (shown) list.append(item);
      };
      return {
        show() {
          shown = true;
          empty.hidden = true;
          list.replaceChildren(...items);
        },
        /** A step of the page itself, before or after the call. It has no time, because the module does not take part. */
        note: (text) => add(step(text)),
        /** Which passkey it was. */
        passkey: (details) => add(step(describePasskey(details), performance.now() - start, "passkey")),
        call(name) {
          start = performance.now();
          add(step(`The page calls ${name}()`, 0, "call"));
        },
        stage: (stage) => add(step(STAGE_TEXTS[stage] ?? stage, performance.now() - start, stage)),
        settle: (code) => add(step(`The promise resolves: ${code}`, performance.now() - start, "settled")),
      };
    },
  };
}

/** @param {import("/pkg/index.js").CredentialDetails} details */
function describePasskey({ authenticatorAttachment, backupState }) {
  const place = authenticatorAttachment === "platform" ? "of this device" : "of another device";
  const copies = { true: ", saved in an account", false: ", which exists only there" }[String(backupState)] ?? "";
  return `The user consents, with a passkey ${place}${copies}`;
}

function step(text, milliseconds, stage) {
  const time = milliseconds === undefined ? "" : `${Math.round(milliseconds).toLocaleString("en")} ms`;
  return element(
    "li",
    { "data-stage": stage, "data-ms": milliseconds === undefined ? undefined : Math.round(milliseconds) },
    element("span", { class: "step-time" }, time),
    element("span", {}, text),
  );
}
