// Holds the instance of the module: loads it, answers in its place when it crashes, and loads a fresh one.
//
// A panic or a trap leaves promises pending for ever and the instance unusable. So every way into it is guarded.

import { instantiate } from "#glue";

const ADVICE = " (a Content-Security-Policy needs script-src 'wasm-unsafe-eval')";

/** What a dead instance answers: what the JavaScript around it can take apart, whatever it expects. */
const NOTHING = [];

/**
 * @param {() => Promise<WebAssembly.Module>} compile
 * @param {(reason: string) => void} [onCrash] ends what a crash leaves open
 * @param {() => Promise<object | undefined>} [loadFallback] loads js/fallback.js, if the page has it
 */
export const createLoader = (compile, onCrash = () => {}, loadFallback = async () => {}) => {
  let compiled, loading, instance;

  /** Exports that, once one of them threw, are never entered again. */
  const guard = (exports, die) => {
    const guarded = {};
    let dead;
    let depth = 0;
    for (const name in exports) {
      const entry = exports[name];
      guarded[name] =
        typeof entry != "function"
          ? entry
          : (...values) => {
              if (dead) return NOTHING;
              depth++;
              try {
                return entry(...values);
              } catch (error) {
                if (!dead) {
                  dead = true;
                  die(error);
                }
                // What is under way further out must not go on.
                if (depth > 1) throw error;
                return NOTHING;
              } finally {
                depth--;
              }
            };
    }
    return guarded;
  };

  const start = async () => {
    const calls = new Set();
    const die = (error) => {
      loading = instance = undefined;
      onCrash("The module crashed.");
      for (const call of calls) call.crash(`The module crashed: ${error}`);
    };
    const guarded = (exports) => guard(exports, die);
    try {
      compiled ||= compile();
      const module = await compiled;
      instance = await instantiate(module, guarded);
    } catch (error) {
      // An entry says by a text that its file did not arrive: then it isn't WebAssembly that is refused.
      if (typeof error == "string") throw error;
      let refusal = error + ADVICE;
      const fallback = await loadFallback().catch((reason) => {
        refusal += `; its fallback: ${reason}`;
      });
      if (!fallback) throw refusal;
      instance = await fallback.instantiate(guarded);
    }
    instance.calls = calls;
    return instance;
  };

  const ready = () =>
    (loading ||= start().catch((error) => {
      loading = compiled = undefined;
      throw error;
    }));

  /**
   * Has an instance answer a call.
   *
   * @param {{ resolve: (result) => void, fail: (why: string) => void, crash: (why: string) => void }} call told of the
   *   result, or that no instance could be loaded, or that its instance crashed
   * @param {(module) => unknown} begin calls a function of the module; at once, if an instance is there
   */
  const enter = async (call, begin) => {
    let current = instance;
    if (!current)
      try {
        current = await ready();
      } catch (error) {
        return call.fail(`The module could not be loaded: ${error}`);
      }
    current.calls.add(call);
    try {
      const result = await begin(current);
      // Nothing comes from an instance that crashed; it was answered for.
      if (result !== NOTHING) call.resolve(result);
    } catch (error) {
      // A crash in a call that the page made from within another one, from a function that the module told it by.
      call.crash(`The module crashed: ${error}`);
    }
    current.calls.delete(call);
  };

  return {
    ready: () =>
      ready().then(
        () => {},
        () => {},
      ),
    enter,
  };
};
