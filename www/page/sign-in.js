// Signing in by passkey, phone or code. Only the user switches from one way to another.

import { causeOf } from "/pkg/cause.js";
import { explain } from "/pkg/explain.js";
import { support } from "/pkg/index.js";
import { outcomeOf } from "./outcome.js";
import { AFTER_PASSKEY, CHOICES, START_TEXTS } from "./sign-in-choices.js";
import { createSignInView } from "./sign-in-view.js";
import { createWays, ownerOf } from "./sign-in-ways.js";
import { recallUnfinished, rememberUnfinished } from "./unfinished.js";

const WAY_NAMES = { passkey: "passkey", push: "phone", code: "code" };
/** How long to wait for an outcome, in milliseconds: when the user asks for it, and after a reload. */
const PATIENCE = 10_000;
const PATIENCE_AFTER_RELOAD = 3_000;
/** The limit of the shop's relay, which lasts for minutes. */
const LIMIT = "http_429";
/** AuthSec's users have an email. A passkey's can have any name. */
const EMAIL = /^\S+@\S+$/;
const isLimited = ({ error }) => error === LIMIT;

/** `form` is the first step with its `field`; `showNote(text, tone)` writes the note below it. */
export function createSignIn({ journeys, autofill, phoneUrl, form, field, showNote }) {
  const ways = createWays(journeys);
  const view = createSignInView({ phoneUrl, onChoice: choose, onCode: enter });
  const startWay = {
    passkey: byPasskey,
    push: byPush,
    again: byPush,
    code: askCode,
    check: () => check(PATIENCE),
    restart,
  };

  /** The email of the user; `undefined` if the passkey determines the user. */
  let email;
  /** The way that the first step starts. */
  let firstWay = "passkey";
  /** After the user declined on the phone, the phone is not offered again. */
  let hasDeclined = false;
  /** The promise of the running journey, and a counter of the user's choices. */
  let running;
  let choice = 0;
  const supported = support();

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (journeys.isBusy()) return;
    const enteredEmail = field.value.trim() || undefined;
    if (firstWay !== "passkey" && !EMAIL.test(enteredEmail)) return askEmail(firstWay);
    email = enteredEmail;
    leaveStart();
    startWay[firstWay]();
  });
  field.addEventListener("input", () => field.removeAttribute("aria-invalid"));

  function leadTo(way) {
    firstWay = way;
    form.querySelector("button").textContent = START_TEXTS[way];
  }

  function leaveStart() {
    showNote("");
    field.removeAttribute("aria-invalid");
    // The field, where the browser offers passkeys, is no longer visible.
    autofill.pause();
  }

  /** Handles a choice. Ends the running journey first. */
  async function choose(name) {
    if (name === "cancel") return journeys.cancel();
    const thisChoice = ++choice;
    if (running) {
      journeys.cancel();
      await running;
      if (thisChoice !== choice) return;
    }
    startWay[name]();
  }

  /** Runs a journey. Resolves to `undefined` if the user chose another way meanwhile, or if it could not start. */
  async function runWay(way, start) {
    const thisChoice = ++choice;
    const started = start(() => thisChoice === choice);
    running = started;
    const journey = await started;
    if (running === started) running = undefined;
    if (thisChoice !== choice) return undefined;
    if (!journey) {
      const advice = "Another ceremony is running on this page. Try again when it has ended.";
      fail(way, { title: "Not now", advice }, [way, "restart"]);
    }
    return journey;
  }

  function offer(...names) {
    return Object.fromEntries(
      names.filter((name) => !(hasDeclined && /^(push|again)$/.test(name))).map((name) => [name, CHOICES[name]]),
    );
  }

  async function byPasskey() {
    const { webauthn } = await supported;
    const next = ["push", "code", "restart"];
    // Without WebAuthn, there is no ceremony to start.
    if (!webauthn) return fail("passkey", explain("error-0005"), next);
    view.show({
      way: "passkey",
      state: "now",
      heading: "Confirm with your passkey",
      text: `Your browser asks for ${email ? `the passkey of ${email}` : "one of your passkeys"}. Follow its instructions.`,
      choices: offer("cancel"),
    });
    const journey = await runWay("passkey", () =>
      ways.passkey(email, {
        onStage: (stage) => stage !== "prompting" && view.announce("Thank you. Your passkey is being checked."),
      }),
    );
    if (journey) settlePasskey(journey);
  }

  function settlePasskey(journey) {
    const { result, problem, user } = journey;
    if (user || result?.success) return settle("passkey", journey);
    if (problem?.status === 404 || problem?.status === 422) {
      const text = `${email} has no passkey at this shop. Choose another way.`;
      return fail("passkey", { title: "No passkey here", advice: text }, ["push", "code", "restart"]);
    }
    if (!result) return fail("passkey", explain("connection_failed"), AFTER_PASSKEY.retry);
    // Also if the user ended the question.
    const next = recallUnfinished() ? "checkOutcome" : causeOf(result).next;
    fail("passkey", explain(result), AFTER_PASSKEY[next], result);
  }

  /** Asks for the outcome of the passkey that the page has lost track of. */
  async function check(wait) {
    view.show({
      way: "passkey",
      state: "now",
      heading: "Checking whether it worked",
      text: "The shop is checking whether your confirmation went through.",
      choices: offer("cancel"),
    });
    const journey = await runWay("passkey", () => ways.passkeyAgain(wait));
    if (journey) settlePasskey(journey);
    return journey;
  }

  async function byPush() {
    if (!EMAIL.test(email)) return askEmail("push");
    view.show({
      way: "push",
      state: "now",
      heading: "Approve on your phone",
      text: `A request is sent to the phone of ${email}. Open the phone and approve it.`,
      choices: offer("code", "cancel"),
      phone: email,
    });
    const journey = await runWay("push", (isCurrent) =>
      ways.push(email, {
        onRequest: (...request) => isCurrent() && view.showRequest(...request),
        onSecondsLeft: (seconds) => isCurrent() && view.showTime(seconds),
      }),
    );
    if (!journey) return;
    const { result, user } = journey;
    const { title, advice } = explain(result);
    const next = ["again", "code", "restart"];
    if (user || result.status === "approved") settle("push", journey);
    else if (result.error === "user_not_found") fail("push", { title, advice }, ["restart"]);
    else if (isLimited(result) || (causeOf(result).next === "otherWay" && result.error))
      fail("push", { title, advice }, ["code", "restart"]);
    else if (result.status === "access_denied") {
      hasDeclined = true;
      fail("push", { title: "You declined", advice: `${advice} You are not signed in.` }, ["code", "restart"]);
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
    if (!/^\d{6}$/.test(text.normalize("NFKC").replace(/[\s-]/g, "")))
      return view.codeError("A code has six digits. This one was not sent.");
    view.codeError("");
    view.announce("The code is being checked.");
    const journey = await runWay("code", () => ways.code(email, text));
    if (!journey) return;
    const { result, user } = journey;
    if (user || result.success) return settle("code", journey);
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
  function settle(way, { user }) {
    if (!user) {
      // The page still has the transaction, so the shop can confirm it later.
      const canCheck = way === "passkey" && recallUnfinished();
      const [next, names] = canCheck ? ["Check again.", AFTER_PASSKEY.checkOutcome] : ["Start again.", ["restart"]];
      const advice = `You approved, but the shop's server could not confirm it. ${next}`;
      return fail(way, { title: "Not signed in", advice }, names);
    }
    view.show({
      way,
      state: "done",
      heading: `Signed in as ${user} by ${WAY_NAMES[way]}`,
      text: "The shop's server introspected the token: it is genuine.",
      choices: { restart: "Sign out" },
    });
  }

  function fail(way, { title, advice }, names, result = {}) {
    // A cancellation is not a failure.
    const state = outcomeOf(result) === "aborted" ? "ended" : "failed";
    view.show({ way, state, heading: title, text: advice, choices: offer(...names) });
  }

  /** Returns to the first step: a phone or a code needs an email. */
  function askEmail(way) {
    restart();
    leadTo(way);
    field.setAttribute("aria-invalid", "true");
    showNote("Enter an email address.", "bad");
  }

  function restart() {
    if (email) ways.resetAttempts(email);
    const wasThere = !form.closest("[hidden]");
    email = undefined;
    hasDeclined = false;
    leadTo("passkey");
    view.showStart({ focused: field });
    if (!wasThere) autofill.resume();
  }

  return {
    /** After a reload in the middle of a sign-in: goes on with it, if the user had consented. */
    async resume() {
      email = recallUnfinished()?.name;
      leaveStart();
      const journey = await check(PATIENCE_AFTER_RELOAD);
      if (!journey?.result || causeOf(journey.result).cause !== "pending") return;
      // The user reloaded the page instead of confirming.
      rememberUnfinished(undefined);
      restart();
    },

    /** Handles a passkey that was picked in the field, which also signs in. */
    settledByAutofill(journey) {
      email = undefined;
      leaveStart();
      settlePasskey({ ...journey, user: ownerOf(journey) });
    },
  };
}
