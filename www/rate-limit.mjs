// Limits how often something may happen for each key, e.g. for each email.

/** Beyond this many keys, the one that was used longest ago is forgotten. */
const MAX_KEYS = 100_000;

/**
 * Allows `limit` uses of a key in any `windowSeconds`.
 *
 * In memory, so it counts for one process and forgets on a restart. A backend that runs in several processes needs a shared
 * store.
 *
 * @param {{ limit: number, windowSeconds: number, now?: () => number }} options `now` returns milliseconds, and never goes
 *   back
 */
export function createRateLimit({ limit, windowSeconds, now = () => performance.now() }) {
  const windowMs = windowSeconds * 1000;
  /** Key to the times of its uses, in the order of the keys' last uses. */
  const uses = new Map();
  return {
    limit,
    windowSeconds,

    /** Counts a use, and returns 0; or returns the number of seconds, from 1, until the key can be used again. */
    use(key) {
      const time = now();
      const recent = (uses.get(key) ?? []).filter((used) => time - used < windowMs);
      if (recent.length >= limit) return Math.ceil((recent[0] + windowMs - time) / 1000);
      uses.delete(key);
      uses.set(key, [...recent, time]);
      for (const [oldest, times] of uses) {
        if (uses.size <= MAX_KEYS && time - times.at(-1) < windowMs) break;
        uses.delete(oldest);
      }
      return 0;
    },
  };
}
