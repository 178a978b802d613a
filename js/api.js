// The functions of the package: they pass calls to the module, and resolve to a failure outside a browser.

import { parseBaseUrl } from "./base-url.js";
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
   * @param {boolean} register
   * @param {unknown} options
   * @param {unknown} settings
   * @returns {Promise<import("./call.js").Result>}
   */
  const call = (register, options, settings) => {
    const all = settingsOf(settings);
    if (isPage && (!mistake || /** @type {Properties} */ (all).baseUrl != null)) return run(register, options, all);
    const why = typeof WorkerGlobalScope == "function" ? IN_WORKER : NO_BROWSER;
    return Promise.resolve(
      isPage
        ? failure(register, UNKNOWN_ERROR, `${mistake}`, "invalidSettings")
        : failure(register, NOT_SUPPORTED, why, "noWebAuthn"),
    );
  };

  /** @type {typeof import("./index.d.ts").authenticate} */
  const authenticate = (options, settings) =>
    /** @type {Promise<AuthenticationResult>} */ (call(false, options, settings));

  /** @type {typeof import("./index.d.ts").register} */
  const register = (options, settings) => /** @type {Promise<RegistrationResult>} */ (call(true, options, settings));

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
    const autofill = webauthn && isTrue(() => PublicKeyCredential.isConditionalMediationAvailable());
    return { webauthn, platformAuthenticator: await platformAuthenticator, autofill: await autofill };
  };

  if (isPage) loader.ready();

  return { authenticate, register, cancel, configure, ready, support };
};
