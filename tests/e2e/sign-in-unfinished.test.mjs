// The demo's sign-in goes on by `next` alone: after a reload in the middle, and with a cloud that loses responses.

import assert from "node:assert/strict";
import { test } from "node:test";

import { result, status, times } from "./support/faults.mjs";
import { arrive, assertSignedIn, useDemo } from "./support/sign-in.mjs";

const setting = useDemo();

/** A visitor with a passkey; the cloud meets their next approval with these faults. */
const arriveWithPasskey = async (t, faults) => {
  const visitor = await arrive(setting, t, { says: /^Failed to load resource|net::ERR_/ });
  const { at, page, email } = visitor;
  await visitor.createAccount(email);
  assert.equal((await visitor.result(1)).code.statusCode, "success-registration");
  await page.route("**/api/approve", async (route) => {
    const body = { ...route.request().postDataJSON(), faults };
    await route.continue({ postData: JSON.stringify(body) });
  });
  await at("sign-in-name").fill(email);
  return visitor;
};

const LOST = result("cut-after");
const STATUS = /\/api\/status$/;
const NO_STATUS = status("http", { status: 503 });

test("a cloud that loses the first response: signed in, by the status", async (t) => {
  const visitor = await arriveWithPasskey(t, [LOST]);
  await visitor.at("sign-in").click();
  await assertSignedIn(visitor, visitor.email, "passkey", "passkey");
});

test("an unknown outcome: one way on, which finds that the cloud accepted", async (t) => {
  const visitor = await arriveWithPasskey(t, times(40, LOST));
  // For as long as the package asks.
  await visitor.page.route(STATUS, (route) => route.abort());
  await visitor.at("sign-in").click();
  await visitor.step("passkey", "failed");
  assert.equal(await visitor.title(), "We do not know yet whether it worked");
  assert.equal(await visitor.at("consequence").textContent(), "Cause outcomeUnknown, next step checkOutcome");
  assert.deepEqual(await visitor.choices(), ["check", "restart"]);
  await visitor.page.unroute(STATUS);
  await visitor.choose("check");
  await assertSignedIn(visitor, visitor.email, "passkey", "passkey");
});

test("an unknown outcome in a page without storage: the same way on", async (t) => {
  const visitor = await arriveWithPasskey(t, times(40, LOST));
  await visitor.page.evaluate(() => {
    Object.defineProperty(globalThis, "sessionStorage", {
      get() {
        throw new DOMException("The operation is insecure.", "SecurityError");
      },
    });
  });
  await visitor.page.route(STATUS, (route) => route.abort());
  await visitor.at("sign-in").click();
  await visitor.step("passkey", "failed");
  await visitor.page.unroute(STATUS);
  await visitor.choose("check");
  await assertSignedIn(visitor, visitor.email, "passkey", "passkey");
});

test("a reload after consent: the page asks for the outcome, and signs in", async (t) => {
  const visitor = await arriveWithPasskey(t, [...times(40, LOST), ...times(3, NO_STATUS)]);
  const { page, at } = visitor;
  const asked = page.waitForRequest(STATUS);
  await at("sign-in").click();
  await asked;
  await page.reload();
  await assertSignedIn(visitor, visitor.email, "passkey", "passkey");
});

test("a reload during the prompt: the first step, and nothing is left of it", async (t) => {
  const visitor = await arriveWithPasskey(t, []);
  const { page, at } = visitor;
  await visitor.authenticator("setAutomaticPresenceSimulation", { enabled: false });
  const started = page.waitForResponse("**/api/approve");
  await at("sign-in").click();
  await started;
  await page.reload();
  await at("sign-in").waitFor();
  await page.waitForFunction(() => sessionStorage.length === 0);
  await visitor.authenticator("setAutomaticPresenceSimulation", { enabled: true });
  await at("sign-in-name").fill(visitor.email);
  await at("sign-in").click();
  await assertSignedIn(visitor, visitor.email, "passkey", "passkey");
});

test("a shop that cannot confirm the approval: checked again, also after a reload", async (t) => {
  const visitor = await arriveWithPasskey(t, []);
  const { page, at } = visitor;
  await page.route("**/api/introspect", (route) => route.abort());
  await at("sign-in").click();
  await visitor.step("passkey", "failed");
  assert.equal(await visitor.title(), "Not signed in");
  assert.deepEqual(await visitor.choices(), ["check", "restart"]);
  await page.unroute("**/api/introspect");
  await page.reload();
  await assertSignedIn(visitor, visitor.email, "passkey", "passkey");
  assert.equal(await page.evaluate(() => sessionStorage.length), 0);
});

test("a refusal: a new transaction, with the same button", async (t) => {
  const visitor = await arriveWithPasskey(t, [result("refused", { message: "no" })]);
  await visitor.at("sign-in").click();
  await visitor.step("passkey", "failed");
  assert.equal(await visitor.at("consequence").textContent(), "Cause refused, next step newTransaction");
  assert.equal((await visitor.choices())[0], "passkey");
  await visitor.page.unroute("**/api/approve");
  await visitor.choose("passkey");
  await assertSignedIn(visitor, visitor.email, "passkey", "passkey");
});
