// What one page does through a relay, whichever program it is: it approves, denies, lets expire, cancels, and enters codes,
// with AuthSec's workspace routes and with the standard's.

import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";

import { root } from "../../../scripts/run.mjs";
import { launchBrowser } from "./browser.mjs";
import { AS_AUTHSEC, startCloud, TOKEN, WITH_STANDARD_ROUTES } from "./cloud.mjs";
import { openPhone, otherThan } from "./phone.mjs";
import { watchPolicy } from "./policy.mjs";

const CLIENT_ID = "a-client";
const KEY_ID = "key-1";
/** Often, but not so often that the polls of a setting reach a limit of AuthSec: 30 requests a minute at each standard route. */
const POLL_SECONDS = 1;
/** For the push that nobody answers. */
const SHORT_REQUEST_SECONDS = 4;

/**
 * AuthSec, and the environment of a relay before it, besides what all have; `withKey` instead of the client's secret. `scope` is
 * that of a push's token: AuthSec grants what is asked for, and the local cloud says "push" where nothing is.
 */
const SETTINGS = {
  "AuthSec's workspace routes, HTTP Basic": { ciba: AS_AUTHSEC, env: { CIBA_ROUTES: "workspace" }, scope: "push" },
  "the standard's routes, HTTP Basic": { ciba: WITH_STANDARD_ROUTES, env: { CIBA_ROUTES: "oidc" }, scope: "openid" },
  "the standard's routes, private_key_jwt": {
    ciba: WITH_STANDARD_ROUTES,
    env: { CIBA_ROUTES: "oidc", CIBA_KEY_ID: KEY_ID },
    withKey: true,
    scope: "openid",
  },
  "tokens kept on the server": { ciba: AS_AUTHSEC, env: { CIBA_KEEP_TOKENS: "1" }, keepsTokens: true },
};

/**
 * Tests a relay.
 *
 * @param {{ name: string, startRelay: (env: Record<string, string>) => Promise<{ log(): string, stop(): Promise<void> }> }} relay
 *   `startRelay` starts its program with these environment variables: see docs/ciba-relay.md. It prints its address.
 */
