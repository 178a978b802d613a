// The pushes that wait for an answer: who may poll each of them, and how often.

import { createRateLimit } from "./rate-limit.mjs";

/** Beyond this many, the one that was started longest ago is forgotten. */
const MAX_REQUESTS = 100_000;
const DEFAULT_SECONDS = 300;
const MAX_SECONDS = 3600;
const DEFAULT_INTERVAL_SECONDS = 5;
/** Twice as often as the page, which polls once in each interval. */
const POLLS = { limit: 10, intervals: 5 };
/** A page polls until the provider itself says that the request has expired. */
const GRACE_SECONDS = 30;

/**
 * In memory, so a backend that runs in several processes needs a shared store, or sends each session to the same process.
 *
 * @param {{ now?: () => number }} [options] `now` returns milliseconds, and never goes back
 */
export function createPendingRequests({ now = () => performance.now() } = {}) {
  const requests = new Map();
  return {
    /**
     * Remembers a push by its `auth_req_id`, for as long as it lives.
     *
     * @param {{ auth_req_id: unknown, expires_in?: unknown, interval?: unknown }} body of the initiation's response
     * @param {{ session: string, email: string }} owner
     */
    add({ auth_req_id, expires_in, interval }, { session, email }) {
      const time = now();
      const seconds = Math.min(positive(expires_in) ?? DEFAULT_SECONDS, MAX_SECONDS) + GRACE_SECONDS;
      const windowSeconds = POLLS.intervals * (positive(interval) ?? DEFAULT_INTERVAL_SECONDS);
      const polls = createRateLimit({ limit: POLLS.limit, windowSeconds, now });
      requests.set(String(auth_req_id), { session, email, polls, expiresAt: time + seconds * 1000 });
      for (const [oldest, { expiresAt }] of requests) {
        if (requests.size <= MAX_REQUESTS && time < expiresAt) break;
        requests.delete(oldest);
      }
    },

    /** The push with this `auth_req_id`, if this session started it and it still lives: `{ email, polls }`. */
    find(authReqId, session) {
      const found = requests.get(authReqId);
      return found && found.session === session && now() < found.expiresAt ? found : undefined;
    },

    /** Forgets a push that has been decided. */
    delete(authReqId) {
      requests.delete(authReqId);
    },
  };
}

/** A number, or a text of one, that is above 0. */
function positive(value) {
  const number = typeof value === "string" ? Number(value) : value;
  return Number.isFinite(number) && number > 0 ? number : undefined;
}
