// A map that forgets: entries expire, and there are never too many.

/**
 * In memory, so it is of one process and empty after a restart. A backend that runs in several processes needs a shared store.
 *
 * @template V
 */
export class ExpiringMap {
  /** In the order in which they expire. @type {Map<string, { value: V, until: number }>} */
  #entries = new Map();
  #lifetimeMs;
  #maxSize;
  #now;

  /**
   * @param {{ lifetimeSeconds: number, maxSize?: number, now?: () => number }} options beyond `maxSize`, the oldest entry is
   *   forgotten. `now` returns milliseconds, and never goes back.
   */
  constructor({ lifetimeSeconds, maxSize = 100_000, now = () => performance.now() }) {
    this.#lifetimeMs = lifetimeSeconds * 1000;
    this.#maxSize = maxSize;
    this.#now = now;
  }

  get size() {
    return this.#entries.size;
  }

  /** @returns {V | undefined} */
  get(key) {
    const entry = this.#entries.get(key);
    return entry && this.#now() < entry.until ? entry.value : undefined;
  }

  set(key, value) {
    const time = this.#now();
    this.#entries.delete(key);
    this.#entries.set(key, { value, until: time + this.#lifetimeMs });
    for (const [oldest, { until }] of this.#entries) {
      if (this.#entries.size <= this.#maxSize && time < until) break;
      this.#entries.delete(oldest);
    }
  }

  delete(key) {
    this.#entries.delete(key);
  }
}
