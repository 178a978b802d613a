// `fakeCloud` and `fakeAuthSec` of `webauthn-result/testing`: a `fetch` that plays the servers, and handlers for MSW.

import { TOKEN } from "./testing-results.js";
import { createReplacements, createSequence, disposable, reasonOf } from "./testing-steps.js";

/** @import { FakeAuthSecOptions, FakeCloudOptions, FakeRequest, MswHandlers } from "./testing.d.ts" */

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
const pathOf = (url) => {
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
const resolveStep = async (step, { body }) => (typeof step == "function" ? step(body) : step);

/**
 * The reply of any server to a step that is a status, or none.
 *
 * @param {unknown} step
 * @returns {Reply | undefined}
 */
const commonReply = (step) => {
  if (typeof step == "number")
    return { status: step, json: { status: step, error: "The fake's step is this status." } };
  if (step === "lost" || step === "unreachable") return "lost";
  if (step === "never") return step;
};

/** @param {string} name @param {unknown} step */
const unknownStep = (name, step) => new TypeError(`${name} has no step ${JSON.stringify(step)}`);

/**
 * A fake: `fetch`, with everything else as its properties.
 *
 * @template {object} More
 * @param {string} name
 * @param {Server} serve
 * @param {{ backend?: ((request: Incoming) => unknown) | undefined, paths: RegExp }} options
 * @param {More} more
 */
const createFake = (name, serve, { backend, paths }, more) => {
  /** @type {FakeRequest[]} */
  const requests = [];
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
    if (value === undefined)
      throw new TypeError(`${name} has no response to ${request.method} ${path}: see its option backend`);
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

const FINALIZATION = /\/_app\/(assertion|attestation)\/result$/;

/** @param {string} text */
const escapePattern = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

let transactions = 0;

/** What the backend passes on from the cloud, with a token of its own each time. */
const startTransaction = () => {
  transactions += 1;
  return { transactionId: `fake-transaction-${transactions}`, statusToken: `fake-status-token-${transactions}` };
};

const rpId = () => globalThis.location?.hostname || "localhost";

/**
 * See testing.d.cts.
 *
 * @param {FakeCloudOptions} [options]
 */
export const fakeCloud = (options) => {
  const { finalize = "ok", status, token = TOKEN, statusUrl, backend } = options ?? {};
  const nextStep = createSequence(/** @type {any} */ (finalize), "ok");
  const nextStatus = createSequence(/** @type {any} */ (status), undefined);
  /** By status token: what the cloud decided. */
  const decided = new Map();
  const statusPath = statusUrl && pathOf(statusUrl);
  const paths = new RegExp(
    `${FINALIZATION.source}|/api/v1/status$${statusPath ? `|${escapePattern(statusPath)}$` : ""}`,
  );

  /** @type {Server} */
  const serve = async (request, record) => {
    if (request.method != "POST") return;
    const path = pathOf(request.url);
    const { body } = request;
    const ceremony = FINALIZATION.exec(path)?.[1] == "attestation" ? "registration" : "authentication";
    if (FINALIZATION.test(path)) {
      const step = await resolveStep(nextStep(), request);
      record(step, { ceremony });
      // As the cloud: a page whose request is not right has to see that in its tests.
      if (!body?.statusToken || !body.id || !body.response)
        return { status: 400, json: { status: 400, error: "Bad Request" } };
      if (step === "ok" || step === "lost") decided.set(body.statusToken, "succeeded");
      if (step === "ok") return { status: 200, json: { status: "ok", errorMessage: "", token } };
      const reason = step?.rejected;
      if (typeof reason == "string") {
        decided.set(body.statusToken, "failed");
        return { status: 200, json: { status: "failed", errorMessage: reason } };
      }
      const reply = commonReply(step);
      if (!reply) throw unknownStep("fakeCloud({ finalize })", step);
      return reply;
    }
    if (path.endsWith("/api/v1/status") || path === statusPath) {
      const step = (await resolveStep(nextStatus(), request)) ?? decided.get(body?.statusToken) ?? "pending";
      record(step);
      if (step === "succeeded") return { status: 200, json: { status: step, token } };
      if (step === "pending" || step === "failed" || step === "unknown") return { status: 200, json: { status: step } };
      const reply = commonReply(step);
      if (!reply) throw unknownStep("fakeCloud({ status })", step);
      return reply;
    }
  };

  const descriptor = { type: "public-key", id: "ZmFrZS1wYXNza2V5" };
  return /** @type {ReturnType<typeof import("./testing.d.ts").fakeCloud>} */ (
    /** @type {unknown} */ (
      createFake(
        "fakeCloud",
        serve,
        { backend, paths },
        {
          approval: (/** @type {object | undefined} */ more) => ({
            ...startTransaction(),
            userId: "fake-user",
            credentialRequestOptions: {
              challenge: "ZmFrZS1jaGFsbGVuZ2U",
              timeout: 60_000,
              rpId: rpId(),
              allowCredentials: [descriptor],
              userVerification: "preferred",
            },
            ...more,
          }),
          enrollment: (/** @type {object | undefined} */ more) => ({
            ...startTransaction(),
            credentialCreationOptions: {
              rp: { id: rpId(), name: "Fake" },
              user: { id: "ZmFrZS11c2Vy", name: "ada", displayName: "Ada" },
              challenge: "ZmFrZS1jaGFsbGVuZ2U",
              pubKeyCredParams: [{ type: "public-key", alg: -7 }],
              timeout: 60_000,
              excludeCredentials: [],
              authenticatorSelection: { residentKey: "required", userVerification: "preferred" },
              attestation: "none",
            },
            ...more,
          }),
        },
      )
    )
  );
};

const INITIATION = /\/(initiate|bc-authorize)$/;
const POLL = /\/token$/;
const TOTP = /\/totp(\/login)?$/;

/**
 * A response of AuthSec with an error.
 *
 * @param {unknown} step
 * @returns {Reply}
 */
const authSecError = (step) => ({ status: 400, json: { error: step } });

/**
 * See testing.d.cts.
 *
 * @param {FakeAuthSecOptions} [options]
 */
export const fakeAuthSec = (options) => {
  const { initiate = "ok", poll = "approved", totp = "ok", token = TOKEN, interval = 0.01, backend } = options ?? {};
  const [nextInitiate, nextPoll, nextTotp] = [initiate, poll, totp].map((steps) =>
    createSequence(/** @type {any} */ (steps), "ok"),
  );
  let started = 0;

  /** @type {[RegExp, string, (() => any) | undefined, string, () => object][]} */
  const routes = [
    [
      INITIATION,
      "initiate",
      nextInitiate,
      "ok",
      () => ({ auth_req_id: `fake-request-${++started}`, expires_in: 300, interval }),
    ],
    [POLL, "poll", nextPoll, "approved", () => ({ access_token: token, token_type: "Bearer" })],
    [TOTP, "totp", nextTotp, "ok", () => ({ success: true, token })],
  ];

  /** @type {Server} */
  const serve = async (request, record) => {
    const path = pathOf(request.url);
    const route = request.method == "POST" && routes.find(([pattern]) => pattern.test(path));
    if (!route) return;
    const { 1: kind, 2: next, 3: success, 4: succeed } = route;
    const step = await resolveStep(next?.(), request);
    record(step, { kind });
    if (step === success) return { status: 200, json: succeed() };
    if (step === "pending") return authSecError("authorization_pending");
    if (step === "invalid_code") return { status: 401, json: { success: false, message: "Invalid TOTP code" } };
    const reply = commonReply(step);
    if (reply) return reply;
    if (typeof step != "string") throw unknownStep(`fakeAuthSec({ ${kind} })`, step);
    return authSecError(step);
  };

  const paths = new RegExp([INITIATION, POLL, TOTP].map(({ source }) => source).join("|"));
  return /** @type {ReturnType<typeof import("./testing.d.ts").fakeAuthSec>} */ (
    /** @type {unknown} */ (createFake("fakeAuthSec", serve, { backend, paths }, {}))
  );
};
