// Step 1, an account: with a passkey, or only with a phone.

import { causeOf } from "/pkg/cause.js";
import { explain } from "/pkg/explain.js";
import { announce } from "./announce.js";
import * as shop from "./demo-api.js";
import { callModule } from "./module-call.js";
import { outcomeOf } from "./outcome.js";
import { createCheckButton, hideOutcome, showOutcome } from "./outcome-view.js";
import { remember } from "./remembered.js";
import { nameKeyOf } from "./sign-in-ways.js";
import { recallUnfinished } from "./unfinished.js";
import { isEnabled } from "./waiting.js";

const SOURCE = "enroll";
const WAITING = "Follow your browser to create a passkey.";
/** How long to wait for an outcome, in milliseconds. */
const PATIENCE = 10_000;

/**
 * Calls `onReady({ name, hasPasskey })` when there is an account, and `onPending()` if a reload interrupted the prompt.
 */
export function createAccount({ journeys, waiting, onReady, onPending }) {
  const byId = (id) => document.getElementById(id);
  const field = /** @type {HTMLInputElement} */ (byId("name"));
  const [note, outcome, signUp] = ["enroll-note", "enroll-outcome", "sign-up"].map(byId);
  const button = byId("enroll-form").querySelector("button");

  field.addEventListener("input", () => showError(""));

  byId("enroll-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const name = isEnabled(button) && readName();
    if (name) settle(await enroll(name), name);
  });

  signUp.addEventListener("click", async () => {
    const name = isEnabled(signUp) && readName();
    if (!name) return;
    waiting.start({ button: signUp, label: "Creating the account…", isCancellable: false });
    try {
      const { email } = await shop.signUp(name);
      onReady({ name: email, hasPasskey: false });
    } catch (problem) {
      if (!(problem instanceof shop.ShopError)) throw problem;
      showOutcome(outcome, { state: "failed", title: "No account was created", advice: problem.message });
    } finally {
      waiting.end();
    }
  });

  function showError(text) {
    note.textContent = text;
    note.dataset.tone = text ? "bad" : "";
    if (text) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  }

  /** The email in the field. If it is empty, asks for it and returns `undefined`. */
  function readName() {
    hideOutcome(outcome);
    const name = field.value.trim();
    showError(name ? "" : "Enter an email address.");
    if (name) return name;
    // A field that already has the focus is not read again.
    if (document.activeElement === field) announce(note.textContent);
    field.focus();
    return undefined;
  }

  function enroll(username) {
    return journeys.perform({
      source: SOURCE,
      waiting: WAITING,
      control: { button, label: "Waiting for your passkey…" },
      name: "register",
      isResumable: true,
      user: username,
      async begin() {
        await shop.signUp(username);
        return shop.enroll({
          username,
          displayName: username,
          // Discoverable, because autofill needs that.
          options: { authenticatorSelection: { residentKey: "preferred" } },
        });
      },
      call: (
        { enrollment: { credentialCreationOptions, statusToken } },
        { onCode, onProgress, onCredential, signal },
      ) =>
        callModule(
          "register",
          { credentialCreationOptions, statusToken, authenticatorName: "Passkey of the demo shop" },
          { onProgress, onCredential, signal },
          { onCode, from: "enrollment" },
        ),
      onStage: (stage) => stage !== "prompting" && waiting.relabel("Verifying…"),
    });
  }

  function settle(journey, name) {
    if (!journey) return;
    const { result, problem, claims } = journey;
    if (claims?.active === true) {
      const { userId } = journey.transaction;
      remember(nameKeyOf(userId ?? claims.sub), name);
      return onReady({ name, hasPasskey: true });
    }
    const { title, advice } = result?.success
      ? { title: "Not confirmed", advice: "The passkey was created, but the shop’s server could not confirm it." }
      : result
        ? explain(result)
        : { title: "No passkey was created", advice: problem.message };
    const state = result && outcomeOf(result) === "aborted" ? "ended" : "failed";
    showOutcome(outcome, { state, title, advice }, ...choices());
  }

  /** As long as the page has the transaction, the outcome can be asked for. */
  const choices = () => (recallUnfinished() ? [createCheckButton((control) => check(PATIENCE, control))] : []);

  /** Asks for the outcome of the registration that the page has lost track of. */
  async function check(wait, control) {
    const journey = await journeys.check({ wait, control });
    if (journey?.result && causeOf(journey.result).cause === "pending") onPending();
    else settle(journey, journey?.unfinished.name);
  }

  return {
    SOURCE,

    open(name = field.value) {
      field.value = name;
      showError("");
      hideOutcome(outcome);
    },

    /** After a reload in the middle: goes on with it, if the user had consented. */
    async resume() {
      field.value = recallUnfinished()?.name ?? "";
      await check(0, { button, label: "Checking…" });
    },
  };
}
