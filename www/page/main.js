// The shop: the user creates an account, signs in and pays, one step after the other.

import { createAccount } from "./account.js";
import { createAutofill } from "./autofill.js";
import { createInspector } from "./inspector.js";
import { createJourneys } from "./journey.js";
import { connect } from "./page.js";
import { createPayment } from "./payment.js";
import { recall, remember } from "./remembered.js";
import { createSteps } from "./shop-steps.js";
import { createSignIn } from "./sign-in.js";
import { createWays } from "./sign-in-ways.js";
import { recallUnfinished } from "./unfinished.js";
import { createWaiting, isEnabled } from "./waiting.js";

const ACCOUNT_KEY = "account";
const WAY_NAMES = { passkey: "passkey", push: "phone", code: "code" };
const AUTOFILL_TEXTS = {
  off: "off",
  unsupported: "not in this browser",
  starting: "starting",
  waiting: "waiting in the field",
  finalizing: "verifying",
  paused: "paused",
  unavailable: "the shop cannot be reached",
};
const byId = (id) => document.getElementById(id);
const autofillSwitch = /** @type {HTMLInputElement} */ (byId("autofill"));

const phoneUrl = await connect();
const inspector = createInspector({ key: "inspector", isOpen: true });
inspector.showSupport();

const waiting = createWaiting({ onCancel: () => journeys.cancel() });
const autofill = createAutofill({
  inspector,
  onState(state) {
    byId("autofill-state").dataset.state = state;
    byId("autofill-state").textContent = AUTOFILL_TEXTS[state];
  },
  onSettled: (journey) => signIn.settledByAutofill(journey),
});
const journeys = createJourneys({
  inspector,
  autofill,
  onBusy: (control) => (control ? waiting.start(control) : waiting.end()),
});
const ways = createWays(journeys);
const steps = createSteps({ onChange: change });

const account = createAccount({
  journeys,
  waiting,
  onReady({ name, hasPasskey }) {
    remember(ACCOUNT_KEY, name);
    steps.finish("account", `Account of ${name}${hasPasskey ? "" : ", without a passkey"}`);
    openSignIn(name, { text: `Your account is ready: ${name}. Next, sign in.` });
  },
  onPending: () => startOver("account"),
});
const signIn = createSignIn({
  journeys,
  ways,
  autofill,
  phoneUrl,
  relabel: waiting.relabel,
  onSignedIn(signedIn) {
    signIn.close();
    steps.finish("sign-in", nameSignIn(signedIn));
    payment.open(signedIn);
    steps.open("payment", { text: `${nameSignIn(signedIn)}. Next, pay.` });
  },
  onPending: () => startOver("sign-in"),
});
const payment = createPayment({
  ways,
  waiting,
  phoneUrl,
  onPaid(text, payer) {
    if (!steps.isDone("sign-in")) steps.finish("sign-in", nameSignIn(payer));
    steps.finish("payment", text);
    steps.close({ target: showReceipt(), text: `${text}. Thank you.` });
  },
  onPending: () => startOver("sign-in"),
});

function nameSignIn({ user, way }) {
  return `Signed in as ${user} by ${WAY_NAMES[way]}`;
}

function showReceipt() {
  byId("receipt").hidden = false;
  return byId("receipt-title");
}

/** Opens the sign-in, for the account `name`. */
function openSignIn(name, more) {
  closeOrder();
  steps.undo("sign-in");
  signIn.open(name);
  steps.open("sign-in", more);
}

/** The next order is not paid yet. */
function closeOrder() {
  byId("receipt").hidden = true;
  steps.undo("payment");
}

/** Returns to a step that is done. */
function change(step) {
  if (!isEnabled(byId(`${step}-change`))) return;
  if (step === "sign-in") return openSignIn(recall(ACCOUNT_KEY), { target: byId("sign-in-name") });
  signIn.close();
  byId("receipt").hidden = true;
  account.open(recall(ACCOUNT_KEY));
  steps.open("account", { target: byId("name") });
}

/** After a reload in the middle of a prompt: as if it had never been opened. */
function startOver(step) {
  journeys.forget();
  if (step === "account") {
    account.open();
    steps.open("account");
  } else openSignIn(recall(ACCOUNT_KEY));
}

byId("have-account").addEventListener("click", () => {
  if (!isEnabled(byId("have-account"))) return;
  if (!steps.isDone("account")) steps.finish("account", "Using an account that exists");
  if (steps.isDone("payment")) steps.close({ target: showReceipt() });
  else if (steps.isDone("sign-in")) steps.open("payment");
  else openSignIn(recall(ACCOUNT_KEY), { target: byId("sign-in-name") });
});

byId("again").addEventListener("click", () => {
  closeOrder();
  steps.open("payment");
});

autofillSwitch.addEventListener("change", () => (autofillSwitch.checked ? autofill.turnOn() : autofill.turnOff()));

/** Goes on where the page was left: in the middle of a step, or at the sign-in of an account. The page has no focus yet. */
async function resume() {
  const known = recall(ACCOUNT_KEY);
  if (known) steps.finish("account", `Account of ${known}`);
  const unfinished = recallUnfinished();
  if (unfinished?.source === account.SOURCE) {
    steps.undo("account");
    steps.open("account", { target: null });
    await account.resume();
  } else if (unfinished?.source === payment.SOURCE) {
    steps.open("payment", { target: null });
    await payment.resume();
  } else if (unfinished) {
    openSignIn(unfinished.name ?? known, { target: null });
    signIn.close();
    await signIn.resume();
  } else if (known) openSignIn(known, { target: null });
}

/** `?autofill=off` opens the page without a pending request. */
async function start() {
  autofillSwitch.checked = new URLSearchParams(location.search).get("autofill") !== "off";
  await resume();
  if (autofillSwitch.checked) autofill.turnOn();
}

start();
