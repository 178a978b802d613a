// What both entries do in the page: time limits, the request, and the one prompt that may be open, which outlives an
// instance of the module.

import { Bare } from "./bare.js";

/**
 * What `limit` returns.
 *
 * @typedef {object} Limit
 * @property {AbortSignal} signal
 * @property {<T>(promise: PromiseLike<T>) => Promise<Box<T>>} until
 * @property {(reason?: unknown) => void} abort
 * @property {() => void} close
 */

/**
 * What a promise resolved to.
 *
 * @template T
 * @typedef {{ value: T }} Box
 */

/** @type {Limit | undefined} */
let open;

/** @param {string} message */
const abortError = (message) => new DOMException(message, "AbortError");

/**
 * Older browsers abort without a reason.
 *
 * @param {AbortSignal} signal
 * @returns {unknown}
 */
const reasonOf = (signal) => signal.reason ?? abortError("The ceremony was aborted.");

/**
 * Aborts the controller once the page's signal, which may be of its own making, is. Returns what leaves that alone again,
 * which aborting does too.
 *
 * @param {Pick<AbortController, "signal" | "abort">} controller
 * @param {AbortSignal} signal
 */
export const follow = (controller, signal) => {
  const end = () => {
    /** @type {unknown} */
    let reason;
    try {
      ({ reason } = signal);
    } catch {}
    controller.abort(reason);
  };
  const leave = () => {
    try {
      signal.removeEventListener("abort", end);
    } catch {}
  };
  if (signal.aborted) end();
  else {
    controller.signal.addEventListener("abort", leave);
    signal.addEventListener("abort", end);
  }
  return leave;
};

/**
 * Resolves to the reason once the controller is aborted.
 *
 * @param {Pick<AbortController, "signal">} controller
 * @returns {Promise<unknown>}
 */
export const ended = ({ signal }) =>
  new Promise((resolve) => {
    const end = () => resolve(reasonOf(signal));
    if (signal.aborted) end();
    else signal.addEventListener("abort", end);
  });

/**
 * Resolves to what `promise` resolves to, as the `value` of an object: on its own, one that says by and by that it is a
 * promise would be waited for, and for ever. `give` gets what ends the wait.
 *
 * @template T
 * @param {T | PromiseLike<T>} promise
 * @param {(end: (reason: unknown) => void) => void} give
 * @returns {Promise<Box<T>>}
 */
const wait = (promise, give) => {
  const first = new Promise((resolve, reject) => {
    give(reject);
    Promise.resolve(promise).then((value) => {
      /** @type {Box<T>} */
      const box = new Bare();
      box.value = value;
      resolve(box);
    }, reject);
  });
  // An instance that crashes no longer listens.
  first.catch(() => {});
  return first;
};

/**
 * The `value` that `promise` resolves to, unless the controller is aborted first: what never settles ends too.
 *
 * @template T
 * @param {T | PromiseLike<T>} promise
 * @param {Pick<AbortController, "signal">} controller
 */
export const until = (promise, controller) => wait(promise, (end) => ended(controller).then(end));

/**
 * An abort controller that aborts itself after `ms` milliseconds (0: never), or when the page's `signal` does. `close`,
 * which aborting calls, leaves no timer and no listener behind.
 *
 * @param {number} ms
 * @param {AbortSignal} [signal]
 */
export const limit = (ms, signal) => {
  const controller = new AbortController();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @type {(() => void) | undefined} */
  let leave;
  /** @type {((reason: unknown) => void) | undefined} */
  let end;
  /** @type {Limit} */
  const limited = {
    signal: controller.signal,
    /** The `value` that `promise` resolves to, unless this is aborted first: what never settles ends too. */
    until: (promise) =>
      wait(promise, (reject) => {
        end = reject;
      }),
    abort(reason = abortError("The ceremony was aborted.")) {
      // First: who calls may have so little stack left that listeners fail. Later: what is settled already goes before.
      Promise.resolve().then(() => end?.(reason));
      controller.abort(reason);
      limited.close();
    },
    close() {
      clearTimeout(timer);
      leave?.();
      if (open === limited) open = undefined;
    },
  };
  // Before the timer: what is no signal throws here.
  if (signal) leave = follow(limited, signal);
  if (ms && !controller.signal.aborted)
    timer = setTimeout(() => limited.abort(new DOMException(`No answer within ${ms} ms.`, "TimeoutError")), ms);
  return limited;
};

export const getGlobal = () => globalThis;

/** @param {number} ms */
export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Ends the prompt that is open, if there is one. */
export const cancel = (message = "The page cancelled the ceremony.") => open?.abort(abortError(message));

/**
 * Makes a prompt the one that is open, since the browser allows one: returns its controller, which ends it after `ms`
 * milliseconds (0: never) or with the page's `signal`. Throws the reason where that is aborted already.
 *
 * @param {number} ms
 * @param {AbortSignal} [signal]
 */
export const takeOver = (ms, signal) => {
  const controller = limit(ms, signal);
  if (controller.signal.aborted) throw reasonOf(controller.signal);
  cancel("Another ceremony took over.");
  open = controller;
  return controller;
};

/** @param {string} base */
const find = (base) => {
  try {
    const url = new URL(base);
    const loopback = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1])$/.test(url.hostname);
    const rest = url.username + url.password + url.search + url.hash;
    if (!rest && (url.protocol == "https:" || (url.protocol == "http:" && loopback)))
      return url.origin + url.pathname.replace(/\/+$/, "");
  } catch {}
};

/** @type {string | undefined} */
let last;
/** @type {string | undefined} */
let found;

/**
 * The address to put paths behind; undefined where `base` is neither https nor http on a loopback host.
 *
 * @param {string} base
 */
export const locate = (base) => {
  // Mostly it is the same one, and parsing it takes a tenth of a call.
  if (base !== last) {
    found = find(base);
    // What is no text may say something else the next time.
    last = typeof base == "string" ? base : undefined;
  }
  return found;
};

/**
 * One POST of JSON. It outlives the page where the browser's limit of 64 KiB for that allows.
 *
 * @param {string} url
 * @param {string} body
 * @param {AbortSignal} signal
 */
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
