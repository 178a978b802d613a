// A store of js/bindings.js as refs.

import { computed, onScopeDispose, shallowRef } from "vue";

import { createBinding } from "./bindings.js";
import { causeOf } from "./cause.js";

/**
 * @param {Parameters<typeof createBinding>[0]} perform
 * @returns {any}
 */
export const useBinding = (perform) => {
  const { run, cancel, setGone, get, subscribe } = createBinding(perform, causeOf);
  const snapshot = shallowRef(get());
  subscribe(() => {
    snapshot.value = get();
  });
  onScopeDispose(() => {
    setGone(true);
    cancel();
  });
  const refs = Object.keys(get()).map((name) => [name, computed(() => snapshot.value[/** @type {"state"} */ (name)])]);
  return { ...Object.fromEntries(refs), run, cancel };
};
