// Loads the module and guards its instance: after a crash, fails the pending calls and loads a new instance.
//
// A panic or a trap leaves promises pending for ever and the instance unusable, so every export is wrapped.

import { instantiate } from "#glue";
import { assertWebAssembly } from "./compile.js";
import { CRASHED, FALLBACK_FAILED, LOAD_TIMEOUT, POLICY_ADVICE } from "./messages.js";

/** The time limit of loading, in milliseconds. */
const LIMIT = 10_000;

/**
 * What the exports of a crashed instance return: a value that the glue can destructure, whatever it expects.
 *
 * @type {never[]}
 */
const NO_RESULT = [];

/**
 * A call, notified of its result, or that no instance could be loaded, or that its instance crashed.
 *
 * @template Result
 * @typedef {object} Pending
 * @property {(result: Result) => void} resolve
 * @property {(loading: Promise<void>) => Promise<unknown>} [wait] rejects if the call is ended before that resolves
 * @property {(error: unknown) => void} fail
 * @property {(why: string) => void} crash
 */

/**
 * The state of an instance.
 *
 * @typedef {object} State
 * @property {null} __proto__
 * @property {Set<Pick<Pending<unknown>, "crash">>} calls those that are pending
 * @property {boolean} [hasCrashed]
 * @property {unknown} [error] what it crashed with
 * @property {State} [previous] of the instance that crashed before it
 */

/**
 * What `createLoader` returns. `ready` resolves when an instance is loaded, or failed to load. `setLimit` limits the time of
 * loading, from now on. `enter` runs a call on an instance: `begin` calls a function of the module, synchronously if an
 * instance is loaded.
 *
 * @template Module the functions that the instance exports
 * @typedef {{
 *   ready: () => Promise<void>,
 *   setLimit: (ms: number) => void,
 *   enter: <Result>(
 *     call: Pending<Result>,
 *     begin: (module: Module) => Result | PromiseLike<Result>,
 *   ) => Promise<void>,
 * }} Loader
 */

/**
 * @template {object} Module
 * @param {() => Promise<WebAssembly.Module>} compile
 * @param {() => Promise<typeof import("./fallback.d.ts") | void>} [loadFallback] loads js/fallback.js, if the page has it
 * @returns {Loader<Module>}
 */
