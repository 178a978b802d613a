// Holds the instance of the module: loads it, answers in its place when it crashes, and loads a fresh one.
//
// A panic or a trap leaves promises pending for ever and the instance unusable. So every way into it is guarded.

import { instantiate } from "#glue";

const ADVICE = " (a Content-Security-Policy needs script-src 'wasm-unsafe-eval')";

/**
 * What a crashed instance returns: what the JavaScript around it can take apart, whatever it expects.
 *
 * @type {never[]}
 */
const NOTHING = [];

/**
 * A call, notified of its result, or that no instance could be loaded, or that its instance crashed.
 *
 * @template Result
 * @typedef {object} Pending
 * @property {(result: Result) => void} resolve
 * @property {(why: string) => void} fail
 * @property {(why: string) => void} crash
 */

/**
 * The state of an instance.
 *
 * @typedef {object} Life
 * @property {null} __proto__
 * @property {Set<Pick<Pending<unknown>, "crash">>} calls those that are pending
 * @property {boolean} [isDead]
 * @property {unknown} [error] what it crashed with
 * @property {Life} [before] the one that crashed before it
 * @property {boolean} [isTold]
 */

/**
 * What `createLoader` returns. `ready` resolves once an instance is loaded, or cannot be. `enter` has one run a call:
 * `begin` calls a function of the module, at once if an instance is there.
 *
 * @template Module the functions that the instance exports
 * @typedef {{
 *   ready: () => Promise<void>,
 *   enter: <Result>(
 *     call: Pending<Result>,
 *     begin: (module: Module) => Result | PromiseLike<Result>,
 *   ) => Promise<void>,
 * }} Loader
 */

/**
 * @template {object} Module
 * @param {() => Promise<WebAssembly.Module>} compile
 * @param {(reason: string) => void} [onCrash] ends what a crash leaves open
 * @param {() => Promise<typeof import("./fallback.d.ts") | void>} [loadFallback] loads js/fallback.js, if the page has it
 * @returns {Loader<Module>}
 */
export const createLoader = (compile, onCrash = () => {}, loadFallback = async () => {}) => {
  /** @type {Promise<WebAssembly.Module> | undefined} */
  let compiled;
  /** @type {Promise<void> | undefined} */
  let loading;
  /** @type {(Module & { life: Life }) | undefined} */
  let instance;

  /**
   * Those that crashed and whose calls are still to be settled: a linked list, since even that takes no stack.
   *
   * @type {Life | undefined}
   */
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

  /**
   * Exports that, once one of them threw, are never entered again.
   *
   * @param {object} exports
   * @param {Life} life
   */
  const guard = (exports, life) => {
    /** @type {Record<string, unknown>} */
    const guarded = {};
    let depth = 0;
    for (const name in exports) {
      const entry = /** @type {Record<string, unknown>} */ (exports)[name];
      guarded[name] =
        typeof entry != "function"
          ? entry
          : (/** @type {unknown[]} */ ...values) => {
              if (life.isDead) {
                // An import that catches has caught the crash, and is about to tell the instance: it must not go on.
                if (depth) throw life.error;
                return NOTHING;
              }
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
    /** @type {Life} */
    const life = { __proto__: null, calls: new Set() };
    /** @param {object} exports */
    const guarded = (exports) => guard(exports, life);
    /** @type {Module} */
    let module;
    try {
      compiled ||= compile();
      module = await instantiate(await compiled, guarded);
    } catch (error) {
      // An entry says by a text that its file did not arrive: then it isn't WebAssembly that is refused.
      if (typeof error == "string") throw error;
      let refusal = /** @type {object} */ (error) + ADVICE;
      const fallback = await loadFallback().catch((reason) => {
        refusal += `; its fallback: ${reason}`;
      });
      if (!fallback) throw refusal;
      module = /** @type {Module} */ (await fallback.instantiate(guarded));
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
   * Has an instance run a call.
   *
   * @template Result
   * @param {Pending<Result>} call
   * @param {(module: Module) => Result | PromiseLike<Result>} begin
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
    /** @type {Result} */
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

  /**
   * @template Result
   * @param {Pending<Result>} call
   * @param {(module: Module) => Result | PromiseLike<Result>} begin
   */
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
