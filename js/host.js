// What outlives an instance of the module: the one prompt that may be open. And what takes one crossing from here,
// and many from Rust: time limits and the request.

let open;

const abortError = (message) => new DOMException(message, "AbortError");

/**
 * An abort controller that aborts itself after `ms` milliseconds (0: never), or when the page's `signal` does.
 * Aborting it, which its user does in the end, leaves no timer and no listener behind.
 */
export const limit = (ms, signal) => {
  const controller = new AbortController();
  const follow = () => controller.abort(signal.reason);
  const expire = () => controller.abort(new DOMException(`No answer within ${ms} ms.`, "TimeoutError"));
  const timer = ms && setTimeout(expire, ms);
  controller.signal.addEventListener("abort", () => {
    clearTimeout(timer);
    signal?.removeEventListener("abort", follow);
    if (open === controller) open = undefined;
  });
  if (signal?.aborted) follow();
  else signal?.addEventListener("abort", follow);
  return controller;
};

/** Resolves to the reason once the controller is aborted. */
export const ended = ({ signal }) =>
  new Promise((resolve) => {
    const end = () => resolve(signal.reason ?? abortError("The ceremony was aborted."));
    if (signal.aborted) end();
    else signal.addEventListener("abort", end);
  });

/** Ends the prompt that is open, if there is one. */
export const cancel = (message = "The page cancelled the ceremony.") => open?.abort(abortError(message));

/** Makes this controller's prompt the one that is open, since the browser allows one; false if it's aborted already. */
export const takeOver = (controller) => {
  if (controller.signal.aborted) return false;
  cancel("Another ceremony took over.");
  open = controller;
  return true;
};

/** Browsers that have Permissions Policy as an API know when this frame may not use WebAuthn. */
export const isBlocked = (feature) => {
  const policy = document.featurePolicy;
  return !!policy && policy.features().includes(feature) && !policy.allowsFeature(feature);
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

/** One request. It outlives the page where the browser's limit of 64 KiB for that allows. */
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

/** The bytes of a buffer or a view of one, of whatever realm. */
export const bytes = (value) => {
  const { buffer = value, byteOffset, byteLength } = value;
  if (!(byteLength >= 0)) throw new TypeError("not a buffer");
  return new Uint8Array(buffer, byteOffset, byteLength);
};
