// Every state of every page: axe in light and dark, a name for every control, one live region, and nothing cut off at 200 % and
// 400 %.

import { randomUUID } from "node:crypto";
import { test } from "node:test";

import { launchBrowser } from "../e2e/support/browser.mjs";
import { sendRequest } from "../e2e/support/phone.mjs";
import { arrive, useDemo } from "../e2e/support/sign-in.mjs";
import { visit } from "../e2e/support/visit.mjs";
import { assertAccessible } from "./support/checks.mjs";
import { codesStates, phoneStates, phoneUserStates, shopStates } from "./support/states.mjs";

const setting = useDemo();
const FAULTY = /^Failed to load resource/;
const patience = 120_000;

test("the shop, for a user with a passkey", async (t) => {
  const visitor = await visit(setting, t, { says: FAULTY, patience });
  t.diagnostic(`${await assertAccessible(visitor.page, shopStates(visitor))} states`);
});

test("the shop, for a user with a phone only", async (t) => {
  const visitor = await arrive(setting, t, { known: false, patience });
  t.diagnostic(`${await assertAccessible(visitor.page, phoneUserStates(visitor))} states`);
});

test("the page of codes", async (t) => {
  const visitor = await visit(setting, t, { path: "/codes.html", says: FAULTY, patience });
  t.diagnostic(`${await assertAccessible(visitor.page, codesStates(visitor))} states`);
});

test("the phone page", async (t) => {
  const { shop } = setting;
  const email = `${randomUUID()}@example.com`;
  const browser = await launchBrowser();
  t.after(() => browser.close());
  const page = await browser.newPage();
  await page.goto(shop.phoneUrl);
  const states = phoneStates({ page, email, initiate: (message) => sendRequest(shop, email, message) });
  t.diagnostic(`${await assertAccessible(page, states)} states`);
});
