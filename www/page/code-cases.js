// The cases of the page "Every result code": every way to get every code for real.

import { cancel } from "/pkg/index.js";

/** In milliseconds. Short, because a case that always fails takes twice as long. */
const SHORT_TIMEOUT = { finalizeTimeout: 1000 };
/** Longer than the first attempt and recovery together, with these settings. */
const TOO_LATE_MS = 4000;
/** More than the attempts that there is time for. */
const EVERY_ATTEMPT = 60;
/** Likewise for status queries. */
const EVERY_QUERY = 60;

const result = (kind, more) => ({ at: "result", kind, ...more });
const status = (kind, more) => ({ at: "status", kind, ...more });
const times = (count, fault) => Array.from({ length: count }, () => fault);

/** The first response is lost or useless, but the call succeeds. */
const recovered = [
  {
    id: "cut-after",
    title: "Cut after processing",
    how: "The response is lost; the status says succeeded.",
    faults: [result("cut-after")],
  },
  {
    id: "cut-body",
    title: "Cut inside the response",
    how: "Half of the response arrives; the status says succeeded.",
    faults: [result("cut-body")],
  },
  {
    id: "5xx-processed",
    title: "500 although accepted",
    how: "The cloud accepts, but its gateway fails.",
    faults: [result("http", { status: 500, processed: true })],
  },
  {
    id: "5xx-once",
    title: "502 once",
    how: "Still pending, so the request is resent.",
    faults: [result("http", { status: 502 })],
  },
  {
    id: "cut-once",
    title: "Cut before processing, once",
    how: "Still pending, so the request is resent.",
    faults: [result("cut-before")],
  },
  {
    id: "delay-once",
    title: "Slow once",
    how: "Slower than finalizeTimeout; resending succeeds.",
    faults: [result("delay", { ms: TOO_LATE_MS })],
    settings: SHORT_TIMEOUT,
  },
];

/** The cloud refuses, or no attempt gets a clear response. */
const notFinalized = [
  {
    id: "wrong-challenge",
    title: "Refused by the cloud itself",
    how: "The page changes the challenge, so the signed data does not match. The browser drops a new passkey.",
    alter: withOtherChallenge,
  },
  {
    id: "refused",
    title: "Refused with a reason",
    how: "The message contains the reason unchanged.",
    faults: [result("refused", { message: "This device is no longer trusted." })],
  },
  {
    id: "5xx",
    title: "503 every time",
    how: "The status says pending; the request is resent until the time is up.",
    faults: times(EVERY_ATTEMPT, result("http", { status: 503 })),
    settings: SHORT_TIMEOUT,
  },
  {
    id: "cut-before",
    title: "Cut before processing",
    how: "The connection closes without a response, every time.",
    faults: times(EVERY_ATTEMPT, result("cut-before")),
    settings: SHORT_TIMEOUT,
  },
  {
    id: "delay",
    title: "Too slow, every time",
    how: "Slower than finalizeTimeout and recovery together.",
    faults: times(EVERY_ATTEMPT, result("delay", { ms: TOO_LATE_MS })),
    settings: SHORT_TIMEOUT,
  },
  {
    id: "not-json",
    title: "A web page as the response",
    how: "200 with HTML, as from the login page of a hotel's network.",
    faults: times(EVERY_ATTEMPT, result("not-json")),
    settings: SHORT_TIMEOUT,
  },
  {
    id: "truncated",
    title: "JSON cut in the middle",
    how: "200 with half a response, every time.",
    faults: times(EVERY_ATTEMPT, result("truncated")),
    settings: SHORT_TIMEOUT,
  },
  {
    id: "wrong-shape",
    title: "Unexpected JSON",
    how: "200 with an array, every time.",
    faults: times(EVERY_ATTEMPT, result("wrong-shape")),
    settings: SHORT_TIMEOUT,
  },
  {
    id: "redirect",
    title: "Redirected elsewhere",
    how: "307 to another host, every time.",
    faults: times(EVERY_ATTEMPT, result("redirect", { location: "http://localhost:9/" })),
    settings: SHORT_TIMEOUT,
  },
  {
    id: "outcome-unknown",
    title: "Accepted, but the outcome is unknown",
    how: "The response is lost, and so is every status response.",
    faults: [result("cut-after"), ...times(EVERY_QUERY, status("http", { status: 503 }))],
    settings: SHORT_TIMEOUT,
  },
];

