// Checks the settings of a call.

import { fail } from "./failure.mjs";
import { isObject } from "./options.mjs";

const LOOPBACK = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1])$/;

const parseBaseUrl = (base) => {
  try {
    const { protocol, hostname, origin, pathname, username, password, search, hash } = new URL(base);
    if (username + password + search + hash) return;
    if (protocol == "https:" || (protocol == "http:" && LOOPBACK.test(hostname)))
      return origin + pathname.replace(/\/+$/, "");
  } catch {}
};

/** Returns the settings with defaults. */
export const checkSettings = (settings) => {
  const reject = (name, problem) => fail("unknown", `settings${name}${problem}`);
  if (!isObject(settings)) reject("", " must be an object");
  const {
    baseUrl,
    signal,
    mediation = "optional",
    usernameless,
    finalizeTimeout = 10_000,
    onProgress,
    onExtensionResults,
  } = settings;
  const base = baseUrl == null ? location.origin : parseBaseUrl(baseUrl);
  if (!base) reject(".baseUrl", " must be https, or http on a loopback host");
  if (signal != null && typeof signal.aborted != "boolean") reject(".signal", " must be an AbortSignal");
  if (mediation !== "optional" && mediation !== "conditional") reject(".mediation", " must be conditional or optional");
  if (usernameless != null && typeof usernameless != "boolean") reject(".usernameless", " must be a boolean");
  if (!(finalizeTimeout > 0 && finalizeTimeout < 2 ** 31))
    reject(".finalizeTimeout", " must be a number of milliseconds");
  for (const [name, callback] of Object.entries({ onProgress, onExtensionResults }))
    if (callback != null && typeof callback != "function") reject(`.${name}`, " must be a function");
  return { base, signal, conditional: mediation === "conditional", finalizeTimeout, onProgress, onExtensionResults };
};
