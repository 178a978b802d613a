// The demo page: the user creates an account, pays and signs in, and sees the result objects.

import { explain } from "/pkg/explain.js";
import { configure, ready, register, support } from "/pkg/index.js";
import { createApproval } from "./approval.js";
import { createAutofill } from "./autofill.js";
import { createCodePanel } from "./code-panel.js";
import * as shop from "./demo-api.js";
import { element } from "./element.js";
import { createJourneys } from "./journey.js";
import { recall, remember } from "./remembered.js";
import { createResultView } from "./result-view.js";
import { createSignIn } from "./sign-in.js";
import { phoneUrlOf } from "./sign-in-view.js";
import { nameKeyOf } from "./sign-in-ways.js";
import { createStepsView } from "./steps-view.js";
import { recallUnfinished } from "./unfinished.js";

const NAME_KEY = "name";
/** How long to wait for an outcome, in milliseconds. */
const PATIENCE = 10_000;
const byId = (id) => document.getElementById(id);
const nameField = /** @type {HTMLInputElement} */ (byId("name"));
const signInField = /** @type {HTMLInputElement} */ (byId("sign-in-name"));
const autofillSwitch = /** @type {HTMLInputElement} */ (byId("autofill"));

const resultView = createResultView({ onCheck: () => journeys.check({ wait: PATIENCE }) });
const stepsView = createStepsView(byId("steps"));
const autofill = createAutofill({
  resultView,
  stepsView,
  onState: showAutofill,
  onSettled: (journey) => signIn.settledByAutofill(journey),
});
const journeys = createJourneys({ resultView, stepsView, autofill, onBusy: showBusy });

/** Starts a journey when a form is submitted, unless one is running. Then shows the outcome in its note: `done` on success. */
function onSubmit(form, note, done, start) {
  byId(form).addEventListener("submit", async (event) => {
    event.preventDefault();
    showNote(note, "");
    const journey = await start();
    if (!journey) return;
    const { result, problem } = journey;
    const failure = problem?.status === 404 ? "This account has no passkey. Create one first." : problem?.message;
    showNote(
      note,
      failure ?? (result.success ? done : `${explain(result, "en").title}. See Result.`),
      problem || !result.success ? "bad" : "good",
    );
  });
}

function showNote(note, text, tone = "") {
  byId(note).textContent = text;
  byId(note).dataset.tone = tone;
}

/** The email in the account field. If it is empty, asks for it and returns `undefined`. */
function requireName(note) {
  const name = nameField.value.trim();
  if (name) return name;
  nameField.setAttribute("aria-invalid", "true");
  showNote(note, "Enter an email address.", "bad");
  nameField.focus();
  return undefined;
}

onSubmit("enroll-form", "enroll-note", "Your account and passkey are ready. Pay or sign in.", async () => {
  const username = requireName("enroll-note");
  if (!username) return undefined;
  const journey = await journeys.perform({
    source: "enroll",
    waiting: "Follow your browser to create a passkey.",
    name: "register",
    isResumable: true,
    user: username,
    async begin() {
      await shop.signUp(username);
      showPhone(username);
      return shop.enroll({
        username,
        displayName: username,
        // Discoverable, because autofill needs that.
        options: { authenticatorSelection: { residentKey: "preferred" } },
      });
    },
    call: ({ enrollment: { credentialCreationOptions, statusToken } }, settings) =>
      register({ credentialCreationOptions, statusToken, authenticatorName: "Passkey of the demo shop" }, settings),
  });
  if (journey?.result?.success) remember(nameKeyOf(journey.transaction.userId), username);
  return journey;
});

byId("sign-up").addEventListener("click", async () => {
  const email = requireName("enroll-note");
  if (!email || byId("sign-up").getAttribute("aria-disabled") === "true") return;
  try {
    await shop.signUp(email);
    showPhone(email);
    showNote("enroll-note", "Your account is ready. Sign in by phone.", "good");
    signInField.value = email;
  } catch (problem) {
    showNote("enroll-note", problem.message, "bad");
  }
});

onSubmit("approve-form", "approve-note", "Paid. Thank you.", () => {
  const username = requireName("approve-note");
  return (
    username &&
    journeys.perform(createApproval(username, { source: "approve", waiting: "Approve the payment with your passkey." }))
  );
});

nameField.addEventListener("input", () => {
  nameField.removeAttribute("aria-invalid");
  remember(NAME_KEY, nameField.value.trim());
  byId("account-phone").hidden = true;
  showPayer();
});

byId("cancel").addEventListener("click", () => {
  if (byId("cancel").getAttribute("aria-disabled") !== "true") journeys.cancel();
});

autofillSwitch.addEventListener("change", () => (autofillSwitch.checked ? autofill.turnOn() : autofill.turnOff()));

/** Uses `aria-disabled`, because a disabled button loses the keyboard focus. */
function showBusy(source) {
  const busy = source !== undefined;
  if (busy) document.body.dataset.busy = source;
  else delete document.body.dataset.busy;
  byId("cancel").setAttribute("aria-disabled", String(!busy));
  for (const button of document.querySelectorAll("[data-starts]")) {
    if (busy) button.setAttribute("aria-disabled", "true");
    else button.removeAttribute("aria-disabled");
  }
}

function showAutofill(state) {
  const texts = {
    off: "off",
    unsupported: "not in this browser",
    starting: "starting",
    waiting: "waiting in the field",
    finalizing: "verifying",
    paused: "paused",
    unavailable: "the shop cannot be reached",
  };
  byId("autofill-state").dataset.state = state;
  byId("autofill-state").textContent = texts[state];
}

function showPayer() {
  const name = nameField.value.trim();
  showNote("approve-note", name ? `Paid by ${name}.` : "Paid by the account above.");
}

/** Shows the link to the account's phone. */
function showPhone(email) {
  /** @type {HTMLAnchorElement} */ (byId("account-phone-link")).href = phoneUrlOf(phoneUrl, email);
  byId("account-phone").hidden = false;
}

async function showSupport() {
  const { webauthn, platformAuthenticator, autofill: offered } = await support();
  const chips = [
    ["WebAuthn", webauthn],
    ["Screen lock", platformAuthenticator],
    ["Autofill", offered],
  ];
  byId("support").replaceChildren(
    ...chips.map(([feature, has]) => element("li", { "data-has": has }, `${feature}: ${has ? "yes" : "no"}`)),
  );
}

const { baseUrl, phoneUrl } = await shop.settings();
// Through the shop's server: a real cloud may not let a page ask for a status.
configure({ baseUrl, statusUrl: "/api/status" });
for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("[data-phones]")))
  link.href = phoneUrl;
const signIn = createSignIn({
  journeys,
  autofill,
  phoneUrl,
  form: byId("sign-in-form"),
  field: signInField,
  showNote: (text, tone) => showNote("sign-in-note", text, tone),
});
nameField.value = recall(NAME_KEY);
showPayer();
createCodePanel({ ...journeys, autofill });
await ready();
byId("loading").remove();
showSupport();
// `?autofill=off` opens the page without a pending request.
autofillSwitch.checked = new URLSearchParams(location.search).get("autofill") !== "off";
const unfinished = recallUnfinished();
if (unfinished?.source === "sign-in") await signIn.resume();
else if (unfinished) await journeys.check({ wait: 0 });
if (autofillSwitch.checked) autofill.turnOn();
