// Keeps a conditional passkey request pending, so that the browser offers passkeys in the sign-in field.

import { authenticate, support } from "/pkg/index.js";
import * as shop from "./demo-api.js";

/** The assumed lifetime of a transaction whose options have no `timeout`. */
const DEFAULT_LIFETIME_MS = 240_000;
/** A user takes longer than this to pick a passkey. A faster response is a virtual authenticator's, which would loop forever. */
const MIN_USER_RESPONSE_MS = 1000;

/**
 * Calls `onState` with each new state: "off", "unsupported", "starting", "waiting", "finalizing", "paused" (another ceremony
 * is running), "resting" (until the user uses the field) and "unavailable" (the shop could not start a transaction; retried
 * when the user uses the field).
 * Calls `onSettled` after the user picked a passkey, with `{ result, claims, problem }` as of a journey.
 */
export function createAutofill({ field, resultView, stepsView, onState, onSettled }) {
  let isOn = false;
  let pauses = 0;
  let round; // { controller, expiresAt, timer, finished } of the pending request

  function startIfFree() {
    if (isOn && !pauses && !round) round = startRound();
  }

  function startRound() {
    const controller = new AbortController();
    const current = { controller, expiresAt: Infinity };
    current.finished = request(current).then((nextState) => {
      clearTimeout(current.timer);
      round = undefined;
      onState(!isOn ? "off" : pauses ? "paused" : nextState);
      if (nextState === "starting") startIfFree();
    });
    return current;
  }

  /** Makes one request, from its transaction to its result. Resolves to the next state. */
  async function request(current) {
    const { signal } = current.controller;
    onState("starting");
    let transaction;
    try {
      transaction = await shop.approve({});
    } catch {
      return "unavailable";
    }
    if (signal.aborted) return "starting";

    // A transaction of the local cloud lives as long as the `timeout` of its options. Renew the request well before that.
    const lifetime = (transaction.credentialRequestOptions.timeout || DEFAULT_LIFETIME_MS) * 0.8;
    current.expiresAt = Date.now() + lifetime;
    current.timer = setTimeout(() => current.controller.abort(), lifetime);
    const steps = stepsView.record();
    const started = Date.now();
    let consentedAt;
    const { credentialRequestOptions, statusToken } = transaction;
    steps.call("authenticate");
    const pending = authenticate(
      { credentialRequestOptions, statusToken },
      {
        mediation: "conditional",
        signal,
        onProgress(stage) {
          steps.stage(stage);
          if (stage !== "finalizing") return;
          consentedAt = Date.now();
          onState("finalizing");
          resultView.waiting("autofill", "Passkey picked in the field.");
          steps.show();
        },
      },
    );
    onState("waiting");
    const result = await pending;
    // Aborted by this page, to renew it or to make way for another ceremony. This is not a result to show.
    if (signal.aborted && !consentedAt) return "starting";

    steps.settle(result.code.statusCode);
    steps.show();
    resultView.show(result, "autofill", { announce: false });
    const journey = { result };
    try {
      if (result.success) {
        journey.claims = await shop.introspect(result.token);
        resultView.introspected(journey.claims);
        steps.note("The shop introspected the token");
      }
    } catch (problem) {
      journey.problem = problem;
      resultView.problem(problem.message, { announce: false });
    }
    if (consentedAt) onSettled(journey);
    return (consentedAt ?? Date.now()) - started < MIN_USER_RESPONSE_MS ? "resting" : "starting";
  }

  async function stop() {
    const current = round;
    current?.controller.abort();
    await current?.finished;
  }

  for (const event of ["focus", "pointerdown", "keydown"]) field.addEventListener(event, startIfFree);
  // Timers stop while a computer sleeps.
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && round && Date.now() > round.expiresAt) round.controller.abort();
  });

  return {
    async turnOn() {
      const { autofill } = await support();
      isOn = autofill;
      if (isOn) startIfFree();
      else onState("unsupported");
    },
    async turnOff() {
      isOn = false;
      await stop();
      onState("off");
    },
    /** Aborts the pending request. Resolves when the browser is free for another ceremony; if the user already picked a
     * passkey, that is after its result. */
    async pause() {
      pauses += 1;
      await stop();
    },
    resume() {
      pauses -= 1;
      startIfFree();
    },
  };
}
