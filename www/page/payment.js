// Step 3, the payment: charged to who signed in, and approved in the way in which they did.

import { causeOf } from "/pkg/cause.js";
import { explain } from "/pkg/explain.js";
import { element } from "./element.js";
import { isApproved, outcomeOf } from "./outcome.js";
import { createCheckButton, hideOutcome, showOutcome } from "./outcome-view.js";
import { createPhoneRequest } from "./phone-request.js";
import { UNKNOWN_OWNER } from "./sign-in-ways.js";
import { recallUnfinished } from "./unfinished.js";
import { isEnabled } from "./waiting.js";

const SOURCE = "approve";
const TOTAL = "CHF 72.50";
/** What the phone shows: www/backend.mjs allows these words. */
const PURPOSE = `Pay ${TOTAL} to Harbour & Pine`;
/** How long to wait for an outcome, in milliseconds. */
const PATIENCE = 10_000;

/**
 * Calls `onPaid(text, payer)` when the payment is approved by who signed in, and `onPending()` if a reload interrupted the prompt.
 */
export function createPayment({ ways, waiting, phoneUrl, onPaid, onPending }) {
  const byId = (id) => document.getElementById(id);
  const [note, outcome, form] = ["approve-note", "approve-outcome", "approve-form"].map(byId);
  const button = form.querySelector("button");
  const request = createPhoneRequest(byId("approve-request"), phoneUrl);
  /** Who signed in: `{ user, userId, way }`. */
  let payer;

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!isEnabled(button)) return;
    hideOutcome(outcome);
    settle(await (payer.way === "passkey" ? byPasskey() : byPhone()));
  });

  const byPasskey = () =>
    ways.passkey(payer.user === UNKNOWN_OWNER ? undefined : payer.user, {
      source: SOURCE,
      waiting: "Approve the payment with your passkey.",
      control: { button, label: "Waiting for your passkey…" },
      onStage: (stage) => stage !== "prompting" && waiting.relabel("Verifying…"),
    });

  async function byPhone() {
    const link = element("p", { class: "note" }, request.link(payer.user, "payment-phone"));
    note.after(link);
    try {
      return await ways.push(payer.user, {
        purpose: PURPOSE,
        source: SOURCE,
        control: { button, label: "Waiting for your phone…" },
        onRequest: request.show,
        onSecondsLeft: request.showTime,
      });
    } finally {
      request.hide();
      link.remove();
    }
  }

  /** Whether the payer approved, and nobody else. */
  const isPayer = ({ user, claims }) => user === payer.user && (!payer.userId || payer.userId === claims.sub);

  /** Why nothing was paid, and what the user can do in this step. */
  function wordsFor({ result, problem, claims }) {
    if (claims) return { title: "Not paid", advice: `That was not approved by ${payer.user}. Nothing is charged.` };
    if (!result) return { title: "Not paid", advice: problem.message };
    if (isApproved(result))
      return { title: "Not confirmed", advice: "You approved, but the shop’s server could not confirm it." };
    const { title, advice } = explain(result);
    // Its advice may be another way, which this step does not have.
    const isOver = ["retry", "newTransaction", "otherWay"].includes(causeOf(result).next);
    return { title, advice: isOver ? "Nothing is charged. You can pay again." : advice };
  }

  function settle(journey) {
    if (!journey) return;
    const { result, claims } = journey;
    if (claims && isPayer(journey)) return onPaid(`Paid ${TOTAL}, charged to ${payer.user}`, payer);
    const { title, advice } = wordsFor(journey);
    const state = result && outcomeOf(result) === "aborted" ? "ended" : "failed";
    showOutcome(outcome, { state, title, advice }, ...choices());
  }

  /** As long as the page has the transaction, the outcome can be asked for. */
  const choices = () => (recallUnfinished() ? [createCheckButton((control) => check(PATIENCE, control))] : []);

  /** Asks for the outcome of the payment that the page has lost track of. */
  async function check(wait, control) {
    const journey = await ways.passkeyAgain(wait, { control });
    if (journey?.result && causeOf(journey.result).cause === "pending") onPending();
    else settle(journey);
  }

  function open(/** @type {{ user: string, userId?: string, way: string }} */ signedIn) {
    payer = signedIn;
    const how = payer.way === "passkey" ? "Approve with your passkey." : "Approve on your phone.";
    note.textContent = `Charged to ${payer.user}. ${how}`;
    form.hidden = false;
    hideOutcome(outcome);
  }

  return {
    SOURCE,
    open,

    /** After a reload in the middle: goes on with it, if the user had consented. Their passkey says who signed in as well. */
    async resume() {
      open({ user: recallUnfinished()?.name ?? UNKNOWN_OWNER, way: "passkey" });
      // Who signed in is forgotten with the page.
      form.hidden = true;
      await check(0, { place: outcome.parentElement });
      if (!outcome.hidden && !recallUnfinished()) onPending();
    },
  };
}
