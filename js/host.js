// What outlives an instance of the module: the one prompt that may be open. And what takes one crossing from here,
// and many from Rust: time limits and the request.

let open;

const abortError = (message) => new DOMException(message, "AbortError");

// Older browsers abort without a reason.
const reasonOf = (signal) => signal.reason ?? abortError("The ceremony was aborted.");

/** Aborts the controller once the page's signal, which may be of its own making, is; in the end nothing is left there. */
export const follow = (controller, signal) => {
  const end = () => {
    let reason;
    try {
      ({ reason } = signal);
    } catch {}
    controller.abort(reason);
  };
  if (signal.aborted) return end();
  controller.signal.addEventListener("abort", () => {
    try {
      signal.removeEventListener("abort", end);
    } catch {}
  });
  signal.addEventListener("abort", end);
};

/**
 * An abort controller that aborts itself after `ms` milliseconds (0: never), or when the page's `signal` does.
 * Aborting it, which its user does in the end, leaves no timer and no listener behind.
 */
const limit = (ms, signal) => {
  const controller = new AbortController();
  // Before the timer: what is no signal throws here.
  if (signal) follow(controller, signal);
  const expire = () => controller.abort(new DOMException(`No answer within ${ms} ms.`, "TimeoutError"));
  if (controller.signal.aborted) return controller;
  const timer = ms && setTimeout(expire, ms);
  controller.signal.addEventListener("abort", () => {
    clearTimeout(timer);
    if (open === controller) open = undefined;
  });
  return controller;
};

/** Resolves to the reason once the controller is aborted. */
export const ended = ({ signal }) =>
  new Promise((resolve) => {
    const end = () => resolve(reasonOf(signal));
    if (signal.aborted) end();
    else signal.addEventListener("abort", end);
  });

/**
 * What `promise` settles to, unless the controller is aborted first: what the browser itself never settles ends too.
 */
export const until = (promise, controller) => {
  const first = new Promise((resolve, reject) => {
    Promise.resolve(promise).then(resolve, reject);
    ended(controller).then(reject);
  });
  // An instance that crashes no longer listens.
  first.catch(() => {});
  return first;
};

/** Ends the prompt that is open, if there is one. */
export const cancel = (message = "The page cancelled the ceremony.") => open?.abort(abortError(message));

/**
 * Makes a prompt the one that is open, since the browser allows one: returns its controller, which ends it after `ms`
 * milliseconds (0: never) or with the page's `signal`. Throws the reason where that is aborted already.
 */
export const takeOver = (ms, signal) => {
  const controller = limit(ms, signal);
  if (controller.signal.aborted) throw reasonOf(controller.signal);
  cancel("Another ceremony took over.");
  open = controller;
  return controller;
};

/** Browsers that have Permissions Policy as an API know when this frame may not use WebAuthn. */
const isBlocked = (feature) => {
  try {
    const policy = document.featurePolicy;
    return policy.features().includes(feature) && !policy.allowsFeature(feature);
  } catch {}
};

/** `navigator.credentials`, or the number of the reason why there is none. */
export const container = (register) => {
  if (!isSecureContext) return 0;
  const method = register ? "create" : "get";
  const { credentials } = navigator;
  if (typeof PublicKeyCredential != "function" || typeof credentials[method] != "function") return 1;
  return isBlocked(`publickey-credentials-${method}`) ? 2 : credentials;
};

/** Whether this browser can do what `mediation: "conditional"` asks for. */
export const hasConditional = async (register) =>
  register
    ? (await PublicKeyCredential.getClientCapabilities?.())?.conditionalCreate
    : PublicKeyCredential.isConditionalMediationAvailable?.();

/** The address to put paths behind; undefined where `base` is neither https nor http on a loopback host. */
export const locate = (base) => {
  try {
    const url = new URL(base);
    const loopback = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1])$/.test(url.hostname);
    const rest = url.username + url.password + url.search + url.hash;
    if (!rest && (url.protocol == "https:" || (url.protocol == "http:" && loopback)))
      return url.origin + url.pathname.replace(/\/+$/, "");
  } catch {}
};

/** One POST of JSON. It outlives the page where the browser's limit of 64 KiB for that allows. */
export const post = (url, body, signal) =>
  fetch(url, {
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

/** One such request within `ms` milliseconds: the `Response` and its text. */
export const exchange = async (url, body, ms) => {
  const controller = limit(ms);
  try {
    const response = await until(post(url, body, controller.signal), controller);
    return [response, await until(response.text(), controller)];
  } finally {
    controller.abort();
  }
};

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const KINDS = ["absent", "object", "string", "number", "boolean", "function"];

export const global = () => globalThis;

/** What a value is, by its number in Rust. */
export const kind = (value) => (value == null ? 0 : KINDS.indexOf(typeof value));

/** As many items as an array can have, whatever it says; 0 where it says nothing. */
export const length = (value) => {
  try {
    return Math.min(value.length, 2 ** 32 - 1);
  } catch {}
};

/** The bytes of base64url text; undefined where it is none. */
export const buffer = (text) => {
  try {
    if (/^[\w-]*=*$/.test(text))
      return Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (byte) => byte.charCodeAt());
  } catch {}
};

const toBase64url = (bytes) => {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
};

/** base64url text of the UTF-8 of `text`. */
export const encode = (text) => toBase64url(new TextEncoder().encode(text));

/** base64url text of a member that is a buffer or a view of one, of whatever realm; else, or where empty, undefined. */
export const textOf = (target, name) => {
  try {
    const value = target[name];
    const { buffer = value, byteOffset, byteLength } = value;
    return (byteLength > 0 && toBase64url(new Uint8Array(buffer, byteOffset, byteLength))) || undefined;
  } catch {}
};

// By a literal: it defines its members, whatever setters the page has given to all objects.
/** The result object, from whether it is a success, the two texts of the code, and the token or the message. */
export const resultObject = ({ 0: success, 1: statusCode, 2: message, 3: text }) => ({
  success,
  code: { statusCode, message },
  [success ? "token" : "message"]: text,
});
