// Signing in to the demo shop: passkey, then phone, then code, with the phone in a second window.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { otherThan, phoneOn } from "./support/phone.mjs";
import { useShop } from "./support/setting.mjs";
import { arrive, arriveAtCode, arriveAtPush, assertSignedIn } from "./support/sign-in.mjs";

const setting = useShop();
/** Its requests expire before anybody can decide them. */
const hasty = useShop({ requestSeconds: 1 });

/** What the browser logs for an injected fault. */
const FAULTY = /^Failed to load resource: net::ERR_/;

describe("by passkey", () => {
  test("a user who has one is signed in with it, and is offered no other way", async (t) => {
    const visitor = await arrive(setting, t);
    const { at, email, result } = visitor;
    await at("name").fill(email);
    await at("enroll").click();
    assert.equal((await result(1)).code.statusCode, "success-registration");
    await at("sign-in-name").fill(email);
    await at("sign-in").click();
    await assertSignedIn(visitor, email, "passkey", "passkey");
    assert.deepEqual(await visitor.choices(), ["restart"]);
    // Without a username, the page remembers the name of the passkey's owner.
    await visitor.choose("restart");
    await at("sign-in-name").fill("");
    await at("sign-in").click();
    await assertSignedIn(visitor, email, "passkey", "passkey");
  });

  test("picking it in the field signs in as well", async (t) => {
    const visitor = await arrive(setting, t);
    await visitor.at("name").fill(visitor.email);
    await visitor.at("enroll").click();
    await visitor.result(1);
    await visitor.page.goto(`${setting.shop.origin}/`);
    await assertSignedIn(visitor, visitor.email, "passkey", "passkey");
  });

  test("a user who ignores the prompt chooses the next way, which asks for the email", async (t) => {
    const visitor = await arrive(setting, t);
    const { at, email } = visitor;
    await visitor.authenticator("setAutomaticPresenceSimulation", { enabled: false });
    await at("sign-in").click();
    await visitor.step("passkey", "now");
    await visitor.choose("cancel");
    await visitor.step("passkey", "ended");
    assert.equal(await visitor.title(), "Cancelled");
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
    await at("sign-in").click();
    await visitor.step("passkey", "now");
    await visitor.choose("cancel");
    respond();
    await visitor.step("passkey", "ended");
    assert.equal(await visitor.title(), "Cancelled");
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
});

describe("by phone", () => {
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
    await visitor.bindingMessage();
    const phone = await visitor.openPhone();
    await phone.deny();
    await visitor.step("push", "failed");
    assert.equal(await visitor.title(), "You declined");
    assert.match(await visitor.words(), /declined on your phone\..* You are not signed in\.$/);
    assert.deepEqual(await visitor.result(1), { status: "access_denied" });
    assert.deepEqual(await visitor.choices(), ["code", "restart"]);
    assert.ok(!visitor.asked.includes("totp/login"));
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
    await visitor.choose("cancel");
    await visitor.step("push", "ended");
    assert.equal(await visitor.title(), "Cancelled");
    assert.match(await visitor.words(), /may still show the request/);
    assert.deepEqual(await visitor.result(1), { status: "cancelled" });

    // The first request is approved too late, so nobody is signed in.
    const phone = await visitor.openPhone();
    await phone.approve(before);
    assert.equal(await visitor.title(), "Cancelled");
    await visitor.choose("again");
    await visitor.page.locator("#request").waitFor();
    const after = await visitor.bindingMessage();
    assert.notEqual(after, before);
    await phone.approve(after);
    await assertSignedIn(visitor, visitor.email, "push", "phone");
  });

  test("the Cancel button of the result ends it as well", async (t) => {
    const visitor = await arriveAtPush(setting, t);
    await visitor.bindingMessage();
    await visitor.at("cancel").click();
    await visitor.step("push", "ended");
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

  test("not while another journey is running, which continues", async (t) => {
    const visitor = await arrive(setting, t);
    const { at, page } = visitor;
    await at("name").fill("Ada.Lovelace");
    await at("enroll").click();
    await visitor.result(1);
    await visitor.begin();
    await visitor.authenticator("setAutomaticPresenceSimulation", { enabled: false });
    await at("approve").click();
    await page.locator("[data-stage=prompting]").waitFor();
    await visitor.choose("push");
    await visitor.step("push", "failed");
    assert.equal(await visitor.title(), "Not now");
    assert.equal(await page.locator("[data-stage=settled]").count(), 0);
    await at("cancel").click();
    await page.locator("[data-stage=settled]").waitFor();
    await visitor.choose("push");
    await visitor.bindingMessage();
  });

  test("an email without a phone is reported", async (t) => {
    const visitor = await arriveAtPush(setting, t, { known: false });
    await visitor.step("push", "failed");
    assert.equal(await visitor.title(), "No phone for this email");
    assert.deepEqual(await visitor.choices(), ["restart"]);
  });

  test("an unreachable service is reported", async (t) => {
    const visitor = await arrive(setting, t, { says: FAULTY });
    await setting.shop.commitFor(visitor.email, { at: "initiate", kind: "cut-before" });
    await visitor.begin();
    await visitor.choose("push");
    await visitor.step("push", "failed");
    assert.equal(await visitor.title(), "Connection problem");
    await visitor.choose("again");
    await visitor.bindingMessage();
  });
});

describe("by code", () => {
  test("a wrong code shows the remaining attempts, and the right one signs in", async (t) => {
    const visitor = await arriveAtCode(setting, t);
    const { at, email, page } = visitor;
    const code = await (await visitor.openPhone()).code();
    await visitor.enter(otherThan(code));
    await at("code-error").filter({ hasText: "2 attempts left" }).waitFor();
    assert.equal(await visitor.title(), "Enter a code");
    assert.equal(await at("code").getAttribute("aria-invalid"), "true");
    assert.equal(await page.evaluate(() => document.activeElement.id), "code");
    assert.deepEqual(await visitor.result(1), { success: false, error: "invalid_code", remaining: 2 });
    // As people type it.
    await visitor.enter(` ${code.slice(0, 3)} ${code.slice(3)} `);
    await assertSignedIn(visitor, email, "code", "code");
  });

  test("anything but six digits is not sent, and costs no attempt", async (t) => {
    const visitor = await arriveAtCode(setting, t);
    for (const text of ["", "12345", "1234567", "12a456"]) {
      await visitor.enter(text);
      assert.match(await visitor.at("code-error").textContent(), /six digits/);
    }
    assert.ok(!visitor.asked.includes("totp/login"));
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

  test("a code that the server could not check costs no attempt", async (t) => {
    const visitor = await arriveAtCode(setting, t, { says: FAULTY });
    await setting.shop.commitFor(visitor.email, { at: "totp", kind: "cut-before" });
    const code = await (await visitor.openPhone()).code();
    await visitor.enter(code);
    await visitor.at("code-error").filter({ hasText: "did not count" }).waitFor();
    await visitor.enter(code);
    await assertSignedIn(visitor, visitor.email, "code", "code");
  });
});
