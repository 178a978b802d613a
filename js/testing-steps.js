// What the fakes of `webauthn-result/testing` share: lists of steps, and what they put in place of a page's own.

/**
 * The steps, one for each call. The last stands for all later calls.
 *
 * @template Step
 * @param {Step | readonly Step[]} steps
 * @param {Step} usual where the list is empty
 * @returns {() => Step}
 */
export const createSequence = (steps, usual) => {
  const list = /** @type {readonly Step[]} */ (Array.isArray(steps) ? steps : [steps]);
  let at = 0;
  return () => list[Math.min(at++, list.length - 1)] ?? usual;
};

/**
 * Replaces properties, and returns the function that restores them.
 */
export const createReplacements = () => {
  /** @type {(() => void)[]} */
  const undo = [];
  return {
    /**
     * @param {object} target
     * @param {PropertyKey} name
     * @param {unknown} value
     */
    replace(target, name, value) {
      const own = Object.getOwnPropertyDescriptor(target, name);
      Object.defineProperty(target, name, { value, configurable: true, enumerable: true, writable: true });
      undo.push(() => {
        if (own) Object.defineProperty(target, name, own);
        else Reflect.deleteProperty(target, name);
      });
    },
    /** Later replacements first: two may be of one property. */
    restore() {
      for (const restore of undo.splice(0).reverse()) restore();
    },
  };
};

/**
 * Makes `using` call `restore`, where the platform has it.
 *
 * @template {{ restore: () => void }} Fake
 * @param {Fake} fake
 * @returns {Fake}
 */
export const disposable = (fake) => {
  const name = /** @type {{ dispose?: symbol }} */ (/** @type {unknown} */ (Symbol)).dispose;
  if (name) Object.defineProperty(fake, name, { value: () => fake.restore() });
  return fake;
};

/**
 * What an aborted signal rejects with.
 *
 * @param {AbortSignal} signal
 * @returns {unknown}
 */
export const reasonOf = (signal) => signal.reason ?? new DOMException("The operation was aborted.", "AbortError");
