// The functions of the package: they pass calls to the module, and resolve to a failure outside a browser.

import { parseBaseUrl } from "./base-url.js";
import { createCall } from "./call.js";
import { askCapabilities } from "./capabilities.js";
import { failure } from "./failure.js";
import { cancel as cancelPrompt, createQuestion } from "./host.js";
import { createLoader } from "./loader.js";
import { A_BASE_URL, A_FUNCTION, IN_WORKER, NO_BROWSER, NOT_SUPPORTED, TIMEOUT, UNKNOWN_ERROR } from "./messages.js";
import { NullRecord } from "./null-record.js";
import { createRun } from "./run.js";

const isPage = typeof document == "object";

/** @typedef {import("./index.d.ts").Defaults} Defaults */
/** @typedef {import("./index.d.ts").AuthenticationResult} AuthenticationResult */
/** @typedef {import("./index.d.ts").RegistrationResult} RegistrationResult */

/**
 * Settings, to read and set by any name.
 *
 * @typedef {Record<string, unknown>} Properties
 */

/**
 * @param {() => Promise<WebAssembly.Module>} compile returns the module; called at once in a page
 * @param {Defaults["fallback"]} [fallback] loads js/fallback.js, unless the page configures another function
 * @param {string} [mistake] why a call without a `baseUrl` fails
 * @returns {typeof import("./index.d.ts")}
 */
export const createApi = (compile, fallback, mistake) => {
  /** @type {Defaults & Properties} */
  const defaults = new NullRecord();
  defaults.fallback = fallback;
  const loadFallback = async () =>
    /** @type {typeof import("./fallback.d.ts") | undefined} */ (await defaults.fallback?.());
  /** @type {import("./loader.js").Loader<import("./run.js").PasskeyModule>} */
  const loader = createLoader(compile, loadFallback);
  const run = createRun(loader.enter);

  /**
   * Ignores properties that are `undefined`.
   *
   * @param {Properties} target
   * @param {Properties} settings
   */
  const assign = (target, settings) => {
    // Own properties only: what was added to Object.prototype is no setting.
    const own = typeof settings == "object" && settings ? Object.entries(settings) : [];
    for (const [name, value] of own) if (value !== undefined) target[name] = value;
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
   * @param {"authenticate" | "register" | "outcome"} name
   * @param {boolean} register
   * @param {unknown} options
   * @param {unknown} settings
   * @returns {Promise<import("./call.js").Result>}
   */
  const start = (name, register, options, settings) => {
    const all = settingsOf(settings);
    // Invalid settings do not hide the end of the call from the page's defaults.
    const listeners = typeof all == "string" ? defaults : all;
    if (isPage && (!mistake || /** @type {Properties} */ (all).baseUrl != null))
      return run(name, register, options, all, listeners);
    const call = createCall(name, register, listeners);
    const why = typeof WorkerGlobalScope == "function" ? IN_WORKER : NO_BROWSER;
    const cause = isPage ? "invalidSettings" : "noWebAuthn";
    const [codes, message] = isPage ? [UNKNOWN_ERROR, `${mistake}`] : [NOT_SUPPORTED, why];
    call.end(failure(register, codes, message, cause), cause);
    return call.promise;
  };

  /** @type {typeof import("./index.d.ts").authenticate} */
  const authenticate = (options, settings) =>
    /** @type {Promise<AuthenticationResult>} */ (start("authenticate", false, options, settings));

  /** @type {typeof import("./index.d.ts").register} */
  const register = (options, settings) =>
    /** @type {Promise<RegistrationResult>} */ (start("register", true, options, settings));

  /** @type {typeof import("./index.d.ts").outcome} */
  const outcome = (/** @type {{ ceremony?: unknown } | undefined} */ transaction, /** @type {unknown} */ settings) => {
    let isRegistration = false;
    try {
      isRegistration = transaction?.ceremony === "registration";
    } catch {
      // The module reports it.
    }
    return /** @type {Promise<any>} */ (start("outcome", isRegistration, transaction, settings));
  };

  const cancel = () => cancelPrompt();

  /** @type {typeof import("./index.d.ts").configure} */
  const configure = (settings) => {
    /** @type {Defaults & Properties} */
    const own = new NullRecord();
    assign(own, /** @type {Defaults & Properties} */ (settings));
    // Even if invalid, so that later calls fail instead of falling back to the page's own origin.
    Object.assign(defaults, own);
    const { loadTimeout } = own;
    const isTimeout = typeof loadTimeout == "number" && loadTimeout > 0 && loadTimeout < 2 ** 31;
    if (isTimeout) loader.setLimit(loadTimeout);
    // If WebAssembly was refused already, loads the fallback before the user clicks.
    ready();
    if (loadTimeout != null && !isTimeout) throw new TypeError(`settings.loadTimeout${TIMEOUT}`);
    if (own.fallback != null && typeof own.fallback != "function")
      throw new TypeError(`settings.fallback${A_FUNCTION}`);
    for (const name of ["baseUrl", "statusUrl"]) {
      const url = own[name];
      if (url != null && (typeof url != "string" || !parseBaseUrl(url)))
        throw new TypeError(`settings.${name}${A_BASE_URL}`);
    }
  };

  const ready = () => (isPage ? loader.ready() : Promise.resolve());

  const support = async () => {
    const isTrue = async (/** @type {() => unknown} */ detect) => {
      try {
        const deadline = createQuestion();
        try {
          return !!(await deadline.until(detect())).value;
        } finally {
          deadline.close();
        }
      } catch {
        return false;
      }
    };
    const webauthn = await isTrue(() => typeof PublicKeyCredential == "function" && navigator.credentials);
    const platformAuthenticator =
      webauthn && isTrue(() => PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable());
    const capabilities = webauthn && askCapabilities();
    const autofill = webauthn && isTrue(() => PublicKeyCredential.isConditionalMediationAvailable());
    return {
      webauthn,
      platformAuthenticator: await platformAuthenticator,
      autofill: await autofill,
      capabilities: { ...(await capabilities) },
    };
  };

  if (isPage) loader.ready();

  return { authenticate, register, outcome, cancel, configure, ready, support };
};
