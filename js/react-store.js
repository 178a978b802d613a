// A store of js/bindings.js as a hook.

import { useEffect, useInsertionEffect, useState, useSyncExternalStore } from "react";

import { createBinding } from "./bindings.js";
import { causeOf } from "./cause.js";

/**
 * @param {(latest: () => readonly any[]) => Parameters<typeof createBinding>[0]} perform
 * @param {readonly any[]} values what the component passes, of which `run` uses the latest
 * @returns {any}
 */
export const useBinding = (perform, values) => {
  const [binding] = useState(() => {
    const latest = { values };
    return {
      latest,
      ...createBinding(
        perform(() => latest.values),
        causeOf,
      ),
    };
  });
  const { latest, cancel, setGone, get, subscribe } = binding;
  // Not while it renders, because React may drop that; before any other effect, which may call `run`.
  useInsertionEffect(() => {
    latest.values = values;
  });
  // StrictMode repeats the other effects and not this one, so a child's effect that it repeats may call `run`, too. What ends a run
  // changes states, which this effect must not.
  useInsertionEffect(() => {
    setGone(false);
    return () => setGone(true);
  }, [setGone]);
  // StrictMode mounts twice, and then this ends nothing but what an effect has begun, and begins again.
  useEffect(() => cancel, [cancel]);
  return useSyncExternalStore(subscribe, get, get);
};
