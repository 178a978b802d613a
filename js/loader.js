// Holds the instance of the module: loads it, answers in its place when it crashes, and loads a fresh one.
//
// A panic or a trap leaves promises pending for ever and the instance unusable. So every way into it is guarded.

import { instantiate } from "#glue";
import { failure } from "./failure.js";
import { cancel as cancelPrompt } from "./host.js";

const UNKNOWN = " (the outcome is unknown: let the backend ask the status endpoint before the person is asked again)";

const ADVICE = " (a Content-Security-Policy needs script-src 'wasm-unsafe-eval')";

/**
 * @param {() => Promise<WebAssembly.Module>} compile
 * @param {() => (() => Promise<object>) | undefined} getFallback what loads js/fallback.js, if the page has it
 */
export const createLoader = (compile, getFallback) => {
  let compiled, loading, instance;
  let cancel = cancelPrompt;

  /** Exports that, once one of them threw, are never entered again. */
  const guard = (exports, onCrash) => {
    const guarded = {};
    let dead;
    let depth = 0;
    for (const name in exports) {
      const entry = exports[name];
      guarded[name] =
        typeof entry != "function"
          ? entry
          : (...values) => {
              // What the JavaScript around it can take apart, whatever it expects.
              if (dead) return [];
              depth++;
              try {
                return entry(...values);
              } catch (error) {
                if (depth > 1) throw error;
                dead = true;
                onCrash(error);
                return [];
              } finally {
                depth--;
              }
            };
    }
    return guarded;
  };

  const start = async () => {
    const calls = new Set();
    const onCrash = (error) => {
      loading = instance = undefined;
      cancel("The module crashed.");
      for (const call of calls) rescue(call, error);
    };
    const guarded = (exports) => guard(exports, onCrash);
    try {
      compiled ||= compile();
      const module = await compiled;
      instance = await instantiate(module, guarded);
    } catch (error) {
      // An entry says by a text that its file did not arrive: then it isn't WebAssembly that is refused.
      if (typeof error == "string") throw error;
      const load = getFallback();
      if (!load) throw error + ADVICE;
      try {
        const fallback = await load();
        instance = await fallback.instantiate(guarded);
        cancel = fallback.cancel;
      } catch (reason) {
        throw `${error}${ADVICE}; its fallback: ${reason}`;
      }
    }
    instance.calls = calls;
    return instance;
  };

  const ready = () =>
    (loading ||= start().catch((error) => {
      loading = compiled = undefined;
      throw error;
    }));

  /** Answers a call that no instance will answer; one that was rescued already says what the crash left open. */
  const fail = (call, message) => call.resolve(call.lost ?? failure(call.register, 99, message));

  /** After consent the cloud may have accepted, so a fresh instance asks it. */
  const rescue = (call, error) => {
    const reason = `The module crashed: ${error}`;
    if (!call.consented) return fail(call, `${reason} (call again)`);
    const retry = { ...call, consented: false, lost: failure(call.register, 99, reason + UNKNOWN) };
    enter(retry, (module) => module.recover(call.register, call.options, call.settings));
  };

  const enter = async (call, begin) => {
    let current = instance;
    if (!current)
      try {
        current = await ready();
      } catch (error) {
        return fail(call, `The module could not be loaded: ${error}`);
      }
    current.calls.add(call);
    const result = await begin(current);
    current.calls.delete(call);
    // Nothing comes from an instance that crashed; it was answered for.
    if (result.code) call.resolve(result);
  };

  const run = (register, options, settings) =>
    new Promise((resolve) => {
      const call = { register, options, settings, resolve };
      // What is no function, Rust refuses by its documented code.
      const report = settings.onProgress ?? (() => {});
      if (typeof report == "function")
        settings.onProgress = (stage) => {
          call.consented = stage != "prompting";
          report(stage);
        };
      enter(call, (module) => (register ? module.register(options, settings) : module.authenticate(options, settings)));
    });

  return {
    ready: () =>
      ready().then(
        () => {},
        () => {},
      ),
    run,
    cancel: () => cancel(),
  };
};
