// A WebAuthn server of the page's own, docs/examples/own-server.mjs with @simplewebauthn/server, and no cloud:
// docs/contract.md, section A7.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";

import { root } from "../../scripts/run.mjs";
import { launchBrowser, WILLING } from "./support/browser.mjs";
import { freePorts, startServer } from "./support/processes.mjs";
import { TEXTS } from "./support/result-table.mjs";

describe("a shop with a WebAuthn server of its own", { timeout: 120_000 }, () => {
  let backend, origin, browser, page, session, authenticatorId;

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
    await page.route("**/page.js", async (route) => {
      const text = await readFile(join(root, "docs/examples/own-server/page.js"), "utf8");
      await route.fulfill({
        contentType: "text/javascript",
        body: text.replace('"webauthn-result"', '"/pkg/index.js"'),
      });
    });
    session = await page.context().newCDPSession(page);
    await session.send("WebAuthn.enable");
    ({ authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", { options: WILLING }));
    await page.goto(`${origin}/`);
  });

  /** Calls a function of the example's page. Resolves to the result with its cause. */
  const call = (name, username) =>
    page.evaluate(
      async ([called, argument]) => {
        const example = await import("/page.js");
        const { causeOf } = await import("/pkg/cause.js");
        const result = await example[called](argument);
        return { result, cause: causeOf(result), copied: causeOf(JSON.parse(JSON.stringify(result))) };
      },
      [name, username],
    );

  const newUser = () => `user-${randomUUID()}`;

  const assertResult = ({ result, cause, copied }, statusCode, expected) => {
    assert.equal(result.code.statusCode, statusCode, result.message);
    assert.equal(result.code.message, TEXTS[statusCode]);
    assert.deepEqual(Object.keys(result), ["success", "code", result.success ? "token" : "message"]);
    assert.equal(cause.cause, expected);
    assert.deepEqual(copied, cause, "the cause survives JSON");
  };

  /** Fails the next requests to a route, `before` or `after` the backend has handled them. */
  const lose = async (path, when, times = Infinity) => {
    const seen = [];
    await page.route(`**${path}`, async (route) => {
      seen.push(route.request().postDataJSON());
      if (seen.length > times) return route.continue();
      if (when === "after") await route.fetch();
      await route.abort();
    });
    return seen;
  };

  test("creates a passkey, and signs in by name and without one", async () => {
    const username = newUser();
    assertResult(await call("createPasskey", username), "success-registration", "registered");
    assertResult(await call("signIn", username), "success-authentication", "approved");
    assertResult(await call("signIn"), "success-authentication", "approved");
  });

  test("a passkey of somebody else is refused, with the server's reason", async () => {
    await call("createPasskey", newUser());
    const { credentials } = await session.send("WebAuthn.getCredentials", { authenticatorId });
    const username = newUser();
    await page.context().clearCookies();
    await call("createPasskey", username);
    // The browser offers the first user's passkey for the second user's approval.
    await page.route("**/api/approve", async (route) => {
      const response = await route.fetch();
      const approval = await response.json();
      const id = Buffer.from(credentials[0].credentialId, "base64").toString("base64url");
      approval.credentialRequestOptions.allowCredentials = [{ type: "public-key", id }];
      await route.fulfill({ response, json: approval });
    });
    const refused = await call("signIn", username);
    assertResult(refused, "error-0002", "refused");
    assert.match(refused.result.message, /: This passkey is not known here\.$/);
  });

  test("a lost response is recovered from the status, and the server decides once", async () => {
    const username = newUser();
    await call("createPasskey", username);
    const sent = await lose("/api/finalize", "after");
    assertResult(await call("signIn", username), "success-authentication", "approved");
    assert.equal(sent.length, 1, "the server has decided, so nothing is sent again");
  });

  test("a request that did not arrive is sent again, with the same credential, since the status is pending", async () => {
    const username = newUser();
    await call("createPasskey", username);
    const sent = await lose("/api/finalize", "before", 1);
    assertResult(await call("signIn", username), "success-authentication", "approved");
    assert.equal(sent.length, 2);
    assert.deepEqual(sent[0], sent[1]);
  });

  test("without a response and without a status the outcome is unknown, and nothing is sent again", async () => {
    const username = newUser();
    await call("createPasskey", username);
    const sent = await lose("/api/finalize", "after");
    await lose("/api/status", "before");
    const result = await page.evaluate(async (name) => {
      const { configure } = await import("/pkg/index.js");
      configure({ finalizeTimeout: 1000 });
      const { signIn } = await import("/page.js");
      return signIn(name);
    }, username);
    assert.equal(result.code.statusCode, "error-0002");
    assert.match(result.message, /\(outcome unknown: check the status from your backend before retrying\)$/);
    assert.equal(sent.length, 1);
  });

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
