// The phone page: who it belongs to, what that person is asked, and the TOTP code, kept up to date once a second.

import { showRequests } from "./requests.js";

const REFRESH = 1000;
const byId = (id) => document.getElementById(id);

/** Who is signed in: `{ email, token }`. The token stays in memory, the email in this tab. */
let phone;
/** Each sign-in has its own rounds; those of the one before end. */
let round = 0;

/** Asks this page's own server. The answer's body, or an `Error` with `status` where it refuses. */
async function ask(path, { body, text } = {}) {
  const headers = { ...(body && { "Content-Type": "application/json" }) };
  if (phone) headers.Authorization = `Bearer ${phone.token}`;
  const response = await fetch(path, { method: body ? "POST" : "GET", headers, body: body && JSON.stringify(body) });
  if (response.ok) return text ? response.blob() : response.json();
  const answer = await response.json().catch(() => ({}));
  const reason = answer.error_description ?? answer.message ?? `The server answered ${response.status}.`;
  throw Object.assign(new Error(reason), { status: response.status });
}

async function signIn(email) {
  phone = undefined;
  phone = await ask("/phone/sign-in", { body: { email } });
  sessionStorage.setItem("email", phone.email);
  byId("who").textContent = phone.email;
  showQr(await ask("/phone/totp.svg", { text: true }));
  show(true);
  refresh(++round);
}

function show(signedIn) {
  byId("sign-in-card").hidden = signedIn;
  byId("signed-in").hidden = byId("owner").hidden = !signedIn;
}

function askWhose() {
  show(false);
  byId("email").focus();
  ask("/phone/emails").then(
    ({ emails }) => byId("emails").replaceChildren(...emails.map((email) => new Option(email, email))),
    () => {}, // A person can type it.
  );
}

/** One round a second until somebody else signs in. */
async function refresh(mine) {
  try {
    const [{ requests }, totp] = await Promise.all([
      ask("/authsec/uflow/auth/workspace/ciba/requests"),
      ask("/phone/totp"),
    ]);
    if (mine !== round) return;
    showRequests(requests, decide);
    showTotp(totp);
    byId("trouble").hidden = true;
  } catch (error) {
    if (mine !== round) return;
    byId("trouble").hidden = false;
    // A token lives for a day.
    if (error.status === 401) return signIn(phone.email).catch(() => signOut());
  }
  setTimeout(() => mine === round && refresh(mine), REFRESH);
}

/** Tells the server, and resolves to the words for the person. */
async function decide(request, approved) {
  const body = { auth_req_id: request.auth_req_id, approved, biometric_verified: approved };
  await ask("/authsec/uflow/auth/workspace/ciba/respond", { body });
  return approved ? "Approved" : "Denied";
}

function showTotp({ code, is_used: used, seconds_left: left, secret }) {
  const element = byId("totp-code");
  if (element.textContent !== code) {
    // In two halves, which are read more easily.
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
    ? `Used already: a code serves once. The next one comes in ${left} s.`
    : `Valid for ${left} s more.`;
  byId("totp-secret").textContent = secret;
}

function showQr(svg) {
  const image = byId("totp-qr");
  URL.revokeObjectURL(image.src);
  image.src = URL.createObjectURL(svg);
}

function signOut() {
  phone = undefined;
  round += 1;
  sessionStorage.removeItem("email");
  history.replaceState(null, "", location.pathname);
  showRequests([], decide);
  byId("outcome").textContent = "";
  byId("trouble").hidden = true;
  byId("email").value = "";
  askWhose();
}

byId("sign-in-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const note = byId("sign-in-note");
  const fail = (reason) => {
    note.dataset.tone = "bad";
    note.textContent = reason;
    byId("email").setAttribute("aria-invalid", "true");
    byId("email").focus();
  };
  const email = byId("email").value.trim();
  if (!email) return fail("Whose? An email, please.");
  try {
    await signIn(email);
    delete note.dataset.tone;
    byId("email").removeAttribute("aria-invalid");
    byId("requests-title").focus();
  } catch (error) {
    fail(error.status ? error.message : "The server cannot be reached.");
  }
});
byId("sign-out").addEventListener("click", signOut);

/** A link may say whose phone it opens: /#anna@example.com. */
function linked() {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return ""; // Not encoded as a link has to be.
  }
}

const wanted = linked() || sessionStorage.getItem("email");
if (wanted) signIn(wanted).catch(askWhose);
else askWhose();
