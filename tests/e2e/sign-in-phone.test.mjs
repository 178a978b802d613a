// Signing in to the demo shop by phone, which is in a second window, through the shop's relay.

import assert from "node:assert/strict";
import { test } from "node:test";

import { phoneOn } from "./support/phone.mjs";
import { arrive, arriveAtPush, assertSignedIn, useDemo } from "./support/sign-in.mjs";

const setting = useDemo();
/** Its requests expire before anybody can decide them. */
const hasty = useDemo({ requestSeconds: 1 });

/** What the browser logs if the relay or AuthSec fails. */
const FAULTY = /^Failed to load resource: .* status of 502/;

test("without a passkey: the page and the phone show the same binding message, and an approval signs in", async (t) => {
  const visitor = await arrive(setting, t);
  const { at, email, context } = visitor;
  await visitor.begin();
  assert.equal(await visitor.title(), "No passkey here");
  assert.deepEqual(visitor.asked, ["api/approve"], "nothing goes on without the person");
  await visitor.choose("push");
  const words = await visitor.bindingMessage();
  assert.match(words, /^Sign in to Harbour & Pine, code [2-9A-HJ-NP-Z]{4}$/);
  assert.match(await at("seconds-left").textContent(), /^(1 min|\d+ s) left$/);

  const [window] = await Promise.all([context.waitForEvent("page"), at("phone-link").click()]);
  const phone = phoneOn(window);
  assert.equal(await phone.message(), words);
  await phone.approve();
  await assertSignedIn(visitor, email, "push", "phone");
  const { status, token } = await visitor.result(1);
  assert.equal(status, "approved");
  assert.equal((await setting.shop.introspectApproval(token)).email, email);
});

test("after a denial no way is started, and the phone gets no other request", async (t) => {
  const visitor = await arriveAtPush(setting, t);
  const { at } = visitor;
  await visitor.bindingMessage();
  const phone = await visitor.openPhone();
  await phone.deny();
  await visitor.step("push", "failed");
  assert.equal(await visitor.title(), "Request declined");
  assert.equal(await at("explanation-title").textContent(), "Request declined", "one wording on the whole page");
  assert.match(await visitor.words(), /declined on your phone\..* You are not signed in\.$/);
  assert.deepEqual(await visitor.result(1), { status: "access_denied" });
  assert.deepEqual(await visitor.choices(), ["code", "restart"]);
  assert.ok(!visitor.asked.includes("ciba/totp"));
  assert.equal(visitor.asked.filter((path) => path === "ciba/initiate").length, 1);

  await visitor.choose("code");
  assert.deepEqual(await visitor.choices(), ["restart"]);
  await visitor.enter(await phone.code());
  await assertSignedIn(visitor, visitor.email, "code", "code");
});

test("a request without a decision expires, and the code is offered", async (t) => {
  const visitor = await arriveAtPush(hasty, t);
  await visitor.step("push", "failed");
  assert.equal(await visitor.title(), "The request has expired");
  assert.deepEqual(await visitor.result(1), { status: "expired_token" });
  assert.deepEqual(await visitor.choices(), ["again", "code", "restart"]);
  await visitor.choose("code");
  await visitor.enter(await (await visitor.openPhone()).code());
  await assertSignedIn(visitor, visitor.email, "code", "code");
});

test("a cancellation ends the poll, and another request has another binding message", async (t) => {
  const visitor = await arriveAtPush(setting, t);
  const before = await visitor.bindingMessage();
  await visitor.cancel();
  await visitor.step("push", "ended");
  assert.equal(await visitor.title(), "Request canceled");
  assert.match(await visitor.words(), /may still show the request/);
  assert.deepEqual(await visitor.result(1), { status: "cancelled" });

  // The first request is approved too late, so nobody is signed in.
  const phone = await visitor.openPhone();
  await phone.approve(before);
  assert.equal(await visitor.title(), "Request canceled");
  await visitor.choose("again");
  await visitor.page.locator("#request").waitFor();
  const after = await visitor.bindingMessage();
  assert.notEqual(after, before);
  await phone.approve(after);
  await assertSignedIn(visitor, visitor.email, "push", "phone");
});

