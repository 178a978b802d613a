// Shows the steps of one journey as they happen, each with the time since the module was called.

import { element } from "./element.js";

const STAGES = {
  prompting: "The browser asks for the passkey",
  finalizing: "Consent given; the cloud is asked to verify",
  recovering: "The cloud is asked what became of it",
  polling: "The service is asked, again and again, whether the phone has answered",
};

/** The view of an `<ol>`; `record()` begins the steps of another journey. */
export function createStepsView(list) {
  return {
    /**
     * Takes steps down at once and shows them when told to: autofill waits in the background for long, and is nothing to
     * look at before somebody picks a passkey.
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
          list.replaceChildren(...items);
        },
        /** A step of the page itself, before or after the call: no time, since it is not the module's. */
        note: (text) => add(step(text)),
        call(name) {
          start = performance.now();
          add(step(`The page calls ${name}()`, 0, "call"));
        },
        stage: (stage) => add(step(STAGES[stage] ?? stage, performance.now() - start, stage)),
        settle: (code) => add(step(`The promise fulfils: ${code}`, performance.now() - start, "settled")),
      };
    },
  };
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
