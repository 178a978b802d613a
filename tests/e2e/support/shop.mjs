// A shop with its Authentication Cloud, both real and both new: servers, and the calls that only a shop's server makes.

import { randomUUID } from "node:crypto";
import { join } from "node:path";

import { root } from "../../../scripts/run.mjs";
import { startCloud, stopServer } from "./cloud.mjs";
import { freePorts, startServer } from "./processes.mjs";

/** Starts the page's server and the cloud, which takes the same options as in cloud.mjs. */
export const startShop = async (options) => {
  const [pagePort] = await freePorts(1);
  const origin = `http://localhost:${pagePort}`;
  const cloud = await startCloud({ origin, ...options });
  const { baseUrl, phoneUrl, accessKey, ask, post } = cloud;
  const backend = await startServer(process.execPath, [join(root, "www/backend.mjs"), "--port", String(pagePort)], {
    LOCAL_CLOUD_ACCESS_KEY: accessKey,
    CLOUD_URL: baseUrl,
    PHONE_URL: phoneUrl,
  });

  const commit = async (transactionId, faults) => {
    if (faults.length) await ask("/_local/faults", { transactionId, faults });
  };

  const shop = {
    ...cloud,
    origin,

    /**
     * Starts a registration, of a new user where none is named; what `register` takes, and whose it is.
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
     * Starts an approval, for whoever has the passkey where no user is named; what `authenticate` takes.
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

    /** Starts what the ceremony `name` is for: an approval by `user`, or a registration of somebody new. */
    start: (name, user, more) =>
      name === "authenticate"
        ? shop.approve({ ...user, ...more })
        : // Authenticators keep few discoverable passkeys.
          shop.enroll({ options: { authenticatorSelection: { residentKey: "discouraged" } }, ...more }),

    /** What the cloud says of a transaction token. */
    introspect: (token) => ask("/api/v1/introspect", new URLSearchParams({ token })),

    /** What became of a transaction. */
    status: (statusToken) => ask("/api/v1/status", { statusToken }),

    /** The same, where answers that were asked to be faulty may be left over. */
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
    },
  };
  return shop;
};
