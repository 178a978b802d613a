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

/**
 * Until the page is reloaded: storage can be forbidden.
 *
 * @type {Unfinished | undefined}
 */
let current;

/** Remembers it, or forgets it if there is none. */
export function rememberUnfinished(/** @type {Unfinished | undefined} */ unfinished) {
  current = unfinished;
  try {
    if (unfinished) sessionStorage.setItem(KEY, JSON.stringify(unfinished));
    else sessionStorage.removeItem(KEY);
  } catch {
    // `current` has it.
  }
}

/** @returns {Unfinished | undefined} */
export function recallUnfinished() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY)) ?? undefined;
  } catch {
    return current;
  }
}
