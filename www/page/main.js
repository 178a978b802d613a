// The demo page: a person creates an account, pays, and signs in, and reads what the package answered.

import { configure, ready, register, support } from "/pkg/index.js";
import { approvalOf } from "./approval.js";
import { createAutofill } from "./autofill.js";
import { createCodePanel } from "./code-panel.js";
import * as shop from "./demo-api.js";
import { element } from "./element.js";
import { createJourneys } from "./journey.js";
import { recall, remember } from "./remembered.js";
import { createResultView } from "./result-view.js";
import { createSignIn } from "./sign-in.js";
import { phoneOf } from "./sign-in-view.js";
import { nameKey } from "./sign-in-ways.js";
import { createStepsView } from "./steps-view.js";

const NAME = "name";
const at = (id) => document.getElementById(id);
const nameField = /** @type {HTMLInputElement} */ (at("name"));
const signInField = /** @type {HTMLInputElement} */ (at("sign-in-name"));
const autofillSwitch = /** @type {HTMLInputElement} */ (at("autofill"));

const resultView = createResultView();
const stepsView = createStepsView(at("steps"));
const autofill = createAutofill({
  field: signInField,
  resultView,
  stepsView,
  onState: showAutofill,
  onSettled: (journey) => signIn.settledByAutofill(journey),
});
const journeys = createJourneys({ resultView, stepsView, autofill, onBusy: showBusy });

/** A form starts a journey unless one is under way; afterwards its note says how it went, `done` if well. */
function onSubmit(form, note, done, start) {
  at(form).addEventListener("submit", async (event) => {
    event.preventDefault();
    tell(note, "");
    const journey = await start();
    if (!journey) return;
    const { result, problem } = journey;
    const refused =
      problem?.status === 404 ? "Nobody of this name has a passkey here. Create one first." : problem?.message;
    tell(
      note,
      refused ?? (result.success ? done : "Not done. The result says why."),
      problem || !result.success ? "bad" : "good",
    );
  });
}

function tell(note, text, tone = "") {
  at(note).textContent = text;
  at(note).dataset.tone = tone;
}

/** The email to act for; where there is none the field is asked for it. */
function givenName(note) {
  const name = nameField.value.trim();
  if (name) return name;
  nameField.setAttribute("aria-invalid", "true");
  tell(note, "An email is needed: it says whose account.", "bad");
  nameField.focus();
  return undefined;
}

onSubmit("enrol-form", "enrol-note", "Your account and its passkey are ready. Pay or sign in with it.", async () => {
  const username = givenName("enrol-note");
  if (!username) return undefined;
  const journey = await journeys.perform({
    source: "enrol",
    waiting: "Follow your browser to create a passkey.",
    name: "register",
    async begin() {
      await shop.signUp(username);
      showPhone(username);
      return shop.enrol({
        username,
        displayName: username,
        // Kept by the authenticator together with the name, which autofill needs.
        options: { authenticatorSelection: { residentKey: "preferred" } },
      });
    },
    call: ({ enrollment: { credentialCreationOptions, statusToken } }, settings) =>
      register({ credentialCreationOptions, statusToken, authenticatorName: "Passkey of the demo shop" }, settings),
  });
  if (journey?.result?.success) remember(nameKey(journey.transaction.userId), username);
  return journey;
});

at("sign-up").addEventListener("click", async () => {
  const email = givenName("enrol-note");
  if (!email || at("sign-up").getAttribute("aria-disabled") === "true") return;
  try {
    await shop.signUp(email);
    showPhone(email);
    tell("enrol-note", "Your account is ready. Sign in with its phone.", "good");
    signInField.value = email;
  } catch (problem) {
    tell("enrol-note", problem.message, "bad");
  }
});

onSubmit("approve-form", "approve-note", "Paid. Thank you.", () => {
  const username = givenName("approve-note");
  return (
    username &&
    journeys.perform(approvalOf(username, { source: "approve", waiting: "Approve the payment with your passkey." }))
  );
});

nameField.addEventListener("input", () => {
  nameField.removeAttribute("aria-invalid");
  remember(NAME, nameField.value.trim());
  at("account-phone").hidden = true;
  showPayer();
});

at("cancel").addEventListener("click", () => {
  if (at("cancel").getAttribute("aria-disabled") !== "true") journeys.cancel();
});

autofillSwitch.addEventListener("change", () => (autofillSwitch.checked ? autofill.turnOn() : autofill.turnOff()));

/** `aria-disabled`, since a button that is really disabled loses the keyboard's focus. */
function showBusy(source) {
  const busy = source !== undefined;
  if (busy) document.body.dataset.busy = source;
  else delete document.body.dataset.busy;
  at("cancel").setAttribute("aria-disabled", String(!busy));
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
    finalizing: "asking the cloud",
    paused: "paused",
    resting: "again when the field is used",
    unavailable: "the shop cannot be reached",
  };
  at("autofill-state").dataset.state = state;
  at("autofill-state").textContent = texts[state];
}

function showPayer() {
  const name = nameField.value.trim();
  tell("approve-note", name ? `Paid by ${name}.` : "Paid by the account above.");
}

/** The account exists: here is its phone. */
function showPhone(email) {
  /** @type {HTMLAnchorElement} */ (at("account-phone-link")).href = phoneOf(ciba.phoneUrl, email);
  at("account-phone").hidden = false;
}

async function showSupport() {
  const { webauthn, platformAuthenticator, autofill: offered } = await support();
  const chips = [
    ["WebAuthn", webauthn],
    ["This device's lock", platformAuthenticator],
    ["Autofill", offered],
  ];
  at("support").replaceChildren(
    ...chips.map(([what, has]) => element("li", { "data-has": has }, `${what}: ${has ? "yes" : "no"}`)),
  );
}

const { baseUrl, ciba } = await shop.settings();
configure({ baseUrl });
for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("[data-phones]")))
  link.href = ciba.phoneUrl;
const signIn = createSignIn({
  journeys,
  autofill,
  ciba,
  form: at("sign-in-form"),
  field: signInField,
  tell: (text, tone) => tell("sign-in-note", text, tone),
});
nameField.value = recall(NAME);
showPayer();
createCodePanel({ ...journeys, autofill });
await ready();
at("loading").remove();
showSupport();
// `?autofill=off` opens the page with nothing waiting.
autofillSwitch.checked = new URLSearchParams(location.search).get("autofill") !== "off";
if (autofillSwitch.checked) autofill.turnOn();