/** The prompt ends without a passkey. */
const notConsented = [
  {
    id: "signal",
    title: "The page's signal aborts",
    how: "settings.signal, as soon as the prompt opens.",
    interrupt: (controller) => controller.abort(),
  },
  {
    id: "cancel",
    title: "cancel()",
    how: "Called by the page as soon as the prompt opens.",
    interrupt: () => cancel(),
  },
  {
    id: "say-no",
    title: "You decline",
    how: "Dismiss the browser's prompt. Run all skips this case.",
    byUser: true,
    asks: true,
  },
];

const unsafeBaseUrl = {
  title: "An unsafe baseUrl",
  how: "http://example.com: rejected before the prompt.",
  settings: { baseUrl: "http://example.com" },
};
const forbidden = {
  title: "WebAuthn is forbidden",
  how: "Called in a frame whose permissions policy forbids it. Firefox hides that from pages, so it returns error-0001 or error-1001.",
  inFrame: true,
};
const missing = (property) => ({
  title: `No ${property}`,
  how: "The page forgot to pass it.",
  change: (options) => ({ ...options, [property]: undefined }),
});

/**
 * The cases in the order of the tables. `code` is expected; `ceremony` is the function to call; `asks`: whether the user is
 * asked for a passkey; `byUser`: whether only a user can run the case. `faults` are injected by the cloud; `alter` changes the
 * options from the cloud, and `change` the argument of the call; `settings` are passed to the call; `interrupt` is called when
 * the prompt opens.
 */
export const authentication = cases("authenticate", [
  ["success-authentication", { title: "Approved", how: "A passkey, and no faults.", asks: true }],
  ["success-authentication", ...asking(recovered)],
  ["error-0000", { id: "missing", ...missing("credentialRequestOptions") }],
  [
    "error-0000",
    {
      id: "property",
      title: "An invalid property",
      how: "The ID of the second allowed passkey is not base64url.",
      alter: withBadCredentialId,
    },
  ],
  ["error-0001", ...notConsented],
  ["error-0002", ...asking(notFinalized)],
  ["error-0003", missing("userId")],
  ["error-0004", missing("statusToken")],
  ["error-0005", forbidden],
  ["error-0099", unsafeBaseUrl],
]);

/** Like `authentication`. `again` registers a user who already has a passkey. */
export const registration = cases("register", [
  ["success-registration", { title: "Registered", how: "A new passkey, and no faults.", asks: true }],
  ["success-registration", ...asking(recovered)],
  ["error-1000", { id: "missing", ...missing("credentialCreationOptions") }],
  [
    "error-1000",
    {
      id: "property",
      title: "An invalid property",
      how: "The algorithm is a string, not a number.",
      alter: withBadAlgorithm,
    },
  ],
  [
    "error-1001",
    ...notConsented,
    {
      id: "again",
      title: "Already registered",
      how: "The authenticator already has a passkey of this user.",
      asks: true,
      again: true,
    },
  ],
  ["error-1002", ...asking(notFinalized)],
  ["error-1004", missing("statusToken")],
  ["error-1005", forbidden],
  ["error-1099", unsafeBaseUrl],
]);

/** What each code means, in a few words. */
export const MEANINGS = {
  "success-authentication": "Approved",
  "error-0000": "Invalid options",
  "error-0001": "No consent, or no passkey",
  "error-0002": "Not finalized by the cloud",
  "error-0003": "The user ID is missing",
  "error-0004": "The status token is missing",
  "error-0005": "No WebAuthn here",
  "error-0099": "Anything else",
  "success-registration": "Registered",
  "error-1000": "Invalid options",
  "error-1001": "No consent, or registered already",
  "error-1002": "Not finalized by the cloud",
  "error-1004": "The status token is missing",
  "error-1005": "No WebAuthn here",
  "error-1099": "Anything else",
};

function cases(ceremony, groups) {
  return groups.flatMap(([code, ...group]) =>
    group.map((row) => ({ ...row, ceremony, code, id: row.id ? `${code}-${row.id}` : code })),
  );
}

function asking(rows) {
  return rows.map((row) => ({ ...row, asks: true }));
}

/** Changes the first character: the challenge stays valid base64url, but is not the cloud's. */
function withOtherChallenge(options) {
  return { ...options, challenge: (options.challenge.startsWith("A") ? "B" : "A") + options.challenge.slice(1) };
}

function withBadCredentialId(options) {
  const credential = (id) => ({ type: "public-key", id });
  return { ...options, allowCredentials: [credential("AAAA"), credential("not base64url")] };
}

function withBadAlgorithm(options) {
  return { ...options, pubKeyCredParams: [{ type: "public-key", alg: "ES256" }] };
}
