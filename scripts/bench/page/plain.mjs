// The same work as `authenticate`, in plain JavaScript as a careful developer would write it.
//
// The same checks in the same order, one prompt at a time with a time limit and the page's signal, the user handle, the
// finalization with its own time limit, and the result object. `npm run bench` compares the browser calls and the results of
// both. It does not recover lost responses; no call of the benchmark loses one.

import { toBase64url } from "./plain/base64url.mjs";
import { createResult, Failure, fail } from "./plain/failure.mjs";
import { checkOptions, isObject } from "./plain/options.mjs";
import { checkSettings } from "./plain/settings.mjs";

/** Calls a callback of the page, and ignores its exceptions. */
const invokeCallback = (callback, value) => {
  try {
    callback?.(value);
  } catch {}
};

// The prompt: one at a time.

let open;

/** Aborts the open prompt, if there is one. */
export const cancel = (message = "The page called cancel().") => open?.abort(new DOMException(message, "AbortError"));

/**
 * Runs `act`, and aborts its controller after `ms` milliseconds (0: never), or when the page's signal is aborted.
 *
 * @template T
 * @param {number} ms
 * @param {(signal: AbortSignal) => Promise<T>} act
 * @param {{ controller?: AbortController, follow?: AbortSignal }} [options]
 * @returns {Promise<T>}
 */
const runWithLimit = async (ms, act, { controller = new AbortController(), follow } = {}) => {
  const { signal } = controller;
  const end = () => controller.abort(follow.reason);
  const expire = () => controller.abort(new DOMException(`No response within ${ms} ms.`, "TimeoutError"));
  const timer = ms && setTimeout(expire, ms);
  // Rejects even if `act` never settles.
  const aborted = new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  aborted.catch(() => {});
  follow?.addEventListener("abort", end);
  try {
    return await Promise.race([act(signal), aborted]);
  } finally {
    clearTimeout(timer);
    follow?.removeEventListener("abort", end);
    controller.abort();
  }
};

const checkSupport = () => {
  if (!isSecureContext) fail("support", "This page is not a secure context: serve it over HTTPS.");
  if (typeof PublicKeyCredential != "function" || typeof navigator.credentials?.get != "function")
    fail("support", "This browser does not support WebAuthn (PublicKeyCredential is missing).");
  const policy = document.featurePolicy;
  const feature = "publickey-credentials-get";
  // A browser that does not know the feature does not forbid it.
  if (policy && !policy.allowsFeature(feature) && policy.features().includes(feature))
    fail("support", "A Permissions Policy forbids WebAuthn here: allow publickey-credentials-get.");
};

const prompt = async (publicKey, { signal: follow, conditional, onProgress }) => {
  checkSupport();
  if (follow?.aborted) throw follow.reason;
  cancel("Another call opened its prompt: browsers allow one at a time.");
  const controller = (open = new AbortController());
  const limit = conditional ? 0 : Math.min((publicKey.timeout ?? 270_000) + 30_000, 2 ** 31 - 1);
  try {
    return await runWithLimit(
      limit,
      async (signal) => {
        if (conditional && !(await PublicKeyCredential.isConditionalMediationAvailable?.()))
          fail("support", 'This browser has no mediation "conditional" for this ceremony.');
        invokeCallback(onProgress, "prompting");
        return navigator.credentials.get({ publicKey, signal, ...(conditional && { mediation: "conditional" }) });
      },
      { controller, follow },
    );
  } finally {
    if (open === controller) open = undefined;
  }
};

// Reads the credential by its properties, because a password manager's credential may lack `toJSON`.

const encodeProperty = (target, name) => {
  const value = target?.[name];
  if (!value?.byteLength) return;
  const { buffer = value, byteOffset, byteLength } = value;
  return toBase64url(new Uint8Array(buffer, byteOffset, byteLength));
};

const buildFinalizationBody = (credential, userId, statusToken) => {
  const failMissing = (name) => fail("prompt", `Error while trying to authenticate. DataError: the ${name}`);
  const required = (target, name) => encodeProperty(target, name) ?? failMissing(`credential has no ${name}`);
  const { response } = credential;
  return JSON.stringify({
    type: "public-key",
    id: required(credential, "rawId"),
    response: {
      authenticatorData: required(response, "authenticatorData"),
      clientDataJSON: required(response, "clientDataJSON"),
      signature: required(response, "signature"),
      userHandle:
        encodeProperty(response, "userHandle") ??
        (userId ? toBase64url(new TextEncoder().encode(userId)) : failMissing("authenticator returned no user handle")),
    },
    statusToken,
    userAgent: navigator.userAgent,
  });
};

const isNonEmptyString = (value) => typeof value == "string" && value !== "";

/** Resolves to the transaction token. */
const finalize = (body, { base, finalizeTimeout }) =>
  runWithLimit(finalizeTimeout, async (signal) => {
    const response = await fetch(`${base}/_app/assertion/result`, {
      method: "POST",
      headers: { "Content-Type": "application/json;charset=utf-8", Accept: "application/json" },
      body,
      signal,
      keepalive: body.length < 6e4,
      credentials: "omit",
      cache: "no-store",
      redirect: "error",
      referrerPolicy: "no-referrer",
    });
    const { status, errorMessage, message, token } = JSON.parse(await response.text());
    if (response.ok && status === "ok" && isNonEmptyString(token) && !isNonEmptyString(errorMessage)) return token;
    throw new Failure("finalization", `refused by the cloud: HTTP ${response.status}: ${errorMessage || message}`);
  });

const defaults = {};

/** Sets the defaults of all later calls. */
export const configure = (settings) => Object.assign(defaults, settings);

const run = async (argument, given) => {
  if (!isObject(argument)) fail("options", "credentialRequestOptions is missing");
  const publicKey = checkOptions(argument.credentialRequestOptions);
  const { userId, statusToken } = argument;
  const needsUserId = given?.mediation !== "conditional" && given?.usernameless !== true;
  if (needsUserId && !isNonEmptyString(userId)) fail("userId", "userId is missing");
  if (!isNonEmptyString(statusToken)) fail("statusToken", "statusToken is missing");
  const settings = checkSettings(isObject(given) || given == null ? { ...defaults, ...given } : given);
  let credential;
  try {
    credential = await prompt(publicKey, settings);
  } catch (error) {
    if (error instanceof Failure) throw error;
    fail("prompt", `Error while trying to authenticate. ${error?.name}: ${error?.message}`);
  }
  const body = buildFinalizationBody(credential, userId, statusToken);
  if (settings.onExtensionResults)
    invokeCallback(settings.onExtensionResults, credential.getClientExtensionResults?.());
  invokeCallback(settings.onProgress, "finalizing");
  try {
    return await finalize(body, settings);
  } catch (error) {
    if (error instanceof Failure) throw error;
    fail("finalization", `no response: ${error?.name}: ${error?.message}`);
  }
};

/** Never rejects: always resolves to a result object. */
export const authenticate = async (argument, settings) => {
  try {
    return createResult("success", await run(argument, settings));
  } catch (error) {
    return error instanceof Failure ? createResult(error.name, error.message) : createResult("unknown", String(error));
  }
};
