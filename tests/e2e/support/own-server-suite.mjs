// What a page and its own WebAuthn server do together, in any browser, and what the server refuses: docs/own-server.md.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { request as httpRequest } from "node:http";
import { after, before, beforeEach, describe, test } from "node:test";

import { launchBrowser, WILLING } from "./browser.mjs";
import { startStage } from "./own-server-stage.mjs";
import { TEXTS } from "./result-table.mjs";

/**
 * A browser in which each page has an authenticator and cookies of its own.
 *
 * @typedef {object} Browser
 * @property {(origin: string) => Promise<(act: Function, ...values: unknown[]) => Promise<any>>} open resolves to what evaluates a
 *   function without free variables in the page
 * @property {() => Promise<number>} [countPasskeys] how many the authenticator holds, in a browser that can remove one
 * @property {() => Promise<void>} stop
 */

/** @returns {Promise<Browser>} Chromium */
export const startChromium = async () => {
  const browser = await launchBrowser();
  let context, session, authenticatorId;
  return {
    async open(origin) {
      await context?.close();
      context = await browser.newContext();
      const page = await context.newPage();
      session = await context.newCDPSession(page);
      await session.send("WebAuthn.enable");
      ({ authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", { options: WILLING }));
      await page.goto(origin);
      return (act, ...values) =>
        page.evaluate(([source, given]) => new Function(`return (${source})`)()(...given), [String(act), values]);
    },
    countPasskeys: async () => (await session.send("WebAuthn.getCredentials", { authenticatorId })).credentials.length,
    stop: () => browser.close(),
  };
};

/** Evaluated in the page: calls a function of the example. Resolves to the result with its cause. */
const call = async (name, username, finalizeTimeout) => {
  const { configure } = await import(/** @type {string} */ ("/pkg/index.js"));
  const { causeOf } = await import(/** @type {string} */ ("/pkg/cause.js"));
  const example = await import(/** @type {string} */ ("/page.js"));
  configure({ finalizeTimeout: finalizeTimeout ?? 10_000 });
  const result = await example[name](username);
  return { result, cause: causeOf(result), copied: causeOf(JSON.parse(JSON.stringify(result))) };
};

const newUser = () => `user-${randomUUID()}`;

const assertResult = ({ result, cause, copied }, statusCode, expected) => {
  assert.equal(result.code.statusCode, statusCode, result.message);
  assert.equal(result.code.message, TEXTS[statusCode]);
  assert.deepEqual(Object.keys(result).sort(), ["code", "success", result.success ? "token" : "message"].sort());
  assert.equal(cause.cause, expected);
  assert.deepEqual(copied, cause, "the cause survives JSON");
};

/**
 * The flows of the page.
 *
 * @param {{ name: string, startBackend: import("./own-server-stage.mjs").StartBackend, startBrowser: () => Promise<Browser> }} place
 */
export const testFlows = ({ name, startBackend, startBrowser }) =>
  describe(name, { timeout: 300_000 }, () => {
    /** @type {Browser} */
    let browser;
    let stage, run;

    before(async () => {
      stage = await startStage(startBackend);
      browser = await startBrowser();
    });
    after(async () => {
      await browser?.stop();
      await stage?.stop();
    });
    beforeEach(async () => {
      stage.reset();
      run = await browser.open(stage.origin);
    });

    test("creates a passkey, and signs in by name and without one", async () => {
      const username = newUser();
      assertResult(await run(call, "createPasskey", username), "success-registration", "registered");
      assertResult(await run(call, "signIn", username), "success-authentication", "approved");
      assertResult(await run(call, "signIn"), "success-authentication", "approved");
    });

    test("a passkey of somebody else is refused, with the server's reason", async () => {
      await run(call, "createPasskey", newUser());
      const [{ credential }] = stage.sent("/api/finalize");
      const username = newUser();
      await run(call, "createPasskey", username);
      // The browser offers the first user's passkey for the second user's approval.
      stage.change("/api/approve", (approval) => {
        approval.credentialRequestOptions.allowCredentials = [{ type: "public-key", id: credential.id }];
        return approval;
      });
      const refused = await run(call, "signIn", username);
      assertResult(refused, "error-0002", "refused");
      assert.match(refused.result.message, /: This passkey is not known here\.$/);
    });

    test("a signature of another challenge is refused", async () => {
      const username = newUser();
      await run(call, "createPasskey", username);
      stage.change("/api/approve", (approval) => {
        approval.credentialRequestOptions.challenge = "AAAAAAAAAAAAAAAAAAAAAA";
        return approval;
      });
      const refused = await run(call, "signIn", username);
      assertResult(refused, "error-0002", "refused");
      assert.match(refused.result.message, /: The passkey could not be verified\.$/);
    });

    test("a registration that the server refused leaves no passkey behind", async () => {
      stage.change("/api/enroll", (enrollment) => {
        enrollment.credentialCreationOptions.challenge = "AAAAAAAAAAAAAAAAAAAAAA";
        return enrollment;
      });
      assertResult(await run(call, "createPasskey", newUser()), "error-1002", "refused");
      const end = Date.now() + 10_000;
      while (await browser.countPasskeys?.()) assert.ok(Date.now() < end, "the passkey is still there");
    });

    test("a lost response is recovered from the status, and the server decides once", async () => {
      const username = newUser();
      await run(call, "createPasskey", username);
      stage.reset();
      stage.lose("/api/finalize", "after");
      assertResult(await run(call, "signIn", username), "success-authentication", "approved");
      // A browser sends a request again by itself if its connection breaks, but never another credential.
      const [first, ...others] = stage.sent("/api/finalize");
      for (const other of others) assert.deepEqual(other, first);
      assert.ok(stage.sent("/api/status").length > 0);
    });

    test("a refusal whose response is lost is recovered, too", async () => {
      await run(call, "createPasskey", newUser());
      const [{ credential }] = stage.sent("/api/finalize");
      const username = newUser();
      await run(call, "createPasskey", username);
      stage.change("/api/approve", (approval) => {
        approval.credentialRequestOptions.allowCredentials = [{ type: "public-key", id: credential.id }];
        return approval;
      });
      stage.lose("/api/finalize", "after");
      assertResult(await run(call, "signIn", username), "error-0002", "refused");
    });

    test("a request that did not arrive is sent again, with the same credential, since the status is pending", async () => {
      const username = newUser();
      await run(call, "createPasskey", username);
      stage.reset();
      // Enough for what the browser repeats by itself.
      stage.lose("/api/finalize", "before", 2);
      assertResult(await run(call, "signIn", username), "success-authentication", "approved");
      const sent = stage.sent("/api/finalize");
      assert.ok(sent.length >= 2, String(sent.length));
      for (const other of sent) assert.deepEqual(other, sent[0]);
    });

    test("without a response and without a status the outcome is unknown", async () => {
      const username = newUser();
      await run(call, "createPasskey", username);
      stage.lose("/api/finalize", "after");
      stage.lose("/api/status", "before");
      const unknown = await run(call, "signIn", username, 1000);
      assertResult(unknown, "error-0002", "outcomeUnknown");
      assert.match(unknown.result.message, /\(outcome unknown: check the status from your backend before retrying\)$/);
    });
  });

/**
 * What the server refuses, and what its operator reads.
 *
 * @param {{ name: string, startBackend: import("./own-server-stage.mjs").StartBackend,
 *   runBackend: (env: object) => { status: number | null, stdout: string, stderr: string } }} place
 */
export const testRefusals = ({ name, startBackend, runBackend }) =>
  describe(`${name}: refuses`, { timeout: 120_000 }, () => {
    let stage;
    before(async () => (stage = await startStage(startBackend)));
    after(() => stage?.stop());

    /** A request without a browser. */
    const send = (path, body, { headers = {}, method = "POST" } = {}) =>
      new Promise((resolve, reject) => {
        const { hostname, port } = new URL(stage.address);
        const own = { Origin: stage.origin, "Content-Type": "application/json", ...headers };
        const given = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined));
        const request = httpRequest({ hostname, port, path, method, headers: given }, async (response) => {
          const chunks = [];
          for await (const chunk of response) chunks.push(chunk);
          const cookie = (response.headers["set-cookie"] ?? []).map((text) => text.split(";")[0]).join("; ");
          resolve({
            status: response.statusCode,
            cookies: response.headers["set-cookie"] ?? [],
            cookie,
            body: JSON.parse(Buffer.concat(chunks).toString()),
          });
        });
        request.on("error", reject);
        request.end(body && JSON.stringify(body));
      });

    const assertError = ({ status, body }, expected, error) => {
      assert.deepEqual([status, body.error], [expected, error]);
      assert.ok(body.message);
    };

    test("requests of other pages, hosts, methods and types", async () => {
      const body = { username: newUser() };
      for (const Origin of ["https://other.example", undefined, "null"])
        assertError(await send("/api/enroll", body, { headers: { Origin } }), 403, "not_own_page");
      assertError(await send("/api/enroll", body, { headers: { Host: "other.example" } }), 421, "unknown_host");
      assertError(await send("/api/enroll", body, { method: "PUT" }), 405, "method_not_allowed");
      assertError(await send("/api/other", body), 404, "no_such_route");
      const form = { "Content-Type": "application/x-www-form-urlencoded" };
      assertError(await send("/api/enroll", body, { headers: form }), 415, "unsupported_media_type");
    });

    test("names that are none, and those of nobody", async () => {
      for (const username of ["", 7, null, "two words", "a".repeat(65), { name: "zoe" }])
        assertError(await send("/api/enroll", { username }), 400, "invalid_username");
      assertError(await send("/api/approve", { username: newUser() }), 404, "unknown_user");
    });

    test("another visitor's transaction", async () => {
      const { body } = await send("/api/approve", {});
      for (const path of ["/api/finalize", "/api/status"])
        for (const statusToken of [body.statusToken, "made-up"])
          assertError(await send(path, { statusToken, credential: {} }), 404, "unknown_transaction");
      for (const path of ["/api/finalize", "/api/status"])
        for (const statusToken of [undefined, "", 7])
          assertError(await send(path, { statusToken }), 400, "invalid_request");
    });

    test("what is no credential, once: the decision stays", async () => {
      const { cookie, body } = await send("/api/enroll", { username: newUser() });
      const { statusToken } = body;
      const headers = { Cookie: cookie };
      assert.deepEqual((await send("/api/status", { statusToken }, { headers })).body, { status: "pending" });
      const errorMessage = "The passkey could not be verified.";
      for (const credential of [{ id: "AQ" }, undefined, "text", null])
        assert.deepEqual((await send("/api/finalize", { statusToken, credential }, { headers })).body, {
          errorMessage,
        });
      const { body: status } = await send("/api/status", { statusToken }, { headers });
      assert.deepEqual(status, { status: "failed", errorMessage });
    });

    test("the cookie of a visit is for this site's own requests, and no script can read it", async () => {
      const { cookies } = await send("/api/approve", {});
      assert.equal(cookies.length, 1);
      assert.match(cookies[0], /^visit=[^;]+/);
      for (const attribute of [/; HttpOnly/i, /; SameSite=Strict/i, /; Path=\//i]) assert.match(cookies[0], attribute);
    });

    test("more than 20 registrations of a visitor in five minutes", async () => {
      let headers = {};
      for (let count = 0; count < 20; count++) {
        const { status, cookie } = await send("/api/enroll", { username: newUser() }, { headers });
        assert.equal(status, 200);
        if (!headers.Cookie) headers = { Cookie: cookie };
      }
      assertError(await send("/api/enroll", { username: newUser() }, { headers }), 429, "too_many_requests");
    });

    test("options have what WebAuthn needs", async () => {
      const username = newUser();
      const { credentialCreationOptions: creation } = (await send("/api/enroll", { username })).body;
      assert.equal(creation.rp.id, "localhost");
      assert.equal(creation.user.name, username);
      assert.equal(creation.authenticatorSelection.residentKey, "required");
      assert.equal(creation.authenticatorSelection.userVerification, "required");
      const { credentialRequestOptions: request } = (await send("/api/approve", {})).body;
      assert.equal(request.rpId, "localhost");
      assert.equal(request.userVerification, "required");
      for (const { challenge } of [creation, request]) assert.ok(Buffer.from(challenge, "base64url").length >= 16);
    });

    test("a wrong environment, with a sentence for each variable", () => {
      const lines = (env) => {
        const { status, stdout, stderr } = runBackend(env);
        assert.deepEqual([status, stdout], [1, ""]);
        return stderr.trimEnd().split("\n");
      };
      const none = { ORIGIN: "", PORT: "", SESSION_SECONDS: "" };
      assert.deepEqual(lines(none), [
        "ORIGIN is not set. Set it to the origin of your page, such as http://localhost:5173.",
      ]);
      assert.deepEqual(lines({ ORIGIN: "http://localhost:80", PORT: "65536", SESSION_SECONDS: "0" }), [
        "ORIGIN must be an origin as browsers write it, such as https://shop.example.",
        "PORT must be a number from 0 to 65535.",
        "SESSION_SECONDS must be a number from 1 to 31536000.",
      ]);
    });

    test("a port that is taken, with a sentence", () => {
      const { port } = new URL(stage.address);
      const { status, stdout, stderr } = runBackend({ ...stage.settings, PORT: port });
      assert.deepEqual(
        [status, stdout, stderr],
        [1, "", `Cannot listen on 127.0.0.1:${port}: another program uses this port. Set PORT to another one.\n`],
      );
    });
  });
