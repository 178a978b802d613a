// `fakeAuthSec` of `webauthn-result/testing`: plays an AuthSec server, or a relay in front of one.

import { TOKEN } from "./testing-results.js";
import { commonReply, createFake, pathOf, resolveStep, unknownStep } from "./testing-server.js";
import { createSequence } from "./testing-steps.js";

/** @import { FakeAuthSecOptions } from "./testing.d.ts" */
/** @import { Reply, Server } from "./testing-server.js" */

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
