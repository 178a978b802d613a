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

const HEADING = '- region "Sign in":\n  - heading "Sign in" [level=2]';

const PHONE = `  - paragraph:
    - text: "In this demo the phone is a page:"
    - link "open the phone of EMAIL":
      - /url: PHONE
    - text: in a new window.`;

const STEPS = {
  start: `${HEADING}
  - text: Email, or pick a saved passkey
  - textbox "Email, or pick a saved passkey": EMAIL
  - paragraph: Leave empty to choose any saved passkey.
  - button "Sign in with a passkey"
  - switch "Offer passkeys in the field"
  - text: Offer passkeys in the field off`,

  noPasskey: `${HEADING}
  - heading "No passkey here" [level=3]
  - paragraph: EMAIL has no passkey at this shop. Choose another way.
  - button "Approve on your phone"
  - button "Use a code instead"
  - button "Start again"`,

  push: `${HEADING}
  - heading "Approve on your phone" [level=3]
  - paragraph: A request is sent to the phone of EMAIL. Open the phone and approve it.
  - paragraph: "Your phone shows these words. Approve only if they are the same:"
  - paragraph: Sign in to Harbour & Pine, code CODE
  - timer "Time left to approve": TIME left
${PHONE}
  - button "Use a code instead"
  - button "Cancel"`,

  code: `${HEADING}
  - heading "Enter a code" [level=3]
  - paragraph: The authenticator app on your phone shows a new six-digit code every 30 seconds.
  - form "Enter a code":
    - text: Six-digit code
    - textbox "Six-digit code"
    - button "Sign in"
${PHONE}
  - button "Approve on your phone"
  - button "Start again"`,

  done: `- region "Sign in":
  - heading "Sign in" [level=2]
  - paragraph: Signed in as EMAIL by code
  - button "Change who signs in"`,
};

test("the keyboard alone goes the whole way", async (t) => {
  const visitor = await arrive(setting, t);
  const { page, at, email } = visitor;
  const phone = await visitor.openPhone();
  await at("have-account").focus();
  await page.keyboard.press("Enter");
  assert.equal(await focused(page), "sign-in-name");
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
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  assert.equal(await focused(page), "sign-in-name");
});

test("each step has an accessible name, text and choices", async (t) => {
  const visitor = await arrive(setting, t);
  const { at, email } = visitor;
  await visitor.goToSignIn();
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

test("the code's field is described by its error, which is announced once", async (t) => {
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
  const live = at("announcement");
  assert.equal(await live.getAttribute("role"), "status");
  // The focus moved to the field, which reads its description.
  assert.equal(await focused(page), "code");
  assert.equal(await live.textContent(), "");
  // Nothing reads a field again that has the focus already.
  await page.keyboard.press("Enter");
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
  assert.match(await at("announcement").textContent(), /^Signed in as .* by phone\. Next, pay\.$/);
});
