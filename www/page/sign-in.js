// Signing in: passkey, then phone, then code; from one way to the next only by the person's own choice.

import { explain } from "/pkg/explain.js";
import { support } from "/pkg/index.js";
import { outcomeOf } from "./outcome.js";
import { createSignInView } from "./sign-in-view.js";
import { createWays, ownerOf } from "./sign-in-ways.js";

const BY = { passkey: "passkey", push: "phone", code: "code" };
/** What the person can choose, in words. */
const CHOICES = {
  passkey: "Try the passkey again",
  push: "Approve on your phone",
  again: "Ask my phone again",
  code: "Use a code instead",
  cancel: "Cancel",
  restart: "Start again",
};
/** The button of the first step, by the way that it leads to. */
const START = { passkey: "Sign in", push: "Approve on your phone", code: "Enter a code" };

/** `form` is the first step with its `field`; `tell(text, tone)` writes the note below it. */
export function createSignIn({ journeys, autofill, ciba, form, field, tell }) {
  const ways = createWays({ perform: journeys.perform, ciba });
  const view = createSignInView({ phoneUrl: ciba.phoneUrl, onChoice: choose, onCode: enter });
  const go = { passkey: byPasskey, push: byPush, again: byPush, code: askCode, restart };

  /** Who signs in; `undefined` where the passkey shall tell. */
  let email;
  /** The way that the first step leads to. */
  let first = "passkey";
  /** Whoever said no on the phone is not asked there again. */
  let saidNo = false;
  /** The way under way, as a promise; and the number of the choice that it belongs to. */
  let underWay;
  let turn = 0;
  const supported = support();

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (journeys.isBusy()) return;
    const given = field.value.trim() || undefined;
    if (!given && first !== "passkey") return askEmail(first);
    email = given;
    leaveStart();
    go[first]();
  });
  field.addEventListener("input", () => field.removeAttribute("aria-invalid"));

  function leadTo(way) {
    first = way;
    form.querySelector("button").textContent = START[way];
  }

  function leaveStart() {
    tell("");
    field.removeAttribute("aria-invalid");
    // The field is gone, and with it the place where a browser offers passkeys.
    autofill.pause();
  }

  /** The person pressed a button of the step. What is under way ends first. */
  async function choose(name) {
    if (name === "cancel") return journeys.cancel();
    const mine = ++turn;
    if (underWay) {
      journeys.cancel();
      await underWay;
      if (mine !== turn) return;
    }
    go[name]();
  }

  /** Takes a way. Its journey, unless the person has chosen another way meanwhile, or it never began. */
  async function take(way, start) {
    const mine = ++turn;
    const running = start(() => mine === turn);
    underWay = running;
    const journey = await running;
    if (underWay === running) underWay = undefined;
    if (mine !== turn) return undefined;
    if (!journey) {
      const advice = "Something else is under way on this page. Try again once it has ended.";
      fail(way, { title: "Not now", advice }, [way, "restart"]);
    }
    return journey;
  }

  function offer(...names) {
    return Object.fromEntries(
      names.filter((name) => !(saidNo && /^(push|again)$/.test(name))).map((name) => [name, CHOICES[name]]),
    );
  }

  async function byPasskey() {
    const { webauthn } = await supported;
    const next = ["push", "code", "restart"];
    // No ceremony where there can be none.
    if (!webauthn) return fail("passkey", explain("error-0005"), next);
    view.show({
      way: "passkey",
      state: "now",
      heading: "Confirm with your passkey",
      text: `Your browser asks for ${email ? `the passkey of ${email}` : "one of your passkeys"}. Follow what it says.`,
      choices: offer("cancel"),
    });
    const journey = await take("passkey", () =>
      ways.passkey(email, {
        onStage: (stage) => stage !== "prompting" && view.announce("Thank you. Your passkey is being checked."),
      }),
    );
    if (journey) settlePasskey(journey);
  }

  function settlePasskey(journey) {
    const { result, problem, who } = journey;
    if (who || result?.success) return settle("passkey", journey);
    if (problem?.status === 404 || problem?.status === 422) {
      const text = `The shop knows no passkey of ${email}. Choose another way.`;
      return fail("passkey", { title: "No passkey here", advice: text }, ["push", "code", "restart"]);
    }
    fail("passkey", explain(result ?? "connection_failed"), ["push", "passkey", "code", "restart"], result);
  }

  async function byPush() {
    if (!email) return askEmail("push");
    view.show({
      way: "push",
      state: "now",
      heading: "Approve on your phone",
      text: `A request goes to the phone of ${email}. Open the phone and approve it there.`,
      choices: offer("code", "cancel"),
      phone: email,
    });
    const journey = await take("push", (isCurrent) =>
      ways.push(email, {
        onRequest: (...given) => isCurrent() && view.showRequest(...given),
        onSecondsLeft: (seconds) => isCurrent() && view.showTime(seconds),
      }),
    );
    if (!journey) return;
    const { result, who } = journey;
    const { title, advice } = explain(result);
    const next = ["again", "code", "restart"];
    if (who || result.status === "approved") settle("push", journey);
    else if (result.error === "user_not_found") fail("push", noPhone(), ["restart"]);
    else if (result.status === "access_denied") {
      saidNo = true;
      fail("push", { title: "You said no", advice: `${advice} Nobody was signed in.` }, ["code", "restart"]);
    } else if (result.status === "cancelled")
      fail(
        "push",
        { title, advice: `${advice} Your phone may still show the request; it leads nowhere now.` },
        next,
        result,
      );
    else fail("push", { title, advice }, next);
  }

  function noPhone() {
    return {
      title: "No phone for this email",
      advice: `Nobody has an account here as ${email}. Create one, or start again with the right email.`,
    };
  }

  function askCode() {
    if (!email) return askEmail("code");
    view.show({
      way: "code",
      state: "now",
      heading: "Enter a code",
      text: "The authenticator app on your phone shows six digits, and new ones every 30 seconds.",
      choices: offer("push", "restart"),
      phone: email,
      asksCode: true,
    });
  }

  async function enter(text) {
    const digits = text.replace(/\s/g, "");
    if (!/^\d{6}$/.test(digits)) return view.codeError("A code has six digits. This was not sent.");
    view.codeError("");
    view.announce("The code is being checked.");
    const journey = await take("code", () => ways.code(email, digits));
    if (!journey) return;
    const { result, who } = journey;
    const { title, advice } = explain(result);
    if (who || result.success) settle("code", journey);
    else if (result.remaining === 0)
      fail("code", { title, advice: `${advice} This page sends no more codes until then.` }, ["push", "restart"]);
    else
      view.codeError(
        result.error === "invalid_code"
          ? `${title}. ${advice} ${result.remaining === 1 ? "1 attempt" : `${result.remaining} attempts`} left.`
          : `${title}. ${advice} This did not count as an attempt.`,
      );
  }

  /** Somebody approved: signed in is who the shop's server knows for sure. */
  function settle(way, { who }) {
    if (!who) {
      const advice = "You approved, but the shop's server could not confirm it. Please start again.";
      return fail(way, { title: "Not signed in", advice }, ["restart"]);
    }
    view.show({
      way,
      state: "done",
      heading: `Signed in as ${who} by ${BY[way]}`,
      text: "The shop's server has asked the service about the token: it is genuine.",
      choices: { restart: "Sign out" },
    });
  }

  function fail(way, { title, advice }, names, result = {}) {
    // Who cancelled knows that, and nothing went wrong.
    const state = outcomeOf(result) === "aborted" ? "ended" : "failed";
    view.show({ way, state, heading: title, text: advice, choices: offer(...names) });
  }

  /** Back to the first step, since a phone and a code are somebody's. */
  function askEmail(way) {
    restart();
    leadTo(way);
    field.setAttribute("aria-invalid", "true");
    tell("An email is needed: it says whose phone.", "bad");
  }

  function restart() {
    // A person who starts again has their attempts again.
    if (email) ways.forget(email);
    const wasThere = !form.closest("[hidden]");
    email = undefined;
    saidNo = false;
    leadTo("passkey");
    view.showStart({ focused: field });
    if (!wasThere) autofill.resume();
  }

  return {
    /** A passkey was picked in the field: that is signing in as well. */
    settledByAutofill(journey) {
      email = undefined;
      leaveStart();
      settlePasskey({ ...journey, who: ownerOf(journey) });
    },
  };
}
