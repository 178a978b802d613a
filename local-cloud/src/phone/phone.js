// The phone page: signs the user in, and updates the requests and the TOTP code once a second.

import { announce } from "./announce.js";
import { clearRequests, showRequests } from "./requests.js";

const REFRESH = 1000;
const byId = (id) => document.getElementById(id);

/** The signed-in user: `{ email, token }`. The token stays in memory, the email in session storage. */
let phone;
/** Counts sign-ins and sign-outs, so that the updates of an earlier one stop. */
let session = 0;

/** Calls this page's server. Resolves to the response body; rejects with an `Error`, which has `status` if there was a response. */
async function call(path, { body, asBlob } = {}) {
  const headers = { ...(body && { "Content-Type": "application/json" }) };
  if (phone) headers.Authorization = `Bearer ${phone.token}`;
  const response = await fetch(path, { method: body ? "POST" : "GET", headers, body: body && JSON.stringify(body) });
  if (response.ok) return asBlob ? response.blob() : response.json();
  const error = await response.json().catch(() => ({}));
  const reason =
    error.error_description ?? error.message ?? error.error ?? `The server responded with HTTP ${response.status}.`;
  throw Object.assign(new Error(reason), { status: response.status });
}

async function signIn(email) {
  phone = undefined;
  phone = await call("/phone/sign-in", { body: { email } });
  sessionStorage.setItem("email", phone.email);
  byId("who").textContent = phone.email;
  showQr(await call("/phone/totp.svg", { asBlob: true }));
  show(true);
  refresh(++session);
}

function show(signedIn) {
  byId("sign-in-card").hidden = signedIn;
  byId("signed-in").hidden = byId("owner").hidden = !signedIn;
}

function showSignIn() {
  show(false);
  byId("email").focus();
  call("/phone/emails").then(
    ({ emails }) => byId("emails").replaceChildren(...emails.map((email) => new Option(email, email))),
    () => {}, // The list is a convenience: the user can type the email.
  );
}

/** Updates the page once a second while `ownSession` is the current session. */
async function refresh(ownSession) {
  try {
    const [{ requests }, totp] = await Promise.all([
      call("/authsec/uflow/auth/workspace/ciba/requests"),
      call("/phone/totp"),
    ]);
    if (ownSession !== session) return;
    showRequests(requests, decide);
    showTotp(totp);
    showTrouble(false);
  } catch (error) {
    if (ownSession !== session) return;
    showTrouble(true);
    // The token expires after a day.
    if (error.status === 401) return signIn(phone.email).catch(() => signOut());
  }
  setTimeout(() => ownSession === session && refresh(ownSession), REFRESH);
}

function showTrouble(isTrouble) {
  const trouble = byId("trouble");
  if (isTrouble && trouble.hidden) announce(trouble.textContent);
  trouble.hidden = !isTrouble;
}

/** Sends the decision, and resolves to its name for the page. */
async function decide(request, approved) {
  const body = { auth_req_id: request.auth_req_id, approved, biometric_verified: approved };
  const { success, message } = await call("/authsec/uflow/auth/workspace/ciba/respond", { body });
  // AuthSec rejects a decision with 200, e.g. if the request is no longer pending.
  if (!success) throw Object.assign(new Error(message), { status: 200 });
  return approved ? "Approved" : "Denied";
}

function showTotp({ code, is_used: used, seconds_left: left, secret }) {
  const element = byId("totp-code");
  if (element.textContent !== code) {
    // In two halves, which are easier to read.
    const halves = [code.slice(0, 3), code.slice(3)].map((digits) => {
      const half = document.createElement("span");
      half.textContent = digits;
      return half;
    });
    element.replaceChildren(...halves);
  }
  element.dataset.used = used;
  byId("totp-left").value = left;
  byId("totp-note").textContent = used
    ? `Already used. The next code comes in ${left} s.`
    : `Valid for another ${left} s.`;
  byId("totp-secret").textContent = secret;
}

function showQr(svg) {
  const image = byId("totp-qr");
  URL.revokeObjectURL(image.src);
  image.src = URL.createObjectURL(svg);
}

function signOut() {
  phone = undefined;
  session += 1;
  sessionStorage.removeItem("email");
  history.replaceState(null, "", location.pathname);
  clearRequests();
  showTrouble(false);
  byId("email").value = "";
  showSignIn();
}

const note = byId("sign-in-note");
const hint = note.textContent;

/** Shows what is wrong with the email; an empty string shows the hint. */
function showNote(error) {
  note.textContent = error || hint;
  note.dataset.tone = error ? "bad" : "";
  if (error) byId("email").setAttribute("aria-invalid", "true");
  else byId("email").removeAttribute("aria-invalid");
}

byId("email").addEventListener("input", () => showNote(""));
byId("sign-in-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const fail = (reason) => {
    showNote(reason);
    // A field that already has the focus is not read again.
    announce(document.activeElement === byId("email") ? reason : "");
    byId("email").focus();
  };
  const email = byId("email").value.trim();
  if (!email) return fail("Enter an email address.");
  try {
    await signIn(email);
    showNote("");
    byId("requests-title").focus();
  } catch (error) {
    fail(error.status ? error.message : "The server cannot be reached.");
  }
});
byId("sign-out").addEventListener("click", signOut);

/** The email in a link to a user's phone: /#anna@example.com. */
function linkedEmail() {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return ""; // Not correctly encoded.
  }
}

const email = linkedEmail() || sessionStorage.getItem("email");
if (email) signIn(email).catch(showSignIn);
else showSignIn();
