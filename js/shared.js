// What the copies of this package in a page share, of whatever version. A page can have several: bundles of different teams,
// two entries, a module that was replaced while the page runs. Nothing in it is trusted.

/**
 * @typedef {object} Shared
 * @property {null} __proto__
 * @property {{ end: (reason: string, isSuperseded?: boolean) => void } | null} prompt the one that is open
 * @property {WeakMap<object, unknown>} causes of results, by result: their names
 * @property {(cause?: string) => void} [autofill] told each cause of a result; without one, another autofill takes its place
 */

/** Not a constant: a page that has replaced it could not load the package. */
export const sharedName = () => Symbol.for("webauthn-result.v1");

/** Throws, or returns anything, where the page has put something else in its place. */
export const getShared = () => {
  const name = sharedName();
  const global = /** @type {{ [name]?: Shared }} */ (/** @type {unknown} */ (globalThis));
  return (global[name] ??= { __proto__: null, prompt: null, causes: new WeakMap() });
};

/**
 * Keeps the cause of a result beside it.
 *
 * @template {object} Result
 * @param {Result} result
 * @param {string} cause
 */
export const withCause = (result, cause) => {
  try {
    const shared = getShared();
    shared.causes.set(result, cause);
    shared.autofill?.(cause);
  } catch {}
  return result;
};
