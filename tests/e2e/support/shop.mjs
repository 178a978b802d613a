// A shop with its Authentication Cloud, both real and both new: servers, and the calls that only a shop's server makes.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { existsSync, rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { root, target } from "../../../scripts/run.mjs";
import { freePorts, startServer } from "./processes.mjs";

/** Any signed token: none may ever be in a log. */
export const TOKEN = /eyJ[\w-]{10,}\.[\w-]+\.[\w-]+/;

const CLOUD = join(target, "debug/local-cloud");

/** Starts the page's server and the cloud. Requests to phones live so long, and may be polled so often, in seconds. */
export const startShop = async ({ requestSeconds = 60, pollSeconds = 0.2 } = {}) => {
  assert.ok(existsSync(CLOUD), "build the cloud first: cargo build --package local-cloud");
  const folder = await mkdtemp(join(tmpdir(), "webauthn-result-e2e-"));
  const forget = () => rmSync(folder, { recursive: true, force: true });
  process.on("exit", forget);
  const accessKey = randomUUID();
  const [pagePort, cloudPort, phonePort] = await freePorts(3);
  const origin = `http://localhost:${pagePort}`;
  const baseUrl = `http://localhost:${cloudPort}`;
  const phoneUrl = `http://localhost:${phonePort}`;
  const env = { LOCAL_CLOUD_ACCESS_KEY: accessKey, CLOUD_URL: baseUrl, PHONE_URL: phoneUrl };
  const ports = ["--port", String(cloudPort), "--phone-port", String(phonePort)];
  const times = ["--request-seconds", String(requestSeconds), "--poll-seconds", String(pollSeconds)];
  const servers = [
    await startServer(CLOUD, [...ports, ...times, "--data", folder, "--origin", origin], env),
    await startServer(process.execPath, [join(root, "www/backend.mjs"), "--port", String(pagePort)], env),
  ];

  const post = (path, body) => {
    const form = body instanceof URLSearchParams;
    return fetch(baseUrl + path, {
      method: "POST",
      headers: {
        Authorization: `Bearer ${accessKey}`,
        "Content-Type": form ? "application/x-www-form-urlencoded" : "application/json",
      },
      body: form ? body : JSON.stringify(body),
    });
  };
  const ask = async (path, body) => {
    const response = await post(path, body);
    const text = await response.text();
    assert.ok(response.ok, `${path} answered ${response.status}: ${text}`);
    return text && JSON.parse(text);
  };
  const commit = async (transactionId, faults) => {
    if (faults.length) await ask("/_local/faults", { transactionId, faults });
  };

  const shop = {
    origin,
    baseUrl,
    phoneUrl,

    /**
     * Starts a registration, of a new user where none is named; what `register` takes, and whose it is.
     *
     * @param {{ username?: string, faults?: object[], options?: object, authenticatorName?: string }} [transaction]
     */
    async enrol({ username = `user-${randomUUID()}`, faults = [], options, authenticatorName } = {}) {
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
          shop.enrol({ options: { authenticatorSelection: { residentKey: "discouraged" } }, ...more }),

    /** What the cloud says of a transaction token. */
    introspect: (token) => ask("/api/v1/introspect", new URLSearchParams({ token })),

    /** Makes a person with a phone. */
    newPerson: (email) => ask("/_local/ciba/users", { email }),

    /** What the CIBA service says of a token of its own. */
    introspectApproval: (token) => ask("/_local/ciba/introspect", new URLSearchParams({ token })),

    /** Faults in what this person's page asks of the CIBA service. */
    commitFor: (email, ...faults) => ask("/_local/faults", { email, faults }),

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

    /** Stops both servers and removes what they wrote; what they logged must hold no secret. */
    async stop() {
      for (const server of servers) await server.stop();
      process.off("exit", forget);
      forget();
      for (const server of servers) {
        assert.doesNotMatch(server.log(), TOKEN, "a server logged a token");
        assert.ok(!server.log().includes(accessKey), "a server logged the access key");
      }
    },
  };
  return shop;
};