export const testRelay = ({ name, startRelay }) =>
  describe(name, () => {
    let browser, folder;
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const pem = /** @type {string} */ (privateKey.export({ type: "pkcs8", format: "pem" }));

    before(async () => {
      browser = await launchBrowser();
      folder = await mkdtemp(join(tmpdir(), "webauthn-result-relay-"));
      await cp(fileURLToPath(new URL("./relay-page", import.meta.url)), join(folder, "page"), { recursive: true });
      await cp(join(root, "pkg/ciba.js"), join(folder, "page/ciba.js"));
      await writeFile(join(folder, "key.pem"), pem, { mode: 0o600 });
    });
    after(async () => {
      await browser?.close();
      if (folder) await rm(folder, { recursive: true });
    });

    /** Starts AuthSec and a relay before it. */
    const start = async ({ ciba, env, withKey, keepsTokens }, options) => {
      const cloud = await startCloud({
        ciba,
        pollSeconds: POLL_SECONDS,
        keys: { [CLIENT_ID]: [{ ...publicKey.export({ format: "jwk" }), kid: KEY_ID, alg: "ES256" }] },
        ...options,
      });
      const { workspace_id } = await cloud.ask("/_local/ciba/users", { email: "somebody@example.com" });
      const relay = await startRelay({
        PORT: "0",
        PAGE_FOLDER: join(folder, "page"),
        AUTHSEC_URL: cloud.baseUrl,
        CIBA_CLIENT_ID: CLIENT_ID,
        CIBA_WORKSPACE_ID: workspace_id,
        ...(withKey
          ? { CIBA_PRIVATE_KEY_FILE: join(folder, "key.pem") }
          : { CIBA_CLIENT_SECRET: cloud.clients[CLIENT_ID] }),
        ...env,
      });
      const origin = /^relay listening on (http:\S+)$/m.exec(relay.log())[1];
      return {
        cloud,
        relay,
        origin,
        keepsTokens,
        async stop() {
          await relay.stop();
          await cloud.stop();
        },
      };
    };

    /** A visitor on the relay's page, and the phone of an account of theirs. */
    const visit = async (t, place) => {
      const { cloud, origin } = place;
      const email = await cloud.newPerson();
      const context = await browser.newContext();
      const device = await browser.newContext();
      const page = await context.newPage();
      const errors = [];
      const exchanges = [];
      page.on("pageerror", (error) => errors.push(String(error)));
      page.on("requestfinished", (request) => exchanges.push(request));
      const violations = await watchPolicy(page);
      await page.goto(origin);
      await page.locator("#email").fill(email);
      const phone = await openPhone(device, cloud, email);
      const codes = [];
      t.after(async () => {
        try {
          assert.deepEqual([errors, violations], [[], []]);
          await assertNoSecret(exchanges, codes, email, place);
        } finally {
          await context.close();
          await device.close();
        }
      });
      const click = (id) => page.locator(`#${id}`).click();
      return {
        email,
        context,
        phone,
        click,
        /** Starts a push; resolves when the phone shows the page's message. */
        async push() {
          await click("push");
          await page.locator("#message").filter({ hasText: /\S/ }).waitFor();
          assert.equal(await phone.message(), await page.locator("#message").textContent());
        },
        async enter(code) {
          codes.push(code);
          await page.locator("#code").fill(code);
          await click("verify");
        },
        /** The result that the page shows, once there is one. */
        async result() {
          const result = page.locator("#result");
          await result.filter({ hasText: /\S/ }).waitFor();
          return JSON.parse(await result.textContent());
        },
        /** The `auth_req_id` of the page's latest push. */
        async authReqId() {
          const started = exchanges.findLast((request) => request.url().endsWith("/initiate"));
          return (await (await started.response()).json()).auth_req_id;
        },
      };
    };

    /**
     * Asserts that the page asked only the relay, that nothing it got has a secret of the client, and that the relay logged none,
     * and none of the page's.
     */
    const assertNoSecret = async (exchanges, codes, email, { cloud, relay, origin, keepsTokens }) => {
      const clientSecret = cloud.clients[CLIENT_ID];
      const credentials = Buffer.from(`${CLIENT_ID}:${clientSecret}`).toString("base64");
      const ofClient = [clientSecret, credentials, "client_assertion", pem.split("\n")[1]];
      const ofPage = new Set(codes);
      for (const request of exchanges) {
        if (request.url().startsWith("data:")) continue;
        assert.equal(new URL(request.url()).origin, origin, "the page asks only its own server");
        const response = await request.response();
        const text = await response.text();
        for (const secret of ofClient)
          assert.ok(!JSON.stringify([text, await response.allHeaders()]).includes(secret), request.url());
        if (request.method() !== "POST") continue;
        if (keepsTokens) assert.doesNotMatch(text, TOKEN, "the page got a token");
        const { auth_req_id, access_token, token } = JSON.parse(text);
        for (const secret of [auth_req_id, access_token, token]) if (secret) ofPage.add(secret);
      }
      assert.doesNotMatch(relay.log(), TOKEN, "the relay logged a token");
      for (const secret of [...ofClient, ...ofPage, email]) assert.ok(!relay.log().includes(secret), "the relay's log");
    };

    for (const [title, setting] of Object.entries(SETTINGS))
      describe(title, () => {
        let place;
        before(async () => (place = await start(setting)));
        after(() => place?.stop());

        /** Asserts that the page got a genuine token of this user, or a handle that is none. */
        const assertApproved = async ({ token }, email, scope) => {
          if (setting.keepsTokens) return assert.match(token, /^[\w-]{16,64}$/);
          assert.match(token, TOKEN);
          const claims = await place.cloud.introspectApproval(token);
          assert.deepEqual([claims.active, claims.email, claims.scope], [true, email, scope]);
        };

        test("a push that is approved gives a token", async (t) => {
          const visitor = await visit(t, place);
          await visitor.push();
          await visitor.phone.approve();
          const result = await visitor.result();
          assert.deepEqual(Object.keys(result), ["status", "token"]);
          assert.equal(result.status, "approved");
          await assertApproved(result, visitor.email, setting.scope);
        });

        test("a push that is denied is access_denied", async (t) => {
          const visitor = await visit(t, place);
          await visitor.push();
          await visitor.phone.deny();
          assert.equal((await visitor.result()).status, "access_denied");
        });

        test("a push that nobody answers is expired_token", async (t) => {
          const hasty = await start(setting, { requestSeconds: SHORT_REQUEST_SECONDS });
          t.after(() => hasty.stop());
          const visitor = await visit(t, hasty);
          await visitor.push();
          assert.equal((await visitor.result()).status, "expired_token");
        });

        test("a cancel ends the poll", async (t) => {
          const visitor = await visit(t, place);
          await visitor.push();
          await visitor.click("cancel");
          assert.deepEqual(await visitor.result(), { status: "cancelled" });
        });

        test("a wrong code leaves two attempts, and the right one gives a token", async (t) => {
          const visitor = await visit(t, place);
          const code = await visitor.phone.code();
          await visitor.enter(otherThan(code));
          const { success, error, remaining } = await visitor.result();
          assert.deepEqual({ success, error, remaining }, { success: false, error: "invalid_code", remaining: 2 });
          await visitor.enter(code);
          const passed = await visitor.result();
          assert.deepEqual([passed.success, passed.remaining], [true, 3]);
          await assertApproved(passed, visitor.email, "totp");
        });

        test("another session cannot poll for the token", async (t) => {
          const [visitor, thief] = [await visit(t, place), await visit(t, place)];
          await visitor.push();
          const auth_req_id = await visitor.authReqId();
          await visitor.phone.approve();
          const response = await thief.context.request.post(`${place.origin}/auth/ciba/token`, {
            headers: { Origin: place.origin },
            data: { auth_req_id },
          });
          assert.deepEqual([response.status(), (await response.json()).error], [400, "expired_token"]);
          assert.equal((await visitor.result()).status, "approved");
        });
      });
  });
