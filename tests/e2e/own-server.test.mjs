// What the setting `finalize` gets and what it may resolve to, with a WebAuthn server of the page's own and no cloud:
// docs/contract.md, section A7. The flows are in own-server-node.test.mjs and own-server-rust.test.mjs.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";

import { root } from "../../scripts/run.mjs";
import { launchBrowser, WILLING } from "./support/browser.mjs";
import { freePorts, startServer } from "./support/processes.mjs";

describe("the setting finalize", { timeout: 120_000 }, () => {
  let backend, origin, browser, page;

  before(async () => {
    const [port] = await freePorts(1);
    origin = `http://localhost:${port}`;
    backend = await startServer(process.execPath, [join(root, "docs/examples/own-server.mjs")], {
      ORIGIN: origin,
      PORT: String(port),
    });
    browser = await launchBrowser();
  });

  after(async () => {
    await browser?.close();
    await backend?.stop();
  });

  beforeEach(async () => {
    await page?.context().close();
    page = await (await browser.newContext()).newPage();
    await page.route(`${origin}/`, (route) => route.fulfill({ contentType: "text/html", body: "<title>Shop</title>" }));
    await page.route("**/pkg/*.js", async (route) => {
      const name = new URL(route.request().url()).pathname.slice(1);
      await route.fulfill({ contentType: "text/javascript", body: await readFile(join(root, name), "utf8") });
    });
    const session = await page.context().newCDPSession(page);
    await session.send("WebAuthn.enable");
    await session.send("WebAuthn.addVirtualAuthenticator", { options: WILLING });
    await page.goto(`${origin}/`);
  });

  const newUser = () => `user-${randomUUID()}`;

  test("the credential is what toJSON() returns, also in a browser without it", async () => {
    const seen = await page.evaluate(async (username) => {
      const { authenticate, register } = await import("/pkg/index.js");
      const post = async (path, body) =>
        (
          await fetch(path, {
            method: "POST",
            headers: { "Content-Type": "application/json" },
            body: JSON.stringify(body),
          })
        ).json();
      const native = [];
      const ours = [];
      const { toJSON } = PublicKeyCredential.prototype;
      for (const name of ["get", "create"]) {
        const original = navigator.credentials[name].bind(navigator.credentials);
        navigator.credentials[name] = async (options) => {
          const credential = await original(options);
          native.push(toJSON.call(credential));
          return credential;
        };
      }
      delete PublicKeyCredential.prototype.toJSON;
      const settings = {
        finalize: async (credential, { statusToken, signal }) => {
          ours.push(credential);
          return post("/api/finalize", { statusToken, credential }, signal);
        },
      };
      const enrollment = await post("/api/enroll", { username });
      // With outputs of extensions: a boolean, and bytes.
      enrollment.credentialCreationOptions.extensions = { credProps: true, prf: { eval: { first: "c2FsdA" } } };
      const results = [await register(enrollment, settings)];
      const approval = await post("/api/approve", { username });
      approval.credentialRequestOptions.extensions = { prf: { eval: { first: "c2FsdA" } } };
      results.push(await authenticate(approval, settings));
      return { native, ours, results };
    }, newUser());
    assert.deepEqual(
      seen.results.map(({ code }) => code.statusCode),
      ["success-registration", "success-authentication"],
      JSON.stringify(seen.results),
    );
    assert.deepEqual(seen.ours, seen.native);
  });

  test("neither statusToken nor userId nor baseUrl is needed, and options may be wrapped", async () => {
    const seen = await page.evaluate(async (username) => {
      const { register } = await import("/pkg/index.js");
      const response = await fetch("/api/enroll", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ username }),
      });
      const { credentialCreationOptions } = await response.json();
      const contexts = [];
      const finalize = (_credential, context) => {
        contexts.push(Object.keys(context), context.signal instanceof AbortSignal);
        return { token: "T" };
      };
      const result = await register(
        { credentialCreationOptions: { publicKey: credentialCreationOptions } },
        { finalize },
      );
      return { result, contexts };
    }, newUser());
    assert.equal(seen.result.token, "T", seen.result.message);
    assert.deepEqual(seen.contexts, [["statusToken", "signal"], true]);
  });

  test("a page without an origin needs no baseUrl: neither a call with finalize, nor outcome() with status", async () => {
    const seen = await page.evaluate(async (username) => {
      const { outcome, register } = await import("/pkg/index.js");
      const response = await fetch("/api/enroll", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ username }),
      });
      const enrollment = await response.json();
      // As in a sandboxed frame, or in a file.
      Object.defineProperty(globalThis, "origin", { value: "null" });
      const queries = [];
      const status = (query) => {
        queries.push(query);
        return { status: "succeeded", token: "T" };
      };
      const results = [
        await register(enrollment, { finalize: () => ({ token: "T" }) }),
        await outcome({ statusToken: "S" }, { status }),
        await outcome({ statusToken: "S" }),
        await outcome({ statusToken: "S" }, { status: undefined }),
        await register(enrollment, { status }),
      ];
      return { queries, results: results.map(({ code, message }) => [code.statusCode, message]) };
    }, newUser());
    const missing =
      "settings.baseUrl must be an https URL, a path of the page's own origin, or http on a loopback host, but is missing";
    assert.deepEqual(seen.results, [
      ["success-registration", undefined],
      ["success-authentication", undefined],
      ["error-0099", missing],
      ["error-0099", missing],
      ["error-1099", missing],
    ]);
    assert.deepEqual(seen.queries, [{ statusToken: "S" }]);
  });

  for (const [what, finalize] of /** @type {const} */ ([
    ["throws", "() => { throw new TypeError('no'); }"],
    ["rejects", "async () => { throw new TypeError('no'); }"],
    ["never settles", "() => new Promise(() => {})"],
    ["resolves to undefined", "async () => undefined"],
    ["resolves to an empty token", "async () => ({ token: '' })"],
    ["resolves to an object with getters that throw", "async () => ({ get token() { throw new Error('no'); } })"],
  ]))
    test(`a finalize that ${what} leaves the outcome unknown`, async () => {
      const result = await page.evaluate(
        async ([username, source]) => {
          const { register } = await import("/pkg/index.js");
          const response = await fetch("/api/enroll", {
            method: "POST",
            headers: { "Content-Type": "application/json" },
            body: JSON.stringify({ username }),
          });
          // biome-ignore lint/security/noGlobalEval: the function of a page.
          return register(await response.json(), { finalize: eval(source), finalizeTimeout: 500 });
        },
        [newUser(), finalize],
      );
      assert.equal(result.code.statusCode, "error-1002");
      assert.match(result.message, /\(outcome unknown: /);
    });
});
