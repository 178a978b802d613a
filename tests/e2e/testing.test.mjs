// `webauthn-result/testing` in Chromium: virtualAuthenticator() against the local cloud, and fakePasskeys() in place of the browser's.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { virtualAuthenticator } from "../../pkg/testing.js";
import { BARE_PAGE } from "./support/browser.mjs";
import { useShop } from "./support/setting.mjs";

const { setting, shop } = useShop();

/** A page of the shop without an authenticator; `call` runs a function of the package in it. */
const openBarePage = async (t) => {
  const context = await setting.browser.newContext();
  t.after(() => context.close());
  const page = await context.newPage();
  await page.goto(shop.origin + BARE_PAGE);
  const call = (name, argument, settings) =>
    page.evaluate(
      async ([ceremony, given, more]) => {
        const module = await import("/pkg/index.js");
        const { causeOf } = await import("/pkg/cause.js");
        const result = await module[ceremony](given, more);
        return { ...result, cause: causeOf(result).cause };
      },
      [name, argument, { baseUrl: shop.baseUrl, ...settings }],
    );
  return { page, call };
};

const enroll = () => shop.enroll({ options: { authenticatorSelection: { residentKey: "required" } } });

describe("virtualAuthenticator", () => {
  test("creates passkeys, lists them, and approves with them", async (t) => {
    const { page, call } = await openBarePage(t);
    const authenticator = await virtualAuthenticator(page);
    const { user, argument } = await enroll();
    assert.equal((await call("register", argument)).cause, "registered");
    const [credential, ...others] = await authenticator.credentials();
    assert.deepEqual(others, []);
    assert.equal(credential.isResidentCredential, true);
    await page.reload();
    const approved = await call("authenticate", (await shop.approve(user)).argument);
    assert.equal(approved.cause, "approved");

    // With the count of its signatures, which the cloud compares.
    const [used] = await authenticator.credentials();
    await authenticator.clearCredentials();
    assert.deepEqual(await authenticator.credentials(), []);
    await authenticator.addCredential(used);
    assert.equal((await call("authenticate", (await shop.approve(user)).argument)).cause, "approved");
    await authenticator.removeCredential(credential.credentialId);
    assert.deepEqual(await authenticator.credentials(), []);
  });

  test("a user who is not verified is a prompt that was dismissed", async (t) => {
    const { page, call } = await openBarePage(t);
    const authenticator = await virtualAuthenticator(page);
    const { user, argument } = await enroll();
    await call("register", argument);
    await authenticator.setUserVerified(false);
    const options = { userVerification: "required" };
    const dismissed = await call("authenticate", (await shop.approve({ ...user, options })).argument);
    assert.equal(dismissed.cause, "dismissed");
    await authenticator.setUserVerified(true);
    assert.equal((await call("authenticate", (await shop.approve(user)).argument)).cause, "approved");
  });

  /** What a call has resolved to after some time, in which a user with presence would have consented. */
  const afterAWhile = (call) => Promise.race([call, new Promise((resolve) => setTimeout(resolve, 500, "still open"))]);
  const cancel = (page) => page.evaluate(async () => (await import("/pkg/index.js")).cancel());

  test("without presence a prompt stays open, and with it the next one ends", async (t) => {
    const { page, call } = await openBarePage(t);
    const authenticator = await virtualAuthenticator(page);
    const { user, argument } = await enroll();
    await call("register", argument);
    await authenticator.setPresence(false);
    const waiting = call("authenticate", (await shop.approve(user)).argument);
    assert.equal(await afterAWhile(waiting), "still open");
    await cancel(page);
    assert.equal((await waiting).cause, "aborted");
    await authenticator.setPresence(true);
    assert.equal((await call("authenticate", (await shop.approve(user)).argument)).cause, "approved");
  });

  test("autofill is picked at once with presence, and waits without", async (t) => {
    const { page, call } = await openBarePage(t);
    const authenticator = await virtualAuthenticator(page);
    const { argument } = await enroll();
    await call("register", argument);
    const fill = async () => call("authenticate", (await shop.approve()).argument, { mediation: "conditional" });
    assert.equal((await fill()).cause, "approved");
    await authenticator.setPresence(false);
    const waiting = fill();
    assert.equal(await afterAWhile(waiting), "still open");
    await cancel(page);
    assert.equal((await waiting).cause, "aborted");
  });

  test("a removed one leaves none", async (t) => {
    const { page, call } = await openBarePage(t);
    const authenticator = await virtualAuthenticator(page);
    const { user, argument } = await enroll();
    await call("register", argument);
    await authenticator.remove();
    const other = await virtualAuthenticator(page, { transport: "usb", hasUserVerification: false });
    assert.deepEqual(await other.credentials(), []);
    const { argument: approval } = await shop.approve(user);
    assert.notEqual((await call("authenticate", approval)).success, true);
  });
});

test("fakePasskeys() replaces the browser's own, and restores it", async (t) => {
  const { page } = await openBarePage(t);
  await page.evaluate(async () => {
    const { fakeCloud, fakePasskeys } = await import("/pkg/testing.js");
    Object.assign(globalThis, { fakeCloud, fakePasskeys, own: navigator.credentials });
  });
  const outcome = await page.evaluate(async () => {
    const { authenticate, register } = await import("/pkg/index.js");
    const passkeys = globalThis.fakePasskeys({ get: ["ok", "NotAllowedError"] });
    const cloud = globalThis.fakeCloud().install();
    const credential = await navigator.credentials.get({ publicKey: { challenge: new Uint8Array(1) } });
    const isInstance = credential instanceof PublicKeyCredential && credential.id === "ZmFrZS1wYXNza2V5";
    const results = [await authenticate(cloud.approval()), await register(cloud.enrollment())];
    cloud.restore();
    passkeys.restore();
    const isRestored =
      navigator.credentials === globalThis.own &&
      !Object.hasOwn(navigator, "credentials") &&
      /native/.test(String(PublicKeyCredential.isConditionalMediationAvailable));
    return { isInstance, isRestored, codes: results.map(({ code }) => code.statusCode) };
  });
  assert.deepEqual(outcome, { isInstance: true, isRestored: true, codes: ["error-0001", "success-registration"] });
});
