// The demo page: a person creates a passkey, pays and signs in with it, and reads what the module answered.

import { authenticate, cancel, configure, ready, register, support } from "/pkg/index.js";
import { createAutofill } from "./autofill.js";
import { createCodePanel } from "./code-panel.js";
import * as shop from "./demo-api.js";
import { element } from "./element.js";
import { createJourneys } from "./journey.js";
import { recall, remember } from "./remembered.js";
import { createResultView } from "./result-view.js";
import { createStepsView } from "./steps-view.js";

const NAME = "name";
const at = (id) => document.getElementById(id);
const nameField = at("name");
const signInField = at("sign-in-name");
const autofillSwitch = at("autofill");

const resultView = createResultView();
const stepsView = createStepsView(at("steps"));
const autofill = createAutofill({ field: signInField, resultView, stepsView, onState: showAutofill });
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

/** The name to act for; where there is none the field is asked for it. */
function givenName(note) {
  const name = nameField.value.trim();
  if (name) return name;
  nameField.setAttribute("aria-invalid", "true");
  tell(note, "A name is needed: it says whose passkey.", "bad");
  nameField.focus();
  return undefined;
}

/** Approves as `username`, or as whoever the passkey belongs to. */
function approveAs(username, source, waiting) {
  return journeys.perform({
    source,
    waiting,
    name: "authenticate",
    begin: () => shop.approve({ username }),
    call: ({ credentialRequestOptions, userId, statusToken }, settings) =>
      authenticate(
        { credentialRequestOptions, userId, statusToken },
        { ...settings, usernameless: username === undefined },
      ),
  });
}

onSubmit("enrol-form", "enrol-note", "Your passkey is ready. Pay or sign in with it.", () => {
  const username = givenName("enrol-note");
  if (!username) return undefined;
  return journeys.perform({
    source: "enrol",
    waiting: "Follow your browser to create a passkey.",
    name: "register",
    // Kept by the authenticator together with the name, which autofill needs.
    begin: () =>
      shop.enrol({
        username,
        displayName: username,
        options: { authenticatorSelection: { residentKey: "preferred" } },
      }),
    call: ({ enrollment: { credentialCreationOptions, statusToken } }, settings) =>
      register({ credentialCreationOptions, statusToken, authenticatorName: "Passkey of the demo shop" }, settings),
  });
});

onSubmit("approve-form", "approve-note", "Paid. Thank you.", () => {
  const username = givenName("approve-note");
  return username && approveAs(username, "approve", "Approve the payment with your passkey.");
});

onSubmit("sign-in-form", "sign-in-note", "You are signed in.", () =>
  approveAs(signInField.value.trim() || undefined, "sign-in", "Sign in with your passkey."),
);

nameField.addEventListener("input", () => {
  nameField.removeAttribute("aria-invalid");
  remember(NAME, nameField.value.trim());
  showPayer();
});

at("cancel").addEventListener("click", () => {
  if (at("cancel").getAttribute("aria-disabled") !== "true") cancel();
});

autofillSwitch.addEventListener("change", () => (autofillSwitch.checked ? autofill.turnOn() : autofill.turnOff()));

/** `aria-disabled`, since a button that is really disabled loses the keyboard's focus. */
function showBusy(busy) {
  document.body.toggleAttribute("data-busy", busy);
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
  tell("approve-note", name ? `Paid by ${name}.` : "Paid by the name above.");
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

const { baseUrl } = await shop.settings();
configure({ baseUrl });
nameField.value = recall(NAME);
showPayer();
createCodePanel({ ...journeys, autofill });
await ready();
at("loading").remove();
showSupport();
// `?autofill=off` opens the page with nothing waiting.
autofillSwitch.checked = new URLSearchParams(location.search).get("autofill") !== "off";
if (autofillSwitch.checked) autofill.turnOn();
