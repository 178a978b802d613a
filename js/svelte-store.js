// A store of js/bindings.js as one of Svelte, which is the same in versions 4 and 5.
//
// One and not one for each value: that of a variable `state` would be `$state`, which is a rune.

import { onDestroy } from "svelte";

import { createBinding } from "./bindings.js";
import { causeOf } from "./cause.js";

/**
 * @param {Parameters<typeof createBinding>[0]} perform
 * @returns {any}
 */
export const useBinding = (perform) => {
  const { run, cancel, setGone, get, subscribe } = createBinding(perform, causeOf);
  onDestroy(() => {
    setGone(true);
    cancel();
  });
  return {
    run,
    cancel,
    subscribe: (/** @type {(values: object) => void} */ listener) => {
      listener(get());
      return subscribe(() => listener(get()));
    },
  };
};
