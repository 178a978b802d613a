// Signing in to the demo shop with a code of an authenticator app, through the shop's relay.

import assert from "node:assert/strict";
import { test } from "node:test";

import { otherThan } from "./support/phone.mjs";
import { arriveAtCode, assertSignedIn, useDemo } from "./support/sign-in.mjs";

const setting = useDemo();

/** What the browser logs if the relay or AuthSec fails. */
const FAULTY = /^Failed to load resource: .* status of 503/;

test("a wrong code shows the remaining attempts, and the right one signs in", async (t) => {
  const visitor = await arriveAtCode(setting, t);
  const { at, email, page } = visitor;
  const code = await (await visitor.openPhone()).code();
  await visitor.enter(otherThan(code));
  await at("code-error").filter({ hasText: "2 attempts left" }).waitFor();
  assert.equal(await visitor.title(), "Enter a code");
  assert.equal(await at("code").getAttribute("aria-invalid"), "true");
  assert.equal(await page.evaluate(() => document.activeElement.id), "code");
  const { error, remaining } = await visitor.result(1);
  assert.deepEqual([error, remaining], ["invalid_code", 2]);
  // As people type it.
  await visitor.enter(` ${code.slice(0, 3)} - ${code.slice(3)} `);
  await assertSignedIn(visitor, email, "code", "code");
});

test("anything but six digits is not sent, and costs no attempt", async (t) => {
  const visitor = await arriveAtCode(setting, t);
  for (const text of ["", "12345", "1234567", "12a456"]) {
    await visitor.enter(text);
    assert.match(await visitor.at("code-error").textContent(), /six digits/);
  }
  assert.ok(!visitor.asked.includes("ciba/totp"));
});

test("after three wrong codes none is sent; starting again resets the count", async (t) => {
  const visitor = await arriveAtCode(setting, t);
  const { at } = visitor;
  const wrong = otherThan(await (await visitor.openPhone()).code());
  for (const left of ["2 attempts left", "1 attempt left"]) {
    await visitor.enter(wrong);
    await at("code-error").filter({ hasText: left }).waitFor();
  }
  await visitor.enter(wrong);
  await visitor.step("code", "failed");
  assert.equal(await visitor.title(), "Too many wrong codes");
  assert.match(await visitor.words(), /sends no more codes/);
  assert.equal(await at("code").isVisible(), false);
  assert.deepEqual(await visitor.choices(), ["push", "restart"]);

  await visitor.choose("restart");
  await visitor.begin();
  await visitor.choose("code");
  await visitor.enter(wrong);
  await at("code-error").filter({ hasText: "2 attempts left" }).waitFor();
});

test("AuthSec locks the account after five wrong codes, and the phone still signs in", async (t) => {
  const visitor = await arriveAtCode(setting, t);
  const { at } = visitor;
  const phone = await visitor.openPhone();
  const wrong = otherThan(await phone.code());
  for (const left of ["2 attempts left", "1 attempt left"]) {
    await visitor.enter(wrong);
    await at("code-error").filter({ hasText: left }).waitFor();
  }
  await visitor.enter(wrong);
  await visitor.step("code", "failed");
  await visitor.choose("restart");
  await visitor.begin();
  await visitor.choose("code");
  await visitor.enter(wrong);
  await at("code-error").filter({ hasText: "2 attempts left" }).waitFor();
  await visitor.enter(wrong);
  await visitor.step("code", "failed");
  assert.equal(await visitor.title(), "Temporarily locked");
  const { error, remaining } = await visitor.result(5);
  assert.deepEqual([error, remaining], ["temporarily_locked", 2], "no attempt of the page's");
  assert.deepEqual(await visitor.choices(), ["push", "restart"]);

  // Even the right code is not accepted now.
  await visitor.choose("restart");
  await visitor.begin();
  await visitor.choose("code");
  await visitor.enter(await phone.code());
  await visitor.step("code", "failed");
  assert.equal((await visitor.result(6)).error, "temporarily_locked");
  await visitor.choose("push");
  await visitor.bindingMessage();
  await phone.approve();
  await assertSignedIn(visitor, visitor.email, "push", "phone");
});

test("an account without an authenticator app is reported, and the phone is offered", async (t) => {
  const visitor = await arriveAtCode(setting, t, { devices: { totp: false } });
  await visitor.enter("123456");
  await visitor.step("code", "failed");
  assert.equal(await visitor.title(), "Not set up for your account yet");
  assert.deepEqual(await visitor.choices(), ["push", "restart"]);
});

test("an email without an account is reported", async (t) => {
  const visitor = await arriveAtCode(setting, t, { known: false });
  await visitor.enter("123456");
  await visitor.step("code", "failed");
  assert.equal(await visitor.title(), "No account found");
  assert.deepEqual(await visitor.choices(), ["restart"]);
});

test("a code that the server could not check costs no attempt", async (t) => {
  const visitor = await arriveAtCode(setting, t, { says: FAULTY });
  await setting.shop.commitFor(visitor.email, { at: "totp", kind: "http", status: 503 });
  const code = await (await visitor.openPhone()).code();
  await visitor.enter(code);
  await visitor.at("code-error").filter({ hasText: "did not count" }).waitFor();
  await visitor.enter(code);
  await assertSignedIn(visitor, visitor.email, "code", "code");
});
