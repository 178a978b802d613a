// The functions of the package: they hand calls to the module, and answer in its place where there is no browser.

import { Bare } from "./bare.js";
import { failure } from "./failure.js";
import { cancel as cancelPrompt, locate } from "./host.js";
import { createLoader } from "./loader.js";
import { createRun } from "./run.js";

const isBrowser = typeof document == "object";

/** @typedef {import("./index.d.ts").Defaults} Defaults */
/** @typedef {import("./index.d.ts").AuthenticationResult} AuthenticationResult */
/** @typedef {import("./index.d.ts").RegistrationResult} RegistrationResult */

/**
 * An object whose properties are read and set by any name.
 *
 * @typedef {Record<string, unknown>} Properties
 */

/**
 * @param {() => Promise<WebAssembly.Module>} compile where the module comes from; called when this is, in a browser
 * @param {Defaults["fallback"]} [fallback] what loads js/fallback.js, unless the page configures that
 * @returns {typeof import("./index.d.ts")}
 */
export const createApi = (compile, fallback) => {
  /** @type {Defaults & Properties} */
  const defaults = new Bare();
  defaults.fallback = fallback;
  // The fallback opens its own prompts.
  /** @type {(message?: string) => void} */
  let endPrompt = cancelPrompt;
  const loadFallback = async () => {
    const script = /** @type {typeof import("./fallback.d.ts") | undefined} */ (await defaults.fallback?.());
    if (script) endPrompt = script.cancel;
    return script;
  };
  /** @type {import("./loader.js").Loader<import("./run.js").PasskeyModule>} */
  const loader = createLoader(compile, (reason) => endPrompt?.(reason), loadFallback);
  const run = createRun(loader.enter);

  /**
   * A property that is `undefined` is one that the page did not set.
   *
   * @param {Properties} target
   * @param {Properties} settings
   */
  const assign = (target, settings) => {
    for (const name in settings) if (settings[name] !== undefined) target[name] = settings[name];
    return target;
  };

  /**
   * The call's own settings over the defaults. Unreadable settings become an invalid value, for which Rust has a
   * documented code.
   *
   * @param {unknown} settings
   */
  const settingsOf = (settings) => {
    if (settings != null && typeof settings != "object") return "no object";
    try {
      return assign(Object.assign(new Bare(), defaults), /** @type {Properties} */ (settings));
    } catch {
      return "unreadable";
    }
  };

  /**
   * @param {boolean} register
   * @param {unknown} options
   * @param {unknown} settings
   * @returns {Promise<import("./call.js").Result>}
   */
  const call = (register, options, settings) =>
    isBrowser
      ? run(register, options, settingsOf(settings))
      : Promise.resolve(failure(register, 5, "There is no browser here, only a server."));

  /** @type {typeof import("./index.d.ts").authenticate} */
  const authenticate = (options, settings) =>
    /** @type {Promise<AuthenticationResult>} */ (call(false, options, settings));

  /** @type {typeof import("./index.d.ts").register} */
  const register = (options, settings) => /** @type {Promise<RegistrationResult>} */ (call(true, options, settings));

  const cancel = () => endPrompt?.();

  /** @type {typeof import("./index.d.ts").configure} */
  const configure = (settings) => {
    // Also where it is bad: calls are refused then, instead of going to the page's own origin.
    assign(defaults, /** @type {Defaults & Properties} */ (settings));
    // Where WebAssembly was refused already, the fallback is there before the person clicks.
    ready();
    if (settings?.fallback != null && typeof settings.fallback != "function")
      throw new TypeError("settings.fallback is no function");
    const base = settings?.baseUrl;
    if (base != null && (typeof base != "string" || !locate(base)))
      throw new TypeError("settings.baseUrl is neither https nor http on a loopback host");
  };

  const ready = () => (isBrowser ? loader.ready() : Promise.resolve());

  const support = async () => {
    const is = async (/** @type {() => unknown} */ ask) => {
      try {
        return !!(await ask());
      } catch {
        return false;
      }
    };
    const webauthn = await is(() => typeof PublicKeyCredential == "function" && navigator.credentials);
    return {
      webauthn,
      platformAuthenticator:
        webauthn && (await is(() => PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable())),
      autofill: webauthn && (await is(() => PublicKeyCredential.isConditionalMediationAvailable())),
    };
  };

  if (isBrowser) loader.ready();

  return { authenticate, register, cancel, configure, ready, support };
};