export const createLoader = (compile, loadFallback = async () => {}) => {
  /** @type {Promise<WebAssembly.Module> | undefined} */
  let compiled;
  /** @type {Promise<void> | undefined} */
  let loading;
  /** @type {(Module & { state: State }) | undefined} */
  let instance;

  let limit = LIMIT;
  /** @type {(() => void) | undefined} */
  let restartLimit;

  /**
   * Crashed instances whose calls have not been failed yet: a linked list, because adding to it needs no stack, which a
   * stack overflow leaves none of.
   *
   * @type {State | undefined}
   */
  let crashed;

  /** Fails the pending calls of crashed instances. If too little stack is left for that, in a microtask. */
  const failPendingCalls = () => {
    try {
      while (crashed) {
        const state = crashed;
        for (const call of state.calls) {
          state.calls.delete(call);
          call.crash(`${CRASHED}: ${state.error}`);
        }
        // A listener may have crashed another instance, in which case the inner run has failed the calls of both.
        if (crashed === state) crashed = state.previous;
      }
    } catch {
      Promise.resolve().then(failPendingCalls);
    }
  };

  /**
   * Wraps the exports: once one of them threw, none is entered again.
   *
   * @param {object} exports
   * @param {State} state
   */
  const guard = (exports, state) => {
    /** @type {Record<string, unknown>} */
    const guarded = {};
    let depth = 0;
    for (const name in exports) {
      const entry = /** @type {Record<string, unknown>} */ (exports)[name];
      guarded[name] =
        typeof entry != "function"
          ? entry
          : (/** @type {unknown[]} */ ...values) => {
              if (state.hasCrashed) {
                // An import with `catch` caught the crash and is about to return to the instance, which must not continue.
                if (depth) throw state.error;
                return NO_RESULT;
              }
              depth++;
              try {
                return entry(...values);
              } catch (error) {
                if (!state.hasCrashed) {
                  state.hasCrashed = true;
                  state.error = error;
                  state.previous = crashed;
                  crashed = state;
                  failPendingCalls();
                }
                // The outer frames of the same instance must not continue either.
                if (depth > 1) throw error;
                return NO_RESULT;
              } finally {
                depth--;
              }
            };
    }
    return guarded;
  };

  const start = async () => {
    // Without a prototype: the page may have added properties to Object.prototype.
    /** @type {State} */
    const state = { __proto__: null, calls: new Set() };
    /** @param {object} exports */
    const guarded = (exports) => guard(exports, state);
    /** @type {Module} */
    let module;
    try {
      compiled ||= compile();
      module = await instantiate(await compiled, guarded);
    } catch (error) {
      // An entry throws a string if its .wasm file could not be fetched: then WebAssembly itself is not forbidden.
      if (typeof error == "string") throw error;
      let refusal = `${error}`;
      try {
        assertWebAssembly();
      } catch {
        refusal += POLICY_ADVICE;
      }
      const fallback = await loadFallback().catch((reason) => {
        refusal += FALLBACK_FAILED + reason;
      });
      if (!fallback) throw refusal;
      module = /** @type {Module} */ (await fallback.instantiate(guarded));
    }
    if (state.hasCrashed) throw state.error;
    // One that arrives after its time limit may find that another has been loaded.
    if (!hasInstance()) instance = { ...module, state };
  };

  const hasInstance = () => instance && !instance.state.hasCrashed;

  /** Starts an instance, or rejects when the time limit is over. */
  const startInTime = () =>
    new Promise((/** @type {(value: void) => void} */ resolve, reject) => {
      /** @type {ReturnType<typeof setTimeout> | undefined} */
      let timer;
      const stop = () => {
        clearTimeout(timer);
        restartLimit = undefined;
      };
      restartLimit = () => {
        clearTimeout(timer);
        timer = setTimeout(() => {
          stop();
          reject(LOAD_TIMEOUT);
        }, limit);
      };
      restartLimit();
      start().then(resolve, reject).finally(stop);
    });

  const ready = () => {
    if (instance?.state.hasCrashed) instance = loading = undefined;
    return (loading ||= (instance ? Promise.resolve() : startInTime()).catch((error) => {
      loading = compiled = undefined;
      throw error;
    }));
  };

  /**
   * Runs a call on an instance.
   *
   * @template Result
   * @param {Pending<Result>} call
   * @param {(module: Module) => Result | PromiseLike<Result>} begin
   */
  const runOnInstance = async (call, begin) => {
    // Another call that waited for the same instance may have crashed it in the meantime.
    while (!instance || instance.state.hasCrashed)
      try {
        const loading = ready();
        await (call.wait ? call.wait(loading) : loading);
      } catch (error) {
        if (!hasInstance()) return call.fail(error);
      }
    const { calls } = instance.state;
    calls.add(call);
    /** @type {Result} */
    let result;
    try {
      result = await begin(instance);
    } catch (error) {
      // Either a stack overflow that left no stack to fail the calls: it has unwound by now. Or a crash in a call that the
      // page made in a callback of another call.
      failPendingCalls();
      if (calls.delete(call)) call.crash(`${CRASHED}: ${error}`);
      return;
    }
    // A crashed instance returned the sentinel; its calls were already failed.
    if (result !== NO_RESULT && calls.delete(call)) call.resolve(result);
  };

  /**
   * @template Result
   * @param {Pending<Result>} call
   * @param {(module: Module) => Result | PromiseLike<Result>} begin
   */
  const enter = (call, begin) =>
    runOnInstance(call, begin).catch((error) => {
      // A stack overflow while failing the calls, which has unwound by now. Or `resolve` threw.
      failPendingCalls();
      call.crash(`${CRASHED}: ${error}`);
    });

  return {
    ready: () =>
      ready().then(
        () => {},
        () => {},
      ),
    setLimit(ms) {
      limit = ms;
      restartLimit?.();
    },
    enter,
  };
};
