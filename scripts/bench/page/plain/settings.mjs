// The settings of a call, checked.

import { fail } from "./failure.mjs";
import { isObject } from "./options.mjs";

const LOOPBACK = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1])$/;

const locate = (base) => {
  try {
    const { protocol, hostname, origin, pathname, username, password, search, hash } = new URL(base);
    if (username + password + search + hash) return;
    if (protocol == "https:" || (protocol == "http:" && LOOPBACK.test(hostname)))
      return origin + pathname.replace(/\/+$/, "");
  } catch {}
};

/** The settings, with their defaults. */
export const checkSettings = (settings) => {
  const refuse = (name, problem) => fail("unknown", `settings${name}${problem}`);
  if (!isObject(settings)) refuse("", " is not an object");
  const {
    baseUrl,
    signal,
    mediation = "optional",
    usernameless,
    finalizeTimeout = 10_000,
    onProgress,
    onExtensionResults,
  } = settings;
  const base = baseUrl == null ? location.origin : locate(baseUrl);
  if (!base) refuse(".baseUrl", " is neither https nor http on a loopback host");
  if (signal != null && typeof signal.aborted != "boolean") refuse(".signal", " is not an AbortSignal");
  if (mediation !== "optional" && mediation !== "conditional")
    refuse(".mediation", " is neither conditional nor optional");
  if (usernameless != null && typeof usernameless != "boolean") refuse(".usernameless", " is not true or false");
  if (!(finalizeTimeout > 0 && finalizeTimeout < 2 ** 31))
    refuse(".finalizeTimeout", " is not a number of milliseconds");
  for (const [name, told] of Object.entries({ onProgress, onExtensionResults }))
    if (told != null && typeof told != "function") refuse(`.${name}`, " is not a function");
  return { base, signal, conditional: mediation === "conditional", finalizeTimeout, onProgress, onExtensionResults };
};
