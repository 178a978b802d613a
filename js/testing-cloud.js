// `fakeCloud` of `webauthn-result/testing`: plays the Authentication Cloud.

import { TOKEN } from "./testing-results.js";
import { commonReply, createFake, pathOf, resolveStep, unknownStep } from "./testing-server.js";
import { createSequence } from "./testing-steps.js";

/** @import { FakeCloudOptions } from "./testing.d.ts" */
/** @import { Server } from "./testing-server.js" */

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
        { backend, paths, see: "options backend and statusUrl" },
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
              pubKeyCredParams: [-7, -257].map((alg) => ({ type: "public-key", alg })),
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
