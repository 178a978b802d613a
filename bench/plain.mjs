// What a careful developer would write by hand: the same work as `authenticate`, in plain JavaScript.
//
// Validation with the member's path, base64url, one prompt at a time with a time limit, the user handle, the finalization
// with its own, the result object. It does not recover lost answers, which no call of the benchmark loses.

const CODES = {
  success: ["success-authentication", "Successfully authenticated with WebAuthn credential."],
  options: [
    "error-0000",
    "Invalid credentialRequestOptions. ServerPublicKeyCredentialGetOptionsResponse has to be valid.",
  ],
  prompt: ["error-0001", "Failed to authenticate with WebAuthn credential."],
  finalization: ["error-0002", "Error while finalizing the authentication on the server."],
  userId: ["error-0003", "Invalid userId. Cannot be null or undefined."],
  statusToken: ["error-0004", "Missing statusToken. Cannot be null or undefined."],
};

const result = (name, text) => {
  const [statusCode, message] = CODES[name];
  const success = name === "success";
  return { success, code: { statusCode, message }, [success ? "token" : "message"]: text };
};

const fromBase64url = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (character) => character.charCodeAt());

const toBase64url = (buffer) => {
  let binary = "";
  for (const byte of new Uint8Array(buffer)) binary += String.fromCharCode(byte);
  return btoa(binary).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
};

const fail = (path, problem) => {
  throw `credentialRequestOptions${path}${problem}`;
};

const bytes = (value, path) => {
  if (typeof value != "string") fail(path, " is not text");
  if (!/^[\w-]*=*$/.test(value)) fail(path, " is not base64url");
  if (!value) fail(path, " is empty");
  return fromBase64url(value);
};

const text = (value, path) => (typeof value == "string" ? value : fail(path, " is not text"));

const list = (value, path, item) =>
  Array.isArray(value) ? value.map((each, index) => item(each, `${path}[${index}]`)) : fail(path, " is not an array");

const texts = (value, path) => list(value, path, text);

const descriptor = (value, path) => {
  if (value === null || typeof value != "object") fail(path, " is not an object");
  const checked = { type: text(value.type, `${path}.type`), id: bytes(value.id, `${path}.id`) };
  if (value.transports != null) checked.transports = texts(value.transports, `${path}.transports`);
  return checked;
};

const check = (options) => {
  if (options == null) fail("", " is missing");
  const { challenge, timeout, rpId, allowCredentials, userVerification, hints, extensions, status } = options;
  if (status != null && status !== "ok") fail(".status", " is not ok");
  const checked = { challenge: bytes(challenge, ".challenge") };
  if (timeout != null) checked.timeout = timeout >= 0 ? timeout : fail(".timeout", " is not a number of milliseconds");
  if (rpId) checked.rpId = text(rpId, ".rpId");
  if (allowCredentials?.length) checked.allowCredentials = list(allowCredentials, ".allowCredentials", descriptor);
  if (userVerification != null) checked.userVerification = text(userVerification, ".userVerification");
  if (hints != null) checked.hints = texts(hints, ".hints");
  if (extensions != null) checked.extensions = { ...extensions };
  return checked;
};

/** Does `act` with a signal that is aborted after `ms` milliseconds. */
const within = async (ms, act) => {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(new DOMException("too late", "TimeoutError")), ms);
  const end = new Promise((_, reject) =>
    controller.signal.addEventListener("abort", () => reject(controller.signal.reason)),
  );
  end.catch(() => {});
  try {
    return await Promise.race([act(controller.signal), end]);
  } finally {
    clearTimeout(timer);
    controller.abort();
  }
};

export const authenticate = async ({ credentialRequestOptions, userId, statusToken }, { baseUrl }) => {
  let publicKey, credential, body;
  try {
    publicKey = check(credentialRequestOptions);
  } catch (problem) {
    return result("options", problem);
  }
  if (!userId) return result("userId", "userId is missing");
  if (!statusToken) return result("statusToken", "statusToken is missing");
  try {
    const limit = (publicKey.timeout ?? 270_000) + 30_000;
    credential = await within(limit, (signal) => navigator.credentials.get({ publicKey, signal }));
    const { authenticatorData, clientDataJSON, signature, userHandle } = credential.response;
    body = JSON.stringify({
      type: "public-key",
      id: toBase64url(credential.rawId),
      response: {
        authenticatorData: toBase64url(authenticatorData),
        clientDataJSON: toBase64url(clientDataJSON),
        signature: toBase64url(signature),
        userHandle: toBase64url(userHandle?.byteLength ? userHandle : new TextEncoder().encode(userId)),
      },
      statusToken,
      userAgent: navigator.userAgent,
    });
  } catch (error) {
    return result("prompt", `Error while trying to authenticate. ${error.name}: ${error.message}`);
  }
  try {
    const answer = await within(10_000, async (signal) => {
      const response = await fetch(`${baseUrl}/_app/assertion/result`, {
        method: "POST",
        headers: { "Content-Type": "application/json;charset=utf-8", Accept: "application/json" },
        body,
        signal,
        credentials: "omit",
        cache: "no-store",
        redirect: "error",
        referrerPolicy: "no-referrer",
      });
      return response.json();
    });
    if (answer.status === "ok" && answer.token) return result("success", answer.token);
    return result("finalization", `refused: ${answer.errorMessage}`);
  } catch (error) {
    return result("finalization", `${error.name}: ${error.message}`);
  }
};
