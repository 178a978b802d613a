// The functions of the package: they hand calls to the module, and answer in its place where there is no browser.

import { Bare } from "./bare.js";
import { failure } from "./failure.js";
import { cancel as cancelPrompt, locate } from "./host.js";
import { createLoader } from "./loader.js";
import { createRun } from "./run.js";

const isBrowser = typeof document == "object";

/**
 * @param {() => Promise<WebAssembly.Module>} compile where the module comes from; called when this is, in a browser
 * @param {(() => Promise<object>)=} fallback what loads js/fallback.js, unless the page configures that
 */
export const createApi = (compile, fallback) => {
  const defaults = new Bare();
  defaults.fallback = fallback;
  // The fallback opens its own prompts.
  let endPrompt = cancelPrompt;
  const loadFallback = async () => {
    const script = await defaults.fallback?.();
    if (script) endPrompt = script.cancel;
    return script;
  };
  const loader = createLoader(compile, (reason) => endPrompt?.(reason), loadFallback);
  const run = createRun(loader.enter);

  // A member that is `undefined` is one that the page did not set.
  const assign = (target, settings) => {
    for (const name in settings) if (settings[name] !== undefined) target[name] = settings[name];
    return target;
  };

  /** The call's own settings over the defaults. What they cannot be read from, Rust refuses by its documented code. */
  const settingsOf = (settings) => {
    if (settings != null && typeof settings != "object") return "no object";
    try {
      return assign(Object.assign(new Bare(), defaults), settings);
    } catch {
      return "unreadable";
    }
  };

  const call = (register, options, settings) =>
    isBrowser
      ? run(register, options, settingsOf(settings))
      : Promise.resolve(failure(register, 5, "There is no browser here, only a server."));

  const authenticate = (options, settings) => call(false, options, settings);

  const register = (options, settings) => call(true, options, settings);

  const cancel = () => endPrompt?.();

  const configure = (settings) => {
    // Also where it is bad: calls are refused then, instead of going to the page's own origin.
    assign(defaults, settings);
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
    const is = async (ask) => {
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
