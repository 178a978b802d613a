// Without WebAuthn: error-0005 and error-1005, checked at each call; and what `support()` resolves to.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import { pathToFileURL } from "node:url";

import { root } from "../../scripts/run.mjs";
import { assertFailure, assertSuccess, CEREMONIES, names, TEXTS } from "./support/result-table.mjs";
import { useShop } from "./support/setting.mjs";

const { shop, open, borrow } = useShop();
const packageFile = join(root, "pkg/index.js");

const NOTHING = { webauthn: false, platformAuthenticator: false, autofill: false, capabilities: {} };

/** Calls the module in a frame of the shop's own origin whose permissions policy is `allow`. */
const openFrame = async (page, allow) => {
  const frame = await page.openFrame(allow);
  return (ceremony, argument) =>
    frame.evaluate(
      async ([call, given, baseUrl]) => e2e.observe(await e2e.module[call](given, { baseUrl })),
      [ceremony, argument, shop.baseUrl],
    );
};

describe("in a frame whose permissions policy forbids it", () => {
  const features = {
    authenticate: "publickey-credentials-get",
    register: "publickey-credentials-create",
  };
  for (const name of names)
    test(`${name} is error-0005 or error-1005, only for the forbidden ceremony`, async (t) => {
      const page = await open(t);
      const user = await page.newUser();
      const [other] = names.filter((candidate) => candidate !== name);
      const callInFrame = await openFrame(page, `${features[name]} 'none'`);
      const outcome = await callInFrame(name, (await shop.start(name, user)).argument);
      assertFailure(outcome, name, "05", /Permissions Policy/);
      assertSuccess(await callInFrame(other, (await shop.start(other, user)).argument), other);
    });
});

test("in an insecure context, which the message names", async (t) => {
  const { user } = await borrow(t);
  // Chromium hides the whole API there.
  const url = "http://insecure.test/";
  const page = await open(t, {
    url,
    async prepare(page) {
      await page.route(`${url}**`, async (route) =>
        new URL(route.request().url()).pathname === "/pkg/index.js"
          ? route.fulfill({ body: await readFile(packageFile), contentType: "text/javascript" })
          : route.fulfill({ body: "<!doctype html><title>Insecure</title>", contentType: "text/html" }),
      );
    },
  });
  assert.equal(await page.page.evaluate(() => isSecureContext), false);
  for (const name of names) {
    const outcome = await page.call(name, (await shop.start(name, user)).argument);
    assertFailure(outcome, name, "05", /serve it over HTTPS/);
    assert.deepEqual(outcome.stages, []);
  }
  assert.deepEqual(await page.page.evaluate(() => e2e.module.support()), NOTHING);
});

describe("in a browser that has", () => {
  const browsers = {
    "no PublicKeyCredential": () => delete globalThis.PublicKeyCredential,
    "no navigator.credentials": () => Object.defineProperty(Navigator.prototype, "credentials", { value: undefined }),
    "neither get nor create": () => {
      for (const method of ["get", "create"]) delete CredentialsContainer.prototype[method];
    },
  };
  for (const [title, prepare] of Object.entries(browsers))
    test(`${title}: checked at each call`, async (t) => {
      const page = await open(t);
      const user = await page.newUser();
      await page.page.evaluate(prepare);
      for (const name of names) {
        const outcome = await page.call(name, (await shop.start(name, user)).argument);
        assertFailure(outcome, name, "05");
        assert.deepEqual(outcome.stages, []);
        assert.deepEqual(page.finalizations(name, (await shop.start(name, user)).argument), []);
      }
    });

  test("no WebAuthn, support() says so, and that it is there in a browser that has it", async (t) => {
    const page = await open(t);
    const { capabilities, ...found } = await page.page.evaluate(() => e2e.module.support());
    assert.deepEqual(found, { webauthn: true, platformAuthenticator: true, autofill: true });
    assert.equal(capabilities.conditionalGet, true);
    await page.page.evaluate(() => delete globalThis.PublicKeyCredential);
    assert.deepEqual(await page.page.evaluate(() => e2e.module.support()), NOTHING);
  });

  test("support() resolves even if the methods of PublicKeyCredential fail", async (t) => {
    const page = await open(t);
    await page.page.evaluate(() => {
      PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable = async () => {
        throw new Error("broken");
      };
      PublicKeyCredential.isConditionalMediationAvailable = undefined;
    });
    const found = await page.page.evaluate(() => e2e.module.support());
    assert.deepEqual({ ...found, capabilities: {} }, { ...NOTHING, webauthn: true });
  });
});

describe("in server-side rendering", () => {
  for (const name of names)
    test(`${name} checks no argument and resolves at once`, async () => {
      const module = await import(pathToFileURL(packageFile));
      const unreadable = new Proxy({}, { get: () => assert.fail("an argument was looked at") });
      for (const argument of [undefined, {}, unreadable]) {
        const result = await module[name](argument);
        const statusCode = `${CEREMONIES[name].prefix}05`;
        assert.deepEqual(Object.keys(result), ["success", "code", "message"]);
        assert.deepEqual(result.code, { statusCode, message: TEXTS[statusCode] });
        assert.equal(result.success, false);
        assert.match(result.message, /\S/);
      }
    });

  test("importing, ready(), cancel() and support() have no side effects", async () => {
    const module = await import(pathToFileURL(packageFile));
    await module.ready();
    module.cancel();
    assert.deepEqual(await module.support(), NOTHING);
  });
});
