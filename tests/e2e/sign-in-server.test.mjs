// The shop's server determines who is signed in: it creates accounts, introspects tokens, and keeps its secrets.

import assert from "node:assert/strict";
import { test } from "node:test";

import { phoneOn } from "./support/phone.mjs";
import { useShop } from "./support/setting.mjs";
import { arrive, assertSignedIn } from "./support/sign-in.mjs";

const setting = useShop();

for (const [what, claimsOf] of [
  ["is not genuine", (email) => ({ active: false, email })],
  ["is another person's", () => ({ active: true, email: "somebody-else@example.com" })],
])
  test(`no user is signed in if the token ${what}`, async (t) => {
    const visitor = await arrive(setting, t);
    await visitor.page.route("**/api/ciba/introspect", (route) => route.fulfill({ json: claimsOf(visitor.email) }));
    await visitor.begin();
    await visitor.choose("push");
    await visitor.bindingMessage();
    await (await visitor.openPhone()).approve();
    await visitor.step("push", "failed");
    assert.equal(await visitor.title(), "Not signed in");
    assert.deepEqual(await visitor.choices(), ["restart"]);
  });

test("no user is signed in with a passkey of another user", async (t) => {
  const visitor = await arrive(setting, t);
  const { at, email, page } = visitor;
  await at("name").fill(email);
  await at("enroll").click();
  await visitor.result(1);
  await page.route("**/api/introspect", (route) => route.fulfill({ json: { active: true, sub: "somebody-else" } }));
  await at("sign-in-name").fill(email);
  await at("sign-in").click();
  await visitor.step("passkey", "failed");
  assert.equal(await visitor.title(), "Not signed in");
});

test("the server creates an account, and keeps the phone's secrets", async (t) => {
  const visitor = await arrive(setting, t, { known: false });
  const { at, email, page, context } = visitor;
  await at("name").fill(email);
  const [answer] = await Promise.all([page.waitForResponse("**/api/sign-up"), at("sign-up").click()]);
  assert.deepEqual(await answer.json(), { email });
  const [window] = await Promise.all([context.waitForEvent("page"), at("account-phone").click()]);
  // The email is in the field already.
  await at("sign-in").click();
  await visitor.step("passkey", "failed");
  await visitor.choose("push");
  await visitor.bindingMessage();
  await phoneOn(window).approve();
  await assertSignedIn(visitor, email, "push", "phone");
});
