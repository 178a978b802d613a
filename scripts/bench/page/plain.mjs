// What a careful developer would write by hand: the same work as `authenticate`, in plain JavaScript.
//
// The same checks in the same order, one prompt at a time with a time limit and the page's signal, the user handle, the
// finalization with its own limit, the result object; `npm run bench` compares what both ask of the browser and answer.
// It does not recover lost answers, which no call of the benchmark loses.

import { toBase64url } from "./plain/base64url.mjs";
import { Failure, fail, resultOf } from "./plain/failure.mjs";
import { checkOptions, isObject } from "./plain/options.mjs";
import { checkSettings } from "./plain/settings.mjs";

/** What the page's function throws is the page's own affair. */
const tell = (told, value) => {
  try {
    told?.(value);
  } catch {}
};

// The prompt: one at a time.

let open;

/** Ends the prompt that is open, if there is one. */
export const cancel = (message = "The page cancelled the ceremony.") =>
  open?.abort(new DOMException(message, "AbortError"));

/**
 * What `act` resolves to; its controller is aborted after `ms` milliseconds (0: never), or when the page's signal is.
 *
 * @template T
 * @param {number} ms
 * @param {(signal: AbortSignal) => Promise<T>} act
 * @param {{ controller?: AbortController, follow?: AbortSignal }} [options]
 * @returns {Promise<T>}
 */
const within = async (ms, act, { controller = new AbortController(), follow } = {}) => {
  const { signal } = controller;
  const end = () => controller.abort(follow.reason);
  const expire = () => controller.abort(new DOMException(`No answer within ${ms} ms.`, "TimeoutError"));
  const timer = ms && setTimeout(expire, ms);
  // What never settles ends too.
  const ended = new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  ended.catch(() => {});
  follow?.addEventListener("abort", end);
  try {
    return await Promise.race([act(signal), ended]);
  } finally {
    clearTimeout(timer);
    follow?.removeEventListener("abort", end);
    controller.abort();
  }
};

const checkSupport = () => {
  if (!isSecureContext) fail("support", "This page is no secure context: serve it by https.");
  if (typeof PublicKeyCredential != "function" || typeof navigator.credentials?.get != "function")
    fail("support", "This browser has no PublicKeyCredential.");
  const policy = document.featurePolicy;
  const feature = "publickey-credentials-get";
  // A browser that does not know the feature does not forbid it.
  if (policy && !policy.allowsFeature(feature) && policy.features().includes(feature))
    fail("support", "A Permissions Policy forbids WebAuthn here: allow publickey-credentials-get.");
};

const ask = async (publicKey, { signal: follow, conditional, onProgress }) => {
  checkSupport();
  if (follow?.aborted) throw follow.reason;
  cancel("Another ceremony took over.");
  const controller = (open = new AbortController());
  const limit = conditional ? 0 : Math.min((publicKey.timeout ?? 270_000) + 30_000, 2 ** 31 - 1);
  try {
    return await within(
      limit,
      async (signal) => {
        if (conditional && !(await PublicKeyCredential.isConditionalMediationAvailable?.()))
          fail("support", 'This browser has no mediation "conditional" for this ceremony.');
        tell(onProgress, "prompting");
        return navigator.credentials.get({ publicKey, signal, ...(conditional && { mediation: "conditional" }) });
      },
      { controller, follow },
    );
  } finally {
    if (open === controller) open = undefined;
  }
};

// The answer. The credential is read by its members: a password manager's own may lack `toJSON`.

const encoded = (target, name) => {
  const value = target?.[name];
  if (!value?.byteLength) return;
  const { buffer = value, byteOffset, byteLength } = value;
  return toBase64url(new Uint8Array(buffer, byteOffset, byteLength));
};

const bodyOf = (credential, userId, statusToken) => {
  const lack = (name) => fail("prompt", `Error while trying to authenticate. DataError: the ${name}`);
  const required = (target, name) => encoded(target, name) ?? lack(`credential has no ${name}`);
  const { response } = credential;
  return JSON.stringify({
    type: "public-key",
    id: required(credential, "rawId"),
    response: {
      authenticatorData: required(response, "authenticatorData"),
      clientDataJSON: required(response, "clientDataJSON"),
      signature: required(response, "signature"),
      userHandle:
        encoded(response, "userHandle") ??
        (userId ? toBase64url(new TextEncoder().encode(userId)) : lack("authenticator returned no user handle")),
    },
    statusToken,
    userAgent: navigator.userAgent,
  });
};

const isText = (value) => typeof value == "string" && value !== "";

/** The transaction token. */
const finalize = (body, { base, finalizeTimeout }) =>
  within(finalizeTimeout, async (signal) => {
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
    if (response.ok && status === "ok" && isText(token) && !isText(errorMessage)) return token;
    throw new Failure("finalization", `refused by the cloud: HTTP ${response.status}: ${errorMessage || message}`);
  });

const defaults = {};

/** Settings of all later calls. */
export const configure = (settings) => Object.assign(defaults, settings);

const run = async (argument, given) => {
  if (!isObject(argument)) fail("options", "credentialRequestOptions is missing");
  const publicKey = checkOptions(argument.credentialRequestOptions);
  const { userId, statusToken } = argument;
  const needsName = given?.mediation !== "conditional" && given?.usernameless !== true;
  if (needsName && !isText(userId)) fail("userId", "userId is missing");
  if (!isText(statusToken)) fail("statusToken", "statusToken is missing");
  const settings = checkSettings(isObject(given) || given == null ? { ...defaults, ...given } : given);
  let credential;
  try {
    credential = await ask(publicKey, settings);
  } catch (error) {
    if (error instanceof Failure) throw error;
    fail("prompt", `Error while trying to authenticate. ${error?.name}: ${error?.message}`);
  }
  const body = bodyOf(credential, userId, statusToken);
  if (settings.onExtensionResults) tell(settings.onExtensionResults, credential.getClientExtensionResults?.());
  tell(settings.onProgress, "finalizing");
  try {
    return await finalize(body, settings);
  } catch (error) {
    if (error instanceof Failure) throw error;
    fail("finalization", `no answer: ${error?.name}: ${error?.message}`);
  }
};

/** Never rejects: whatever happens, the promise fulfils with a result object. */
export const authenticate = async (argument, settings) => {
  try {
    return resultOf("success", await run(argument, settings));
  } catch (error) {
    return error instanceof Failure ? resultOf(error.name, error.message) : resultOf("unknown", String(error));
  }
};
