// What the fake servers of `webauthn-result/testing` share: a `fetch` function, handlers for MSW, and the list of requests.

import { createReplacements, disposable, reasonOf } from "./testing-steps.js";

/** @import { FakeRequest, MswHandlers } from "./testing.d.ts" */

/**
 * What a server does: a status and JSON, no response, or nothing, for ever.
 *
 * @typedef {{ status: number, json: unknown } | "lost" | "never"} Reply
 */

/**
 * A request, as far as a server looks at it.
 *
 * @typedef {{ method: string, url: string, body: any }} Incoming
 */

/**
 * What a server replies to a request of its own; `undefined` for all others.
 *
 * @typedef {(request: Incoming, record: (step: unknown, more?: object) => void) => Promise<Reply | undefined>} Server
 */

/** What browsers say. */
const networkError = () => new TypeError("Failed to fetch");

/** @param {string} url */
export const pathOf = (url) => {
  const base = globalThis.location?.origin;
  return new URL(url, base && base != "null" ? base : "http://localhost").pathname;
};

/**
 * A body as JSON, of JSON or a form.
 *
 * @param {string} text
 * @returns {any}
 */
const parseBody = (text) => {
  try {
    return JSON.parse(text);
  } catch {
    return Object.fromEntries(new URLSearchParams(text));
  }
};

/**
 * The arguments of `fetch`, as one request.
 *
 * @param {unknown} input
 * @param {RequestInit | undefined} init
 */
const readRequest = async (input, init) => {
  const request = /** @type {Partial<Request>} */ (typeof input == "object" && input && "url" in input ? input : {});
  const body = init?.body ?? (await request.text?.()) ?? "";
  return {
    method: (init?.method ?? request.method ?? "GET").toUpperCase(),
    url: request.url ?? String(input),
    signal: init?.signal ?? request.signal,
    body: parseBody(String(body)),
  };
};

/**
 * A response, also where the test's environment has no `Response`, as jsdom.
 *
 * @param {Exclude<Reply, string>} reply
 */
const createResponse = ({ status, json }) => {
  const text = JSON.stringify(json);
  if (typeof Response == "function")
    return new Response(text, { status, headers: { "Content-Type": "application/json" } });
  const headers = new Map([["content-type", "application/json"]]);
  return {
    ok: status >= 200 && status < 300,
    status,
    headers: { get: (/** @type {string} */ name) => headers.get(name.toLowerCase()) ?? null },
    text: async () => text,
    json: async () => JSON.parse(text),
  };
};

/**
 * Settles when the promise does, or rejects when the signal aborts.
 *
 * @template T
 * @param {Promise<T>} promise
 * @param {AbortSignal | null | undefined} signal
 * @returns {Promise<T>}
 */
const untilAborted = (promise, signal) =>
  new Promise((resolve, reject) => {
    const abort = () => reject(reasonOf(/** @type {AbortSignal} */ (signal)));
    if (signal?.aborted) return abort();
    signal?.addEventListener("abort", abort);
    promise.then(resolve, reject).finally(() => signal?.removeEventListener("abort", abort));
  });

/**
 * A step that is a function stands for what it returns.
 *
 * @param {unknown} step
 * @param {Incoming} request
 */
export const resolveStep = async (step, { body }) => (typeof step == "function" ? step(body) : step);

/**
 * The reply of any server to a step that is a status, or none.
 *
 * @param {unknown} step
 * @returns {Reply | undefined}
 */
export const commonReply = (step) => {
  if (typeof step == "number")
    return { status: step, json: { status: step, error: "The fake's step is this status." } };
  if (step === "lost" || step === "unreachable") return "lost";
  if (step === "never") return step;
};

/** @param {string} name @param {unknown} step */
export const unknownStep = (name, step) => new TypeError(`${name} has no step ${JSON.stringify(step)}`);

/**
 * A fake: `fetch`, with everything else as its properties.
 *
 * @template {object} More
 * @param {string} name
 * @param {Server} serve
 * @param {{ backend?: ((request: Incoming) => unknown) | undefined, paths: RegExp, see?: string }} options `see`: which
 *   options can give a request a response
 * @param {More} more
 */
export const createFake = (name, serve, { backend, paths, see = "option backend" }, more) => {
  /** @type {FakeRequest[]} */
  const requests = [];
  /** The requests without a response that the console has. */
  const reported = new Set();
  const { replace, restore } = createReplacements();

  /** @param {Incoming} request */
  const reply = (request) => {
    const { method, url, body } = request;
    return serve(request, (step, details) => {
      const entry = { method, path: pathOf(url), ...details, step };
      // Not enumerable: tokens and credentials are not for the logs of tests.
      Object.defineProperty(entry, "body", { value: body });
      requests.push(/** @type {FakeRequest} */ (entry));
    });
  };

  /** @param {unknown} input @param {RequestInit} [init] */
  const respond = async (input, init) => {
    const { signal, ...request } = await readRequest(input, init);
    const own = await reply(request);
    if (own === "never") return new Promise(() => {});
    if (own === "lost") throw networkError();
    if (own) return createResponse(own);
    const path = pathOf(request.url);
    const value = await backend?.({ ...request, url: path });
    if (value === undefined) {
      const message = `${name} has no response to ${request.method} ${path}: see its ${see}`;
      // The page may catch the rejection, and the package does, which takes it for an outage.
      if (!reported.has(message)) console.error(message);
      reported.add(message);
      throw new TypeError(message);
    }
    const isResponse = typeof value == "object" && value && "status" in value && "text" in value;
    return isResponse ? value : createResponse({ status: 200, json: value });
  };

  /** @type {(input: any, init?: RequestInit) => Promise<any>} */
  const fake = (input, init) => untilAborted(respond(input, init), init?.signal);
  Object.assign(fake, more, {
    requests,
    install() {
      replace(globalThis, "fetch", fake);
      return fake;
    },
    restore,
    handlers: (/** @type {MswHandlers<unknown>} */ { http, HttpResponse }) => [
      http.post(paths, async ({ request }) => {
        const own = await reply({ method: "POST", url: request.url, body: parseBody(await request.text()) });
        if (own === "never") return new Promise(() => {});
        if (own === "lost") return HttpResponse.error();
        return own && HttpResponse.json(own.json, { status: own.status });
      }),
    ],
  });
  return disposable(/** @type {typeof fake & { restore: () => void }} */ (fake));
};