test("choosing the code ends the poll", async (t) => {
  const visitor = await arriveAtPush(setting, t);
  await visitor.bindingMessage();
  await visitor.choose("code");
  await visitor.step("code", "now");
  assert.deepEqual(await visitor.result(1), { status: "cancelled" });
  await visitor.enter(await (await visitor.openPhone()).code());
  await assertSignedIn(visitor, visitor.email, "code", "code");
});

test("while something runs, no step can be changed", async (t) => {
  const visitor = await arrive(setting, t);
  const { at, email, page } = visitor;
  await visitor.createAccount(email);
  await at("sign-in").click();
  await assertSignedIn(visitor, email, "passkey", "passkey");
  await visitor.authenticator("setAutomaticPresenceSimulation", { enabled: false });
  await at("approve").click();
  await page.locator("[data-stage=prompting]").waitFor({ state: "attached" });
  for (const change of ["account-change", "sign-in-change"]) {
    assert.equal(await at(change).getAttribute("aria-disabled"), "true");
    await at(change).click({ force: true });
  }
  assert.equal(await at("step-payment").getAttribute("data-progress"), "open");
  assert.equal(await page.locator("[data-stage=settled]").count(), 0);
  await visitor.cancel();
  await at("approve-outcome").getByText("Canceled").waitFor();
  await at("sign-in-change").click();
  await at("sign-in-name").waitFor();
});

test("an email without an account is reported", async (t) => {
  const visitor = await arriveAtPush(setting, t, { known: false });
  await visitor.step("push", "failed");
  assert.equal(await visitor.title(), "No account found");
  assert.deepEqual(await visitor.choices(), ["restart"]);
});

test("an unreachable service is reported", async (t) => {
  const visitor = await arrive(setting, t, { says: FAULTY });
  await setting.shop.commitFor(visitor.email, { at: "initiate", kind: "cut-before" });
  await visitor.begin();
  await visitor.choose("push");
  await visitor.step("push", "failed");
  assert.equal(await visitor.title(), "Our service has a problem right now");
  assert.equal((await visitor.result(1)).error, "http_502");
  await visitor.choose("again");
  await visitor.bindingMessage();
});

test("an account without a phone is reported, and the code is offered", async (t) => {
  const visitor = await arriveAtPush(setting, t, { devices: { phone: false } });
  await visitor.step("push", "failed");
  assert.equal(await visitor.title(), "Not set up for your account yet");
  assert.equal((await visitor.result(1)).error, "no_device_registered");
  assert.deepEqual(await visitor.choices(), ["code", "restart"]);
  await visitor.choose("code");
  await visitor.enter(await (await visitor.openPhone()).code());
  await assertSignedIn(visitor, visitor.email, "code", "code");
});

test("a user who asks again and again is told to wait", async (t) => {
  const visitor = await arriveAtPush(setting, t);
  for (let request = 1; request < 5; request++) {
    await visitor.bindingMessage();
    await visitor.cancel();
    await visitor.step("push", "ended");
    await visitor.choose("again");
    await visitor.step("push", "now");
  }
  await visitor.page.locator("#request").waitFor();
  await visitor.cancel();
  await visitor.step("push", "ended");
  await visitor.choose("again");
  await visitor.step("push", "failed");
  assert.equal(await visitor.title(), "Too many attempts");
  assert.match((await visitor.result(6)).message, /^Too many requests for this email/);
  assert.deepEqual(await visitor.choices(), ["code", "restart"]);
});

test("a name that is no email is not sent, because no phone has it", async (t) => {
  const visitor = await arrive(setting, t);
  await visitor.goToSignIn();
  await visitor.at("sign-in-name").fill("Ada.Lovelace");
  await visitor.at("sign-in").click();
  await visitor.step("passkey", "failed");
  await visitor.choose("push");
  assert.equal(await visitor.at("sign-in-note").textContent(), "Enter an email address.");
  await visitor.at("sign-in").click();
  assert.equal(await visitor.at("sign-in-note").textContent(), "Enter an email address.");
  assert.deepEqual(visitor.asked, ["api/approve"]);
});
