// The list of requests. Pending requests keep their place and focus, so that no button moves just before it is pressed.

const byId = (id) => document.getElementById(id);

/** The requests on the page: `auth_req_id` to `{ element, request, busy }`. */
const shown = new Map();
/** Requests decided here. A response that was on its way at the time may still list them as pending. */
const decided = new Set();

/**
 * Shows `requests`, the oldest first. `decide(request, approved)` sends the decision, and resolves to its name for the
 * page.
 */
export function showRequests(requests, decide) {
  const undecided = requests.filter(({ auth_req_id }) => !decided.has(auth_req_id));
  const waiting = new Set(undecided.map(({ auth_req_id }) => auth_req_id));
  for (const [id, { element, busy }] of shown) {
    if (waiting.has(id) || busy) continue;
    shown.delete(id);
    const hadFocus = element.contains(document.activeElement);
    element.remove();
    if (hadFocus) byId("requests-title").focus();
  }
  for (const request of undecided) {
    if (!shown.has(request.auth_req_id)) add(request, decide);
    tick(shown.get(request.auth_req_id));
  }
  byId("requests-note").textContent = shown.size ? "" : "No requests. New ones appear here automatically.";
  document.title = shown.size ? `(${shown.size}) Phone` : "Phone";
}

function add(request, decide) {
  const element = byId("request").content.cloneNode(true).firstElementChild;
  const part = (name) => element.querySelector(`[data-part="${name}"]`);
  const message = request.binding_message ?? "Someone wants to sign in as you.";
  part("message").textContent = message;
  part("message").id = `message-${request.created_at}-${shown.size}`;
  part("origin").textContent = request.client_id ? `From ${request.client_id}` : "From the admin flow";
  const entry = { element, request, busy: false };
  for (const button of element.querySelectorAll("button")) {
    button.setAttribute("aria-describedby", part("message").id);
    button.addEventListener("click", () =>
      decideRequest(entry, button.dataset.decision === "approve", message, decide),
    );
  }
  shown.set(request.auth_req_id, entry);
  byId("requests").append(element);
  byId("announcement").textContent = `New request: ${message}`;
}

function tick({ element, request }) {
  const now = Date.now() / 1000;
  const age = Math.max(0, Math.floor(now - request.created_at));
  const left = Math.max(0, Math.ceil(request.expires_at - now));
  element.querySelector('[data-part="age"]').textContent = `sent ${formatSeconds(age)} ago`;
  element.querySelector('[data-part="left"]').textContent = `${formatSeconds(left)} left`;
}

function formatSeconds(seconds) {
  const rest = seconds % 60;
  if (seconds < 60) return `${seconds} s`;
  return rest ? `${Math.floor(seconds / 60)} min ${rest} s` : `${Math.floor(seconds / 60)} min`;
}

async function decideRequest(entry, approved, message, decide) {
  if (entry.busy) return;
  entry.busy = true;
  // Not `disabled`, because a disabled button loses the focus.
  for (const button of entry.element.querySelectorAll("button")) button.setAttribute("aria-disabled", "true");
  const outcome = byId("outcome");
  try {
    outcome.textContent = `${await decide(entry.request, approved)}: ${message}`;
  } catch (error) {
    outcome.textContent = error.status
      ? `Not sent: ${error.message}.`
      : "Not sent: the server cannot be reached. Try again.";
    if (!error.status) {
      entry.busy = false;
      for (const button of entry.element.querySelectorAll("button")) button.removeAttribute("aria-disabled");
      return;
    }
  }
  decided.add(entry.request.auth_req_id);
  shown.delete(entry.request.auth_req_id);
  entry.element.remove();
  byId("requests-title").focus();
}
