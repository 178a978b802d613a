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

  // Those that crashed and are still to be answered for: a list, since even that takes no stack.
  let dead;

  /** Answers the calls of the instances that crashed. Where no stack is left for that, later. */
  const bury = () => {
    try {
      while (dead) {
        const life = dead;
        if (!life.isTold) onCrash("The module crashed.");
        life.isTold = true;
        for (const call of life.calls) {
          life.calls.delete(call);
          call.crash(`The module crashed: ${life.error}`);
        }
        // What was told may have crashed another one, which then has answered for both.
        if (dead === life) dead = life.before;
      }
    } catch {
      Promise.resolve().then(bury);
    }
  };

  /** Exports that, once one of them threw, are never entered again. */
  const guard = (exports, life) => {
    const guarded = {};
    let depth = 0;
    for (const name in exports) {
      const entry = exports[name];
      guarded[name] =
        typeof entry != "function"
          ? entry
          : (...values) => {
              if (life.isDead) return NOTHING;
              depth++;
              try {
                return entry(...values);
              } catch (error) {
                if (!life.isDead) {
                  life.isDead = true;
                  life.error = error;
                  life.before = dead;
                  dead = life;
                  bury();
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
    // Without a prototype: the page may have given members to every object.
    const life = { __proto__: null, calls: new Set() };
    const guarded = (exports) => guard(exports, life);
    let module;
    try {
      compiled ||= compile();
      module = await instantiate(await compiled, guarded);
    } catch (error) {
      // An entry says by a text that its file did not arrive: then it isn't WebAssembly that is refused.
      if (typeof error == "string") throw error;
      let refusal = error + ADVICE;
      const fallback = await loadFallback().catch((reason) => {
        refusal += `; its fallback: ${reason}`;
      });
      if (!fallback) throw refusal;
      module = await fallback.instantiate(guarded);
    }
    if (life.isDead) throw life.error;
    instance = { ...module, life };
  };

  const ready = () => {
    if (instance?.life.isDead) instance = loading = undefined;
    return (loading ||= start().catch((error) => {
      loading = compiled = undefined;
      throw error;
    }));
  };

  /**
   * Has an instance answer a call.
   *
   * @param {{ resolve: (result) => void, fail: (why: string) => void, crash: (why: string) => void }} call told of the
   *   result, or that no instance could be loaded, or that its instance crashed
   * @param {(module) => unknown} begin calls a function of the module; at once, if an instance is there
   */
  const attempt = async (call, begin) => {
    // Another call that waited for the same instance may have crashed it since.
    while (!instance || instance.life.isDead)
      try {
        await ready();
      } catch (error) {
        return call.fail(`The module could not be loaded: ${error}`);
      }
    const { calls } = instance.life;
    calls.add(call);
    let result;
    try {
      result = await begin(instance);
    } catch (error) {
      // A crash with no stack left to answer for it: now there is. Or in a call that the page made from within another
      // one, from a function that the module told it by.
      bury();
      if (calls.delete(call)) call.crash(`The module crashed: ${error}`);
      return;
    }
    // Nothing comes from an instance that crashed; it is answered for.
    if (result !== NOTHING && calls.delete(call)) call.resolve(result);
  };

  const enter = (call, begin) =>
    attempt(call, begin).catch((error) => {
      // A crash for want of stack, with none left to answer for it: now there is. Or a result that could not be told.
      bury();
      call.crash(`The module crashed: ${error}`);
    });

  return {
    ready: () =>
      ready().then(
        () => {},
        () => {},
      ),
    enter,
  };
};
