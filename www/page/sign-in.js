// Step 2, signing in by passkey, phone or code. Only the user switches from one way to another.

import { causeOf } from "/pkg/cause.js";
import { explain } from "/pkg/explain.js";
import { support } from "/pkg/index.js";
import { outcomeOf } from "./outcome.js";
import { AFTER_PASSKEY, CHOICES, START_TEXTS, WAITING_TEXTS } from "./sign-in-choices.js";
import { createSignInView } from "./sign-in-view.js";
import { ownerOf } from "./sign-in-ways.js";
import { recallUnfinished } from "./unfinished.js";

/** How long to wait for an outcome, in milliseconds: when the user asks for it, and after a reload. */
const PATIENCE = 10_000;
const PATIENCE_AFTER_RELOAD = 3_000;
/** The limit of the shop's relay, which lasts for minutes. */
const LIMIT = "http_429";
/** AuthSec's users have an email. A passkey's can have any name. */
const EMAIL = /^\S+@\S+$/;
const isLimited = ({ error }) => error === LIMIT;

/**
 * Calls `onSignedIn({ user, userId, way })` with who the shop's server found to have approved, and `onPending()` if a reload
 * interrupted the prompt. `relabel` changes what the pressed button says.
 */
export function createSignIn({ journeys, ways, autofill, phoneUrl, relabel, onSignedIn, onPending }) {
  const byId = (id) => document.getElementById(id);
  const [form, button] = [byId("sign-in-form"), byId("sign-in")];
  const field = /** @type {HTMLInputElement} */ (byId("sign-in-name"));
  const view = createSignInView({ phoneUrl, onChoice: choose, onCode: enter });
  const startWay = { passkey: byPasskey, push: byPush, again: byPush, code: askCode, check: checkAgain, restart };

  /** The email of the user; `undefined` if the passkey determines the user. */
  let email;
  /** The way that the first step starts. */
  let firstWay = "passkey";
  /** After the user declined on the phone, the phone is not offered again. */
  let hasDeclined = false;
  /** Whether the field is there, where the browser offers passkeys. */
  let offersPasskeys = false;
  /** The promise of the running journey, and a counter of the user's choices. */
  let running;
  let choice = 0;
  const supported = support();
  autofill.pause();

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (journeys.isBusy()) return;
    const enteredEmail = field.value.trim() || undefined;
    if (firstWay !== "passkey" && !EMAIL.test(enteredEmail)) return askEmail(firstWay);
    email = enteredEmail;
    setOffering(false);
    startWay[firstWay](button);
  });

  function leadTo(way) {
    firstWay = way;
    button.textContent = START_TEXTS[way];
  }

  function setOffering(offers) {
    if (offers === offersPasskeys) return;
    offersPasskeys = offers;
    if (offers) autofill.resume();
    else autofill.pause();
  }

  /** Handles a choice. Ends the running journey first. */
  async function choose(name, pressed) {
    const thisChoice = ++choice;
    if (running) {
      journeys.cancel();
      await running;
      if (thisChoice !== choice) return;
    }
    startWay[name](pressed);
  }

  /** Runs a journey. Resolves to `undefined` if the user chose another way meanwhile. */
  async function runWay(start) {
    const thisChoice = ++choice;
    const started = start(() => thisChoice === choice);
    running = started;
    const journey = await started;
    if (running === started) running = undefined;
    return thisChoice === choice ? journey : undefined;
  }

  function offer(...names) {
    return Object.fromEntries(
      names.filter((name) => !(hasDeclined && /^(push|again)$/.test(name))).map((name) => [name, CHOICES[name]]),
    );
  }

  async function byPasskey(pressed) {
    const { webauthn } = await supported;
    // Without WebAuthn, there is no ceremony to start.
    if (!webauthn) return fail("passkey", explain("error-0005"), ["push", "code", "restart"]);
    view.mark("passkey", "now");
    const journey = await runWay(() =>
      ways.passkey(email, {
        control: { button: pressed, label: WAITING_TEXTS.passkey },
        onStage: (stage) => stage !== "prompting" && relabel(WAITING_TEXTS.verifying),
      }),
    );
    if (journey) settlePasskey(journey);
  }

  function settlePasskey(journey) {
    const { result, problem, user } = journey;
    if (user || result?.success) return settle("passkey", journey);
    if (problem?.status === 404 || problem?.status === 422) {
      const advice = `${problem.message} Choose another way.`;
      return fail("passkey", { title: "No passkey here", advice }, ["push", "code", "restart"]);
    }
    if (!result) return fail("passkey", { title: "Not signed in", advice: problem.message }, AFTER_PASSKEY.retry);
    // Also if the user ended the question.
    const next = recallUnfinished() ? "checkOutcome" : causeOf(result).next;
    fail("passkey", explain(result), AFTER_PASSKEY[next], result);
  }

  /** Asks for the outcome of the passkey that the page has lost track of. */
  async function check(wait, control) {
    view.mark("passkey", "now");
    return runWay(() => ways.passkeyAgain(wait, { control }));
  }

  async function checkAgain(pressed) {
    const journey = await check(PATIENCE, { button: pressed, label: WAITING_TEXTS.check });
    if (journey) settlePasskey(journey);
  }

  async function byPush() {
    if (!EMAIL.test(email)) return askEmail("push");
    view.show({
      way: "push",
      state: "now",
      heading: "Approve on your phone",
      text: `A request is sent to the phone of ${email}. Open the phone and approve it.`,
      choices: offer("code"),
      phone: email,
    });
    const journey = await runWay((isCurrent) =>
      ways.push(email, {
        control: { place: view.choices },
        onRequest: (...request) => isCurrent() && view.request.show(...request),
        onSecondsLeft: (seconds) => isCurrent() && view.request.showTime(seconds),
      }),
    );
    if (!journey) return;
    const { result, user } = journey;
    if (user || result?.status === "approved") return settle("push", journey);
    const { title, advice } = explain(result);
    const next = ["again", "code", "restart"];
    if (result.error === "user_not_found") fail("push", { title, advice }, ["restart"]);
    else if (isLimited(result) || (causeOf(result).next === "otherWay" && result.error))
      fail("push", { title, advice }, ["code", "restart"]);
    else if (result.status === "access_denied") {
      hasDeclined = true;
      fail("push", { title, advice: `${advice} You are not signed in.` }, ["code", "restart"], result);
    } else if (result.status === "cancelled")
      fail(
        "push",
        { title, advice: `${advice} Your phone may still show the request, but it no longer has any effect.` },
        next,
        result,
      );
    else fail("push", { title, advice }, next);
  }

  function askCode() {
    if (!EMAIL.test(email)) return askEmail("code");
    view.show({
      way: "code",
      state: "now",
      heading: "Enter a code",
      text: "The authenticator app on your phone shows a new six-digit code every 30 seconds.",
      choices: offer("push", "restart"),
      phone: email,
      asksCode: true,
    });
  }

  async function enter(text) {
    // The client takes codes as people type them, but does not say why it did not send one.
    const digits = text.normalize("NFKC").replace(/[\s-]/g, "");
    if (!/^\d{6}$/.test(digits)) return view.codeError("A code has six digits. This one was not sent.");
    view.codeError("");
    const control = { button: byId("code-submit"), label: WAITING_TEXTS.code };
    const journey = await runWay(() => ways.code(email, digits, { control }));
    if (!journey) return;
    const { result, user } = journey;
    if (user || result?.success) return settle("code", journey);
    const { title, advice } = explain(result);
    if (result.remaining === 0)
      fail("code", { title, advice: `${advice} This page sends no more codes until you start over.` }, [
        "push",
        "restart",
      ]);
    else if (result.error === "user_not_found") fail("code", { title, advice }, ["restart"]);
    else if (isLimited(result) || causeOf(result).next === "otherWay")
      fail("code", { title, advice }, ["push", "restart"]);
    else
      view.codeError(
        result.error === "invalid_code"
          ? `${title}. ${advice} ${result.remaining === 1 ? "1 attempt" : `${result.remaining} attempts`} left.`
          : `${title}. ${advice} This did not count as an attempt.`,
      );
  }

  /** The user approved. The signed-in user is that of the introspected token. */
  function settle(way, { user, claims }) {
    if (user) {
      view.mark(way, "done");
      view.request.hide();
      return onSignedIn({ user, way, userId: way === "passkey" ? claims.sub : undefined });
    }
    // The page still has the transaction, so the shop can confirm it later.
    const canCheck = way === "passkey" && recallUnfinished();
    const [next, names] = canCheck ? ["Check again.", AFTER_PASSKEY.checkOutcome] : ["Start again.", ["restart"]];
    const advice = `You approved, but the shop's server could not confirm it. ${next}`;
    fail(way, { title: "Not signed in", advice }, names);
  }

  function fail(way, { title, advice }, names, result = {}) {
    // What the user or the page ended is no failure.
    const state = outcomeOf(result) === "aborted" ? "ended" : "failed";
    view.show({ way, state, heading: title, text: advice, choices: offer(...names) });
  }

  /** Returns to the first step: a phone or a code needs an email. */
  function askEmail(way) {
    restart();
    leadTo(way);
    view.askEmail("Enter an email address.");
  }

  function restart() {
    open();
    field.focus();
  }

  /** Shows the first step of the sign-in, for the email that is in its field. */
  function open(/** @type {string} */ name = undefined) {
    if (email) ways.resetAttempts(email);
    if (name !== undefined) field.value = name;
    email = undefined;
    hasDeclined = false;
    leadTo("passkey");
    view.showStart();
    setOffering(true);
  }

  return {
    open,

    /** The step is closed, and so is its field. */
    close: () => setOffering(false),

    /** After a reload in the middle of a sign-in: goes on with it, if the user had consented. */
    async resume() {
      email = recallUnfinished()?.name;
      const journey = await check(PATIENCE_AFTER_RELOAD, { button, label: WAITING_TEXTS.check });
      if (!journey) return;
      // The user reloaded the page instead of confirming.
      if (journey.result && causeOf(journey.result).cause === "pending") onPending();
      else settlePasskey(journey);
    },

    /** Handles a passkey that was picked in the field, which also signs in. */
    settledByAutofill(journey) {
      email = undefined;
      setOffering(false);
      settlePasskey({ ...journey, user: ownerOf(journey) });
    },
  };
}
