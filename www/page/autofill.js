// Offers passkeys in the sign-in field, and shows what that does.

import { autofill } from "/pkg/autofill.js";
import { support } from "/pkg/index.js";
import * as shop from "./demo-api.js";
import { AUTOFILL } from "./snippets.js";

/**
 * Calls `onState` with each new state: "off", "unsupported", "starting", "waiting", "finalizing", "paused" (another ceremony
 * is running) and "unavailable" (the shop could not start a transaction; autofill tries again).
 * Calls `onSettled` after the user picked a passkey, with `{ result, claims, problem }` as of a journey.
 */
export function createAutofill({ inspector, onState, onSettled }) {
  let isOn = false;
  let pauses = 0;
  let running; // what `autofill` returned
  let settled; // the promise of the result of a passkey that was picked

  function startIfFree() {
    if (isOn && !pauses && !running) running = start();
  }

  function start() {
    let steps;
    let settle;

    return autofill(
      async () => {
        onState("starting");
        const { credentialRequestOptions, statusToken } = await shop.approve({});
        steps = inspector.stepsView.record();
        steps.call("authenticate");
        return { credentialRequestOptions, statusToken };
      },
      {
        onError: () => onState("unavailable"),
        async onResult(result) {
          steps.settle(result.code.statusCode);
          steps.show();
          inspector.show(result, "autofill");
          const journey = await confirm(result, steps);
          if (!settle) return;
          onSettled(journey);
          settled = undefined;
          settle();
        },
      },
      {
        onCredential: (details) => steps.passkey(details),
        onProgress(stage) {
          steps.stage(stage);
          if (stage === "prompting") onState("waiting");
          if (stage !== "finalizing") return;
          settled = new Promise((resolve) => {
            settle = resolve;
          });
          onState("finalizing");
          inspector.waiting("autofill", "Passkey picked in the field.", "authenticate");
          inspector.code(AUTOFILL);
          steps.show();
        },
      },
    );
  }

  async function confirm(result, steps) {
    const journey = { result };
    try {
      if (result.success) {
        journey.claims = await shop.introspect(result.token);
        inspector.introspected(journey.claims);
        steps.note("The shop introspected the token");
      }
    } catch (problem) {
      journey.problem = problem;
      inspector.problem(problem.message);
    }
    return journey;
  }

  async function stop(state) {
    running?.stop();
    running = undefined;
    await settled;
    onState(state);
  }

  return {
    async turnOn() {
      isOn = (await support()).autofill;
      if (isOn) startIfFree();
      else onState("unsupported");
    },
    async turnOff() {
      isOn = false;
      await stop("off");
    },
    /** Ends the pending request. Resolves when the browser is free for another ceremony; if the user already picked a
     * passkey, that is after its result. */
    async pause() {
      pauses += 1;
      await stop(isOn ? "paused" : "off");
    },
    resume() {
      pauses -= 1;
      startIfFree();
    },
  };
}
