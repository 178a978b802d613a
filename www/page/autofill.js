// Keeps a passkey request waiting behind the sign-in field, so that the browser offers passkeys there like any other name.

import { authenticate, support } from "/pkg/index.js";
import * as shop from "./demo-api.js";

/** How long a transaction is taken to live where its options do not say. */
const USUAL_LIFETIME_MS = 240_000;
/** Nobody picks a passkey within this time: what answers sooner is a machine, and would be asked without end. */
const FASTER_THAN_A_PERSON_MS = 1000;

/**
 * States, told to `onState`: "off", "unsupported", "starting", "waiting", "finalizing", "paused" (while another ceremony
 * has the browser), "resting" (until the field is used again) and "unavailable" (the shop could not start a transaction;
 * tried again when the field is used).
 * `onSettled` is told how it ended once a passkey was picked: `{ result, claims, problem }`, as of a journey.
 */
export function createAutofill({ field, resultView, stepsView, onState, onSettled }) {
  let on = false;
  let paused = 0;
  let round; // { controller, expiresAt, timer, finished } of the request that is waiting

  function next() {
    if (on && !paused && !round) round = startRound();
  }

  function startRound() {
    const controller = new AbortController();
    const current = { controller, expiresAt: Infinity };
    current.finished = wait(current).then((rest) => {
      clearTimeout(current.timer);
      round = undefined;
      onState(!on ? "off" : paused ? "paused" : rest);
      if (rest === "starting") next();
    });
    return current;
  }

  /** One request, from its transaction to its end; the state to be in afterwards. */
  async function wait(current) {
    const { signal } = current.controller;
    onState("starting");
    let transaction;
    try {
      transaction = await shop.approve({});
    } catch {
      return "unavailable";
    }
    if (signal.aborted) return "starting";

    // The cloud waits for an answer as long as it lets the browser ask. The request is renewed well before that.
    const lifetime = (transaction.credentialRequestOptions.timeout || USUAL_LIFETIME_MS) * 0.8;
    current.expiresAt = Date.now() + lifetime;
    current.timer = setTimeout(() => current.controller.abort(), lifetime);
    const steps = stepsView.record();
    const started = Date.now();
    let consented;
    const { credentialRequestOptions, statusToken } = transaction;
    steps.call("authenticate");
    const asked = authenticate(
      { credentialRequestOptions, statusToken },
      {
        mediation: "conditional",
        signal,
        onProgress(stage) {
          steps.stage(stage);
          if (stage !== "finalizing") return;
          consented = Date.now();
          onState("finalizing");
          resultView.waiting("autofill", "A passkey was picked in the field.");
          steps.show();
        },
      },
    );
    onState("waiting");
    const result = await asked;
    // Ended by this page, to renew it or to let another ceremony pass: no outcome of anything.
    if (signal.aborted && !consented) return "starting";

    steps.settle(result.code.statusCode);
    steps.show();
    resultView.show(result, "autofill", { announce: false });
    const journey = { result };
    try {
      if (result.success) {
        journey.claims = await shop.introspect(result.token);
        resultView.introspected(journey.claims);
        steps.note("The shop has asked about the token");
      }
    } catch (problem) {
      journey.problem = problem;
      resultView.problem(problem.message, { announce: false });
    }
    if (consented) onSettled(journey);
    return (consented ?? Date.now()) - started < FASTER_THAN_A_PERSON_MS ? "resting" : "starting";
  }

  async function stop() {
    const current = round;
    current?.controller.abort();
    await current?.finished;
  }

  for (const event of ["focus", "pointerdown", "keydown"]) field.addEventListener(event, next);
  // Timers stand still while a computer sleeps.
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && round && Date.now() > round.expiresAt) round.controller.abort();
  });

  return {
    async turnOn() {
      const { autofill } = await support();
      on = autofill;
      if (on) next();
      else onState("unsupported");
    },
    async turnOff() {
      on = false;
      await stop();
      onState("off");
    },
    /** Ends the waiting request; resolves when the browser is free for another, after a picked passkey's own result. */
    async pause() {
      paused += 1;
      await stop();
    },
    resume() {
      paused -= 1;
      next();
    },
  };
}
