// Signing in to the demo shop by keyboard, and what a screen reader announces.

import assert from "node:assert/strict";
import { test } from "node:test";

import { otherThan } from "./support/phone.mjs";
import { arrive, arriveAtPush, assertSignedIn, useDemo } from "./support/sign-in.mjs";

const setting = useDemo();

/** The element with the focus: a choice, or an element by its id. */
const focused = (page) =>
  page.evaluate(() => {
    const { id, dataset } = document.activeElement;
    return dataset.choice ?? id;
  });

/** What a screen reader announces in every step. */
const told = async ({ page, email }) =>
  (await page.getByRole("region", { name: "Sign in" }).ariaSnapshot())
    .replaceAll(email, "EMAIL")
    .replaceAll(/code [A-Z2-9]{4}/g, "code CODE")
    .replace(/(1 min|\d+ s) left/, "TIME left")
    .replace(/http:\S+/, "PHONE");

/** What is above each step. */
const above = (...states) =>
  [
    '- region "Sign in":',
    '  - heading "Sign in" [level=2]',
    '  - list "Ways to sign in":',
    ...["Passkey", "Phone", "Code"].map((way, index) => `    - listitem: ${way}${states[index] ?? ""}`),
  ].join("\n");

const PHONE = `  - paragraph:
    - text: "In this demo the phone is a page:"
    - link "open the phone of EMAIL":
      - /url: PHONE
    - text: in a second window.`;

const STEPS = {
  start: `${above()}
  - text: Email, or pick a saved passkey
  - textbox "Email, or pick a saved passkey": EMAIL
  - button "Sign in"
  - status: Leave empty to choose any saved passkey.
  - switch "Offer passkeys in the field"
  - text: Offer passkeys in the field off
  - status`,

  noPasskey: `${above(" (did not work)")}
  - heading "No passkey here" [level=3]
  - paragraph: EMAIL has no passkey at this shop. Choose another way.
  - button "Approve on your phone"
  - button "Use a code instead"
  - button "Start again"
  - status`,

  push: `${above(" (did not work)", " (now)")}
  - heading "Approve on your phone" [level=3]
  - paragraph: A request is sent to the phone of EMAIL. Open the phone and approve it.
  - paragraph: "Your phone shows these words. Approve only if they are the same:"
  - paragraph: Sign in to Harbour & Pine, code CODE
  - timer "Time left to approve": TIME left
${PHONE}
  - button "Use a code instead"
  - button "Cancel"
  - status: "Your phone shows: Sign in to Harbour & Pine, code CODE. Approve only if the words are the same."`,

  code: `${above(" (did not work)", "", " (now)")}
  - heading "Enter a code" [level=3]
  - paragraph: The authenticator app on your phone shows a new six-digit code every 30 seconds.
  - form "Enter a code":
    - text: Six-digit code
    - textbox "Six-digit code"
    - button "Sign in"
${PHONE}
  - button "Approve on your phone"
  - button "Start again"
  - status`,

  done: `${above(" (did not work)", "", " (worked)")}
  - heading "Signed in as EMAIL by code" [level=3]
  - paragraph: "The shop's server introspected the token: it is genuine."
  - button "Sign out"
  - status`,
};

test("the keyboard alone goes the whole way", async (t) => {
  const visitor = await arrive(setting, t);
  const { page, at, email } = visitor;
  const phone = await visitor.openPhone();
  await at("sign-in-name").focus();
  await page.keyboard.type(email);
  await page.keyboard.press("Enter");
  await visitor.step("passkey", "failed");
  assert.equal(await focused(page), "step-title");
  await page.keyboard.press("Tab");
  assert.equal(await focused(page), "push");
  await page.keyboard.press("Enter");
  await visitor.bindingMessage();
  assert.equal(await focused(page), "step-title");
  for (const next of ["phone-link", "code"]) {
    await page.keyboard.press("Tab");
    assert.equal(await focused(page), next);
  }
  await page.keyboard.press("Space");
  await visitor.step("code", "now");
  assert.equal(await focused(page), "code");
  const code = await phone.code();
  await page.keyboard.type(otherThan(code));
  await page.keyboard.press("Enter");
  await at("code-error").filter({ hasText: "2 attempts left" }).waitFor();
  // The wrong code is selected, so that typing replaces it.
  assert.equal(await focused(page), "code");
  await page.keyboard.type(code);
  await page.keyboard.press("Enter");
  await assertSignedIn(visitor, email, "code", "code");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  assert.equal(await focused(page), "sign-in-name");
});

test("each step has an accessible name, text and choices", async (t) => {
  const visitor = await arrive(setting, t);
  const { at, email } = visitor;
  await at("sign-in-name").fill(email);
  assert.equal(await told(visitor), STEPS.start);
  await at("sign-in").click();
  await visitor.step("passkey", "failed");
  assert.equal(await told(visitor), STEPS.noPasskey);
  await visitor.choose("push");
  await visitor.bindingMessage();
  assert.equal(await told(visitor), STEPS.push);
  await visitor.choose("code");
  await visitor.step("code", "now");
  assert.equal(await told(visitor), STEPS.code);
  await visitor.enter(await (await visitor.openPhone()).code());
  await assertSignedIn(visitor, email, "code", "code");
  assert.equal(await told(visitor), STEPS.done);
});

test("the code's field is described by its error, which is announced", async (t) => {
  const visitor = await arrive(setting, t);
  const { page, at } = visitor;
  await visitor.begin();
  await visitor.choose("code");
  const field = page.getByRole("textbox", { name: "Six-digit code" });
  for (const [name, value] of [
    ["inputmode", "numeric"],
    ["autocomplete", "one-time-code"],
  ])
    assert.equal(await field.getAttribute(name), value);
  assert.equal(await field.getAttribute("aria-invalid"), null);
  await visitor.enter("1");
  const description = await field.evaluate((input) =>
    input
      .getAttribute("aria-describedby")
      .split(" ")
      .map((id) => document.getElementById(id).textContent)
      .join(" "),
  );
  assert.match(description, /every 30 seconds\. A code has six digits/);
  assert.equal(await field.getAttribute("aria-invalid"), "true");
  const live = at("sign-in-announcement");
  assert.equal(await live.getAttribute("aria-live"), "polite");
  assert.match(await live.textContent(), /^A code has six digits/);
});

test("if the focus is elsewhere on the page, the step is announced without moving it", async (t) => {
  const visitor = await arriveAtPush(setting, t);
  const { page, at } = visitor;
  await visitor.bindingMessage();
  const phone = await visitor.openPhone();
  await at("language").focus();
  await phone.approve();
  await visitor.step("push", "done");
  assert.equal(await focused(page), "language");
  assert.match(await at("sign-in-announcement").textContent(), /^Signed in as .* by phone\. The shop's server/);
});
