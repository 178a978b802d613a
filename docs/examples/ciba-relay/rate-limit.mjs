// Limits how often something may happen for each key, e.g. for each email.

import { isIPv6 } from "node:net";

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

/** The key for an IP address. Of IPv6, it is the first 64 bits: whoever has one of these addresses has all of them. */
export function networkOf(address) {
  const embedded = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (embedded || !isIPv6(address)) return embedded ?? address;
  // `URL` writes an address in one way only.
  const { hostname } = new URL(`http://[${address.split("%", 1)[0]}]`);
  const [left, right] = hostname
    .slice(1, -1)
    .split("::")
    .map((part) => (part === "" ? [] : part.split(":")));
  return [...left, ...Array(8 - left.length - (right?.length ?? 0)).fill("0"), ...(right ?? [])].slice(0, 4).join(":");
}
