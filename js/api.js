// The functions of the package: they pass calls to the module, and resolve to a failure outside a browser.

import { failure } from "./failure.js";
import { cancel as cancelPrompt, parseBaseUrl } from "./host.js";
import { createLoader } from "./loader.js";
import { A_BASE_URL, A_FUNCTION, NO_BROWSER, NOT_SUPPORTED } from "./messages.js";
import { NullRecord } from "./null-record.js";
import { createRun } from "./run.js";

const isBrowser = typeof document == "object";

/** @typedef {import("./index.d.ts").Defaults} Defaults */
/** @typedef {import("./index.d.ts").AuthenticationResult} AuthenticationResult */
/** @typedef {import("./index.d.ts").RegistrationResult} RegistrationResult */

/**
 * Settings, to read and set by any name.
 *
 * @typedef {Record<string, unknown>} Properties
 */

/**
 * @param {() => Promise<WebAssembly.Module>} compile returns the module; called at once in a browser
 * @param {Defaults["fallback"]} [fallback] loads js/fallback.js, unless the page configures another function
 * @returns {typeof import("./index.d.ts")}
 */
export const createApi = (compile, fallback) => {
  /** @type {Defaults & Properties} */
  const defaults = new NullRecord();
  defaults.fallback = fallback;
  // The fallback has a host.js of its own, and so its own open prompt.
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
   * Ignores properties that are `undefined`.
   *
   * @param {Properties} target
   * @param {Properties} settings
   */
  const assign = (target, settings) => {
    // Own properties only: what was added to Object.prototype is no setting.
    for (const [name, value] of Object.entries(settings ?? {})) if (value !== undefined) target[name] = value;
    return target;
  };

  /**
   * The defaults, overridden by the settings of the call. Unreadable settings become an invalid value, which Rust reports
   * in its order of checks.
   *
   * @param {unknown} settings
   */
  const settingsOf = (settings) => {
    if (settings != null && typeof settings != "object") return "not an object";
    try {
      return assign(Object.assign(new NullRecord(), defaults), /** @type {Properties} */ (settings));
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
      : Promise.resolve(failure(register, NOT_SUPPORTED, NO_BROWSER));

  /** @type {typeof import("./index.d.ts").authenticate} */
  const authenticate = (options, settings) =>
    /** @type {Promise<AuthenticationResult>} */ (call(false, options, settings));

  /** @type {typeof import("./index.d.ts").register} */
  const register = (options, settings) => /** @type {Promise<RegistrationResult>} */ (call(true, options, settings));

  const cancel = () => endPrompt?.();

  /** @type {typeof import("./index.d.ts").configure} */
  const configure = (settings) => {
    // Even if invalid, so that later calls fail instead of falling back to the page's own origin.
    assign(defaults, /** @type {Defaults & Properties} */ (settings));
    // If WebAssembly was refused already, loads the fallback before the user clicks.
    ready();
    if (settings?.fallback != null && typeof settings.fallback != "function")
      throw new TypeError(`settings.fallback${A_FUNCTION}`);
    const base = settings?.baseUrl;
    if (base != null && (typeof base != "string" || !parseBaseUrl(base)))
      throw new TypeError(`settings.baseUrl${A_BASE_URL}`);
  };

  const ready = () => (isBrowser ? loader.ready() : Promise.resolve());

  const support = async () => {
    const isTrue = async (/** @type {() => unknown} */ detect) => {
      try {
        return !!(await detect());
      } catch {
        return false;
      }
    };
    const webauthn = await isTrue(() => typeof PublicKeyCredential == "function" && navigator.credentials);
    return {
      webauthn,
      platformAuthenticator:
        webauthn && (await isTrue(() => PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable())),
      autofill: webauthn && (await isTrue(() => PublicKeyCredential.isConditionalMediationAvailable())),
    };
  };

  if (isBrowser) loader.ready();

  return { authenticate, register, cancel, configure, ready, support };
};
