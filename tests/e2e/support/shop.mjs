// A shop with its Authentication Cloud, as new servers, and the calls of a shop's backend.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { join } from "node:path";

import { root } from "../../../scripts/run.mjs";
import { startCloud, stopServer } from "./cloud.mjs";
import { freePorts, startServer } from "./processes.mjs";

/** Starts the page's server and the cloud, with the options of cloud.mjs. */
export const startShop = async (options) => {
  const [pagePort] = await freePorts(1);
  const origin = `http://localhost:${pagePort}`;
  const cloud = await startCloud({ origin, ...options });
  const { baseUrl, phoneUrl, accessKey, ask, post } = cloud;
  const clientSecret = cloud.clients["harbour-and-pine"];
  const { workspace_id } = await ask("/_local/ciba/users", { email: "somebody@example.com" });
  const backend = await startServer(process.execPath, [join(root, "www/backend.mjs"), "--port", String(pagePort)], {
    LOCAL_CLOUD_ACCESS_KEY: accessKey,
    CIBA_CLIENT_SECRET: clientSecret,
    CIBA_WORKSPACE_ID: workspace_id,
    CLOUD_URL: baseUrl,
    PHONE_URL: phoneUrl,
  });

  const commit = async (transactionId, faults) => {
    if (faults.length) await ask("/_local/faults", { transactionId, faults });
  };

  const shop = {
    ...cloud,
    origin,
    /** The secret of the shop's client at AuthSec. */
    clientSecret,

    /**
     * Starts a registration, of a new user by default. Resolves to the argument of `register`, and the user.
     *
     * @param {{ username?: string, faults?: object[], options?: object, authenticatorName?: string }} [transaction]
     */
    async enroll({ username = `user-${randomUUID()}`, faults = [], options, authenticatorName } = {}) {
      const { userId, authenticators, enrollment } = await ask("/api/v1/users/enroll", {
        username,
        displayName: "A customer",
        channel: "fido2",
        fido2Options: options,
      });
      await commit(enrollment.transactionId, faults);
      const { credentialCreationOptions, statusToken } = enrollment;
      return {
        user: { username, userId, authenticators },
        argument: { credentialCreationOptions, statusToken, authenticatorName },
      };
    },

    /**
     * Starts an approval, for any user by default. Resolves to the argument of `authenticate`.
     *
     * @param {{ username?: string, faults?: object[], options?: object }} [transaction]
     */
    async approve({ username, faults = [], options } = {}) {
      const { transactionId, userId, statusToken, credentialRequestOptions } = await ask("/api/v1/approval", {
        username,
        channel: "fido2",
        fido2Options: options,
      });
      await commit(transactionId, faults);
      return { argument: { credentialRequestOptions, userId, statusToken } };
    },

    /** Starts a transaction for `name`: an approval by `user`, or a registration of a new user. */
    start: (name, user, more) =>
      name === "authenticate"
        ? shop.approve({ ...user, ...more })
        : // Authenticators keep few discoverable passkeys.
          shop.enroll({ options: { authenticatorSelection: { residentKey: "discouraged" } }, ...more }),

    /** The cloud's introspection of a transaction token. */
    introspect: (token) => ask("/api/v1/introspect", new URLSearchParams({ token })),

    /** The status of a transaction. */
    status: (statusToken) => ask("/api/v1/status", { statusToken }),

    /** The same, after any faults that no request met. */
    async statusBehindFaults(statusToken) {
      let status;
      while (!status?.transactionId)
        status = await post("/api/v1/status", { statusToken })
          .then((response) => response.json())
          .catch(() => {});
      return status;
    },

    async stop() {
      await Promise.all([cloud.stop(), stopServer(backend, accessKey)]);
      assert.ok(!backend.log().includes(clientSecret), "the shop logged the client's secret");
    },
  };
  return shop;
};
