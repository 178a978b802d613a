// The list of requests. Pending requests keep their place and focus, so that no button moves just before it is pressed.

import { announce } from "./announce.js";

const byId = (id) => document.getElementById(id);

/** AuthSec's own words if the client sent no binding message. */
const NO_MESSAGE = "Tap to approve sign-in";
const TICK = 250;

/** The requests on the page: `auth_req_id` to `{ element, request, message, busy }`. */
const shown = new Map();
/** Requests that were decided here or expired. A response that was on its way at the time may still list them as pending. */
const ended = new Set();
let added = 0;

/** Shows the pending `requests`. `decide(request, approved)` sends the decision, and resolves to its name for the page. */
export function showRequests(requests, decide) {
  // The server lists the newest first.
  const pending = [...requests]
    .reverse()
    .sort((a, b) => a.created_at - b.created_at)
    .filter(({ auth_req_id }) => !ended.has(auth_req_id));
  const ids = new Set(pending.map(({ auth_req_id }) => auth_req_id));
  endExpired();
  // What remains was decided on another phone.
  for (const [id, entry] of shown) if (!ids.has(id) && !entry.busy) remove(entry);
  for (const request of pending) if (!shown.has(request.auth_req_id) && secondsLeft(request) > 0) add(request, decide);
  showCount();
}

/** Removes all requests, because the user signed out. */
export function clearRequests() {
  for (const entry of shown.values()) remove(entry);
  showOutcome("");
}

// By the page's own clock, also while the server cannot be reached.
setInterval(() => {
  for (const entry of shown.values()) showTime(entry);
  endExpired();
}, TICK);

function secondsLeft({ expires_at }) {
  return Math.max(0, Math.ceil(expires_at - Date.now() / 1000));
}

function add(request, decide) {
  const element = byId("request").content.cloneNode(true).firstElementChild;
  const part = (name) => element.querySelector(`[data-part="${name}"]`);
  const client = request.client_id ?? "The admin flow";
  const message = request.binding_message || NO_MESSAGE;
  part("client").textContent = client;
  part("message").textContent = message;
  part("ask").id = `ask-${++added}`;
  const time = /** @type {HTMLProgressElement} */ (part("time"));
  time.max = Math.max(1, request.expires_at - request.created_at);
  const entry = { element, request, message, busy: false };
  for (const button of element.querySelectorAll("button")) {
    button.setAttribute("aria-describedby", part("ask").id);
    button.addEventListener("click", () => decideRequest(entry, button, decide));
  }
  showTime(entry);
  shown.set(request.auth_req_id, entry);
  byId("requests").append(element);
  announce(`${client} asks: ${message}`);
}

function showTime({ element, request }) {
  const left = secondsLeft(request);
  element.querySelector('[data-part="time"]').value = left;
  element.querySelector('[data-part="left"]').textContent = `${formatSeconds(left)} left`;
}

function showCount() {
  byId("requests-note").textContent = shown.size ? "" : "No requests. When the shop sends one, it appears here.";
  document.title = shown.size ? `(${shown.size}) Demo phone` : "Demo phone";
}

function endExpired() {
  for (const entry of shown.values()) {
    if (entry.busy || secondsLeft(entry.request) > 0) continue;
    ended.add(entry.request.auth_req_id);
    remove(entry);
    showOutcome(`Expired: ${entry.message}`, "bad");
  }
}

/** Shows how a request ended, and has it announced once. */
function showOutcome(text, tone = "") {
  const outcome = byId("outcome");
  outcome.textContent = text;
  outcome.dataset.tone = tone;
  announce(text);
}

function remove({ element, request }) {
  shown.delete(request.auth_req_id);
  const hadFocus = element.contains(document.activeElement);
  element.remove();
  if (hadFocus) byId("requests-title").focus();
  showCount();
}

function formatSeconds(seconds) {
  const rest = seconds % 60;
  if (seconds < 60) return `${seconds} s`;
  return rest ? `${Math.floor(seconds / 60)} min ${rest} s` : `${Math.floor(seconds / 60)} min`;
}

async function decideRequest(entry, pressed, decide) {
  if (entry.busy) return;
  const approved = pressed.dataset.decision === "approve";
  setBusy(entry, true, pressed);
  try {
    showOutcome(`${await decide(entry.request, approved)}: ${entry.message}`, approved ? "good" : "");
  } catch (error) {
    if (!error.status) {
      showOutcome("Not sent: the server cannot be reached. Try again.", "bad");
      return setBusy(entry, false);
    }
    showOutcome(`Not accepted: ${error.message}`, "bad");
  }
  ended.add(entry.request.auth_req_id);
  remove(entry);
}

/** The pressed button shows that it waits. */
function setBusy(entry, busy, pressed) {
  entry.busy = busy;
  for (const button of entry.element.querySelectorAll("button")) {
    // Not `disabled`, because a disabled button loses the focus.
    button.setAttribute("aria-disabled", String(busy));
    if (button === pressed) button.dataset.waiting = "";
    else delete button.dataset.waiting;
  }
}
