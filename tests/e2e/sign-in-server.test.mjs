// The shop's server determines who is signed in: it creates accounts, introspects tokens, and keeps its secrets.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";

import { root } from "../../scripts/run.mjs";
import { phoneOn } from "./support/phone.mjs";
import { arrive, assertSignedIn, useDemo } from "./support/sign-in.mjs";

const setting = useDemo();

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
  await visitor.createAccount(email);
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
  // The email is in the field already.
  await at("sign-in").click();
  await visitor.step("passkey", "failed");
  await visitor.choose("push");
  const [window] = await Promise.all([context.waitForEvent("page"), at("phone-link").click()]);
  await visitor.bindingMessage();
  await phoneOn(window).approve();
  await assertSignedIn(visitor, email, "push", "phone");
});

test("the secret of the shop's client stays on the server", async (t) => {
  const visitor = await arrive(setting, t);
  const { shop } = setting;
  const received = [];
  visitor.page.on("response", (response) => received.push(response));
  await visitor.begin();
  await visitor.choose("push");
  await visitor.bindingMessage();
  const phone = await visitor.openPhone();
  await phone.approve();
  await assertSignedIn(visitor, visitor.email, "push", "phone");
  await visitor.signOut();
  await visitor.begin();
  await visitor.choose("code");
  await visitor.enter(await phone.code());
  await assertSignedIn(visitor, visitor.email, "code", "code");

  const paths = received.map((response) => new URL(response.url()).pathname);
  for (const route of ["initiate", "token", "totp"]) assert.ok(paths.includes(`/auth/ciba/${route}`), route);
  const credentials = Buffer.from(`harbour-and-pine:${shop.clientSecret}`).toString("base64");
  for (const response of received) {
    assert.equal(new URL(response.url()).origin, shop.origin, "the page asks only its own server");
    const text = JSON.stringify([
      await response.text(),
      await response.allHeaders(),
      await response.request().allHeaders(),
    ]);
    for (const secret of [shop.clientSecret, credentials]) assert.ok(!text.includes(secret), response.url());
  }
});

for (const [env, message] of [
  [{ LOCAL_CLOUD_ACCESS_KEY: "" }, "LOCAL_CLOUD_ACCESS_KEY is not set. Set it to the access key of the cloud."],
  [
    { CIBA_CLIENT_SECRET: "" },
    "CIBA_CLIENT_SECRET is not set. Set it to the secret of AuthSec's client harbour-and-pine.",
  ],
  [
    { CLOUD_URL: "http://cloud.example.com" },
    "CLOUD_URL must be an https address, or an http address of this machine.",
  ],
  [
    { CLOUD_URL: "http://localhost.example.com" },
    "CLOUD_URL must be an https address, or an http address of this machine.",
  ],
])
  test(`the server does not start with ${JSON.stringify(env)}`, () => {
    const { status, stderr } = spawnSync(process.execPath, [join(root, "www/backend.mjs"), "--port", "0"], {
      env: { ...process.env, LOCAL_CLOUD_ACCESS_KEY: "key", CIBA_CLIENT_SECRET: "secret", ...env },
      encoding: "utf8",
      timeout: 10_000,
    });
    assert.deepEqual([status, stderr.trim()], [1, message]);
  });
