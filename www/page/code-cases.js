// Every way to bring about every result code for real: the table behind the panel "Every result code".

import { cancel } from "/pkg/index.js";

/** Short, since a case that fails each time has to wait for it, and for the recovery as long again; milliseconds. */
const SHORT = { finalizeTimeout: 1000 };
/** Longer than the first attempt and the recovery together, with those settings. */
const TOO_LATE_MS = 4000;
/** More than the first attempt and its two repetitions. */
const EVERY_TIME = 4;
/** More than the recovery can ask in its time. */
const ALL_ALONG = 60;

const result = (kind, more) => ({ at: "result", kind, ...more });
const status = (kind, more) => ({ at: "status", kind, ...more });
const times = (count, fault) => Array.from({ length: count }, () => fault);

/** The cloud accepts at last, although the first answer never came or said nothing: nothing is lost. */
const recovered = [
  {
    id: "cut-after",
    title: "Cut after processing",
    how: "The answer is lost; the status tells of the success.",
    faults: [result("cut-after")],
  },
  {
    id: "cut-body",
    title: "Cut inside the answer",
    how: "Half of the answer comes; the status has the rest.",
    faults: [result("cut-body")],
  },
  {
    id: "5xx-processed",
    title: "500 although accepted",
    how: "The cloud has accepted, its gateway fails.",
    faults: [result("http", { status: 500, processed: true })],
  },
  {
    id: "5xx-once",
    title: "502 once",
    how: "Still pending, so the same is sent again.",
    faults: [result("http", { status: 502 })],
  },
  {
    id: "cut-once",
    title: "Cut before processing, once",
    how: "Still pending, so the same is sent again.",
    faults: [result("cut-before")],
  },
  {
    id: "delay-once",
    title: "Late once",
    how: "Slower than finalizeTimeout; sent again, it gets through.",
    faults: [result("delay", { ms: TOO_LATE_MS })],
    settings: SHORT,
  },
];

/** The cloud refuses, or no clear answer comes however often it is asked. */
const notFinalized = [
  {
    id: "wrong-challenge",
    title: "Refused by the cloud itself",
    how: "The page swaps the challenge, and the cloud sees it in what was signed.",
    alter: withOtherChallenge,
  },
  {
    id: "refused",
    title: "Refused with a reason",
    how: "The reason goes into the message, word for word.",
    faults: [result("refused", { message: "This device is not trusted any more." })],
  },
  {
    id: "5xx",
    title: "503 each time",
    how: "The status says pending; sent again twice, then given up.",
    faults: times(EVERY_TIME, result("http", { status: 503 })),
  },
  {
    id: "cut-before",
    title: "Cut before processing",
    how: "The connection closes unanswered, each time.",
    faults: times(EVERY_TIME, result("cut-before")),
    settings: SHORT,
  },
  {
    id: "delay",
    title: "Too late, each time",
    how: "Slower than finalizeTimeout and the recovery after it.",
    faults: times(EVERY_TIME, result("delay", { ms: TOO_LATE_MS })),
    settings: SHORT,
  },
  {
    id: "not-json",
    title: "A web page for an answer",
    how: "200 with HTML, as a hotel's network sends it.",
    faults: times(EVERY_TIME, result("not-json")),
    settings: SHORT,
  },
  {
    id: "truncated",
    title: "JSON cut in the middle",
    how: "200 with half an answer, each time.",
    faults: times(EVERY_TIME, result("truncated")),
    settings: SHORT,
  },
  {
    id: "wrong-shape",
    title: "JSON of another shape",
    how: "200 with an array, each time.",
    faults: times(EVERY_TIME, result("wrong-shape")),
    settings: SHORT,
  },
  {
    id: "redirect",
    title: "Redirected elsewhere",
    how: "307 to a host that is no part of this, each time.",
    faults: times(EVERY_TIME, result("redirect", { location: "http://localhost:9/" })),
    settings: SHORT,
  },
  {
    id: "outcome-unknown",
    title: "Accepted, and nobody says so",
    how: "The answer is lost and the status fails: the outcome stays unknown.",
    faults: [result("cut-after"), ...times(ALL_ALONG, status("http", { status: 503 }))],
    settings: SHORT,
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
    title: "You say no",
    how: "Dismiss the browser's prompt. Run all leaves this one to you.",
    byPerson: true,
    asks: true,
  },
];

const unsafeBaseUrl = {
  title: "A baseUrl that is not safe",
  how: "http://example.com: refused before anybody is asked.",
  settings: { baseUrl: "http://example.com" },
};
const forbidden = {
  title: "WebAuthn is forbidden",
  how: "Called in a frame whose permissions policy forbids it. Firefox does not let a page see that: error-0001 or error-1001 there.",
  inFrame: true,
};
const forgotten = (member) => ({
  title: `No ${member}`,
  how: "The page forgot to hand it on.",
  change: (options) => ({ ...options, [member]: undefined }),
});

/**
 * The cases in the order of the tables. `code` is expected; `ceremony` is the function that is called; `asks` says that
 * the person is asked for a passkey, and `byPerson` that only a person can do it. `faults` are asked of the cloud;
 * `alter` changes the options that the cloud made, `change` the argument of the call, `settings` its settings; `interrupt`
 * is called when the prompt opens.
 */
export const authentication = cases("authenticate", [
  ["success-authentication", { title: "Approved", how: "A passkey, and a cloud that answers.", asks: true }],
  ["success-authentication", ...asking(recovered)],
  ["error-0000", { id: "missing", ...forgotten("credentialRequestOptions") }],
  [
    "error-0000",
    {
      id: "member",
      title: "An invalid member",
      how: "The second allowed passkey's id is not base64url.",
      alter: withBadCredentialId,
    },
  ],
  ["error-0001", ...notConsented],
  ["error-0002", ...asking(notFinalized)],
  ["error-0003", forgotten("userId")],
  ["error-0004", forgotten("statusToken")],
  ["error-0005", forbidden],
  ["error-0099", unsafeBaseUrl],
]);

/** Likewise; `again` registers a user who has a passkey already. */
export const registration = cases("register", [
  ["success-registration", { title: "Registered", how: "A new passkey, and a cloud that answers.", asks: true }],
  ["success-registration", ...asking(recovered)],
  ["error-1000", { id: "missing", ...forgotten("credentialCreationOptions") }],
  [
    "error-1000",
    { id: "member", title: "An invalid member", how: "The algorithm is text, not a number.", alter: withBadAlgorithm },
  ],
  [
    "error-1001",
    ...notConsented,
    {
      id: "again",
      title: "Already registered",
      how: "The authenticator has a passkey for this user.",
      asks: true,
      again: true,
    },
  ],
  ["error-1002", ...asking(notFinalized)],
  ["error-1004", forgotten("statusToken")],
  ["error-1005", forbidden],
  ["error-1099", unsafeBaseUrl],
]);

function cases(ceremony, groups) {
  return groups.flatMap(([code, ...group]) =>
    group.map((row) => ({ ...row, ceremony, code, id: row.id ? `${code}-${row.id}` : code })),
  );
}

function asking(rows) {
  return rows.map((row) => ({ ...row, asks: true }));
}

/** Another first character: the text stays valid, and what is signed is not what the cloud asked. */
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
