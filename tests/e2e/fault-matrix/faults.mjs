// Every fault of a finalization: what injects it, what its response means as documented, and whether the cloud has accepted
// the assertion.

import { result } from "../support/faults.mjs";

const UNPROCESSED = { accepted: false };
const PROCESSED = { accepted: true };

/** 4xx is a rejection unless it says nothing of the request; 5xx is unknown. */
const meaningOf = (status) => (status < 500 && ![408, 425, 429].includes(status) ? "refused" : "unknown");

/** Whether the cloud may have accepted: a gateway may send it, or it is the response to a second copy. */
const canFollowAcceptance = (status) => [409, 425, 429].includes(status) || status >= 500;

// Not 408, after which Chromium sends a request again by itself: the page sees the response to the copy.
const STATUSES = [400, 401, 403, 404, 405, 409, 415, 422, 425, 429, 500, 502, 503, 504];

/** Gateways respond with a page, the cloud with its documented error body. */
const bodyOf = (status) =>
  [502, 504].includes(status) ? { body: "<!doctype html><h1>Bad gateway</h1>", type: "text/html" } : {};

const http = STATUSES.flatMap((status) => {
  const family = status < 500 ? "HTTP 4xx" : "HTTP 5xx";
  const of = (processed) => ({
    cloud: () => result("http", { status, processed, ...bodyOf(status) }),
    family,
    answer: meaningOf(status),
  });
  const faults = [{ ...of(false), name: `HTTP ${status}`, ...UNPROCESSED }];
  if (canFollowAcceptance(status)) faults.push({ ...of(true), name: `HTTP ${status} although accepted`, ...PROCESSED });
  return faults;
});

const unusable = [
  ["truncated JSON", "truncated"],
  ["JSON of another shape", "wrong-shape"],
  ["a web page", "not-json"],
].flatMap(([name, kind]) => {
  const of = (processed) => ({
    cloud: () => result(kind, { processed }),
    family: "200 with an unusable response",
    answer: "unknown",
  });
  return [
    { ...of(false), name, ...UNPROCESSED },
    { ...of(true), name: `${name} although accepted`, ...PROCESSED },
  ];
});

/**
 * Each fault:
 *
 * - `answer`: what the response means as documented: `"accepted"`, `"refused"` or `"unknown"`;
 * - `accepted`: whether the cloud accepts the assertion, immediately or later;
 * - `cloud`: returns the fault of the local cloud, for `{ finalizeTimeout }`;
 * - `line`: what happens between the page and the cloud, see line.mjs;
 * - `late`: the response comes after `finalizeTimeout`;
 * - `absent`: the page is away for longer than `finalizeTimeout`.
 */
export const FAULTS = [
  {
    name: "an answer that is slow, and in time",
    family: "delay",
    cloud: () => result("delay", { ms: 150 }),
    answer: "accepted",
    ...PROCESSED,
  },
  {
    name: "an answer after the timeout",
    family: "delay",
    cloud: ({ finalizeTimeout }) => result("delay", { ms: finalizeTimeout + 600 }),
    answer: "unknown",
    late: true,
    ...PROCESSED,
  },
  {
    name: "a connection cut before processing",
    family: "lost connection",
    cloud: () => result("cut-before"),
    answer: "unknown",
    ...UNPROCESSED,
  },
  {
    name: "a connection cut after processing",
    family: "lost connection",
    cloud: () => result("cut-after"),
    answer: "unknown",
    ...PROCESSED,
  },
  {
    name: "a connection closed in the middle of the body",
    family: "lost connection",
    cloud: () => result("cut-body"),
    answer: "unknown",
    ...PROCESSED,
  },
  {
    name: "a connection reset in the middle of the body",
    family: "lost connection",
    line: "reset",
    answer: "unknown",
    ...PROCESSED,
  },
  ...unusable,
  {
    name: "the cloud's refusal",
    family: "rejection",
    cloud: () => result("refused", { message: "Not this device." }),
    answer: "refused",
    ...UNPROCESSED,
  },
  {
    name: "the refusal of a second copy, the first of which was accepted",
    family: "rejection",
    line: "copy",
    answer: "refused",
    ...PROCESSED,
  },
  ...http,
  {
    name: "a redirect to another host",
    family: "redirect",
    cloud: ({ elsewhere }) => result("redirect", { location: elsewhere }),
    answer: "unknown",
    ...UNPROCESSED,
  },
  { name: "connection refused", family: "unreachable", line: "closed", answer: "unknown", ...UNPROCESSED },
  {
    name: "a name that does not resolve",
    family: "unreachable",
    line: "unresolved",
    answer: "unknown",
    ...UNPROCESSED,
  },
  { name: "a page that is offline", family: "unreachable", line: "offline", answer: "unknown", ...UNPROCESSED },
  {
    name: "a page left, and back from the cache in time",
    family: "page left and restored",
    line: "leave",
    // Enough time to leave before the response.
    cloud: () => result("delay", { ms: 1500 }),
    answer: "accepted",
    ...PROCESSED,
  },
  {
    name: "a page left, and back from the cache after the timeout",
    family: "page left and restored",
    line: "leave",
    // Still pending when the page is back, so that the timeout ends the attempt.
    cloud: ({ finalizeTimeout }) => result("delay", { ms: finalizeTimeout + 2500 }),
    answer: "unknown",
    late: true,
    absent: true,
    ...PROCESSED,
  },
];
