// Signing in to the demo shop by passkey.

import assert from "node:assert/strict";
import { test } from "node:test";

import { arrive, assertSignedIn, useDemo } from "./support/sign-in.mjs";

const setting = useDemo();

test("a user who has one is signed in with it, and is offered no other way", async (t) => {
  const visitor = await arrive(setting, t);
  const { at, email, result } = visitor;
  await visitor.createAccount(email);
  assert.equal((await result(1)).code.statusCode, "success-registration");
  assert.equal(await at("sign-in-name").inputValue(), email);
  await at("sign-in").click();
  await assertSignedIn(visitor, email, "passkey", "passkey");
  assert.deepEqual(await visitor.choices(), []);
  // Without a username, the page remembers the name of the passkey's owner.
  await visitor.signOut();
  await at("sign-in-name").fill("");
  await at("sign-in").click();
  await assertSignedIn(visitor, email, "passkey", "passkey");
});

test("picking it in the field signs in as well", async (t) => {
  const visitor = await arrive(setting, t);
  await visitor.createAccount(visitor.email);
  await visitor.page.goto(`${setting.shop.origin}/`);
  await assertSignedIn(visitor, visitor.email, "passkey", "passkey");
});

test("a user who ignores the prompt chooses the next way, which asks for the email", async (t) => {
  const visitor = await arrive(setting, t);
  const { at, email } = visitor;
  await visitor.authenticator("setAutomaticPresenceSimulation", { enabled: false });
  await visitor.goToSignIn();
  await at("sign-in").click();
  await visitor.step("passkey", "now");
  await visitor.cancel();
  await visitor.step("passkey", "ended");
  assert.equal(await visitor.title(), "Canceled");
  assert.match((await visitor.result(1)).message, /AbortError/);
  assert.deepEqual(await visitor.choices(), ["push", "passkey", "code", "restart"]);

  await visitor.choose("push");
  assert.equal(await at("sign-in-name").getAttribute("aria-invalid"), "true");
  assert.match(await at("sign-in-note").textContent(), /^Enter an email address\.$/);
  await at("sign-in-name").fill(email);
  await at("sign-in-name").press("Enter");
  await visitor.bindingMessage();
  await (await visitor.openPhone()).approve();
  await assertSignedIn(visitor, email, "push", "phone");
});

test("a cancellation while the transaction is being started opens no prompt", async (t) => {
  const visitor = await arrive(setting, t);
  const { at, page } = visitor;
  let respond;
  const held = new Promise((resolve) => (respond = resolve));
  await page.route("**/api/approve", async (route) => {
    await held;
    await route.continue();
  });
  await visitor.goToSignIn();
  await at("sign-in").click();
  await visitor.step("passkey", "now");
  await visitor.cancel();
  respond();
  await visitor.step("passkey", "ended");
  assert.equal(await visitor.title(), "Canceled");
});

test("a browser without WebAuthn is not prompted", async (t) => {
  const visitor = await arrive(setting, t, {
    prepare: (page) => page.addInitScript(() => delete globalThis.PublicKeyCredential),
  });
  await visitor.begin();
  assert.equal(await visitor.title(), "This does not work in this browser");
  assert.deepEqual(visitor.asked, []);
  await visitor.choose("push");
  await visitor.bindingMessage();
});
