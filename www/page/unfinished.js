// Remembers the transaction whose outcome the page does not know yet, also across a reload, but in no other tab: its status token
// is a secret.

const KEY = "unfinished";

/**
 * @typedef {object} Unfinished
 * @property {string} source which control started it
 * @property {string} [name] of the user, if the page knows it
 * @property {"authentication" | "registration"} ceremony
 * @property {{ statusToken: string, userId?: string }} transaction
 */

/** Remembers it, or forgets it if there is none. */
export function rememberUnfinished(/** @type {Unfinished | undefined} */ unfinished) {
  try {
    if (unfinished) sessionStorage.setItem(KEY, JSON.stringify(unfinished));
    else sessionStorage.removeItem(KEY);
  } catch {
    // Storage can be forbidden; the page works without it.
  }
}

/** @returns {Unfinished | undefined} */
export function recallUnfinished() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY)) ?? undefined;
  } catch {
    return undefined;
  }
}
