// A visitor who signs in to the demo shop, whose AuthSec is as strict as the real one: what they see and do.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";

import { AS_AUTHSEC } from "./cloud.mjs";
import { openPhone } from "./phone.mjs";
import { useShop } from "./setting.mjs";
import { visit } from "./visit.mjs";

/** Not so often that all polls of a file's tests reach AuthSec's limit, 100 requests a minute. */
const POLL_SECONDS = 1;

/** The options of the demo shop: its page reaches AuthSec only through the relay. */
export const DEMO = { ciba: AS_AUTHSEC, pollSeconds: POLL_SECONDS };

/** Starts the demo shop for the tests of a file. */
export const useDemo = (options) => useShop({ ...DEMO, ...options });

/**
 * A visitor whose account has no passkey, but by default a phone and an authenticator app: what they see and do in the sign-in.
 *
 * @param {{ known?: boolean, devices?: { phone?: boolean, totp?: boolean } }} [options] `known: false`: without an account; the
 *   others are those of `visit`
 */
export const arrive = async (setting, t, { known = true, devices, ...options } = {}) => {
  const visitor = await visit(setting, t, options);
  const { page, context, at } = visitor;
  const email = known ? await setting.shop.newPerson(devices) : `${randomUUID()}@example.com`;
  const asked = [];
  page.on("request", (request) => {
    if (request.method() === "POST") asked.push(new URL(request.url()).pathname.split("/").slice(-2).join("/"));
  });
  /** The step in this state, once it appears. */
  const step = (way, state) =>
    at("step")
      .and(page.locator(`[data-way=${way}][data-state=${state}]`))
      .waitFor();
  return {
    ...visitor,
    email,
    /** The requests of the page, by the last two parts of the path. */
    asked,
    step,
    title: () => at("step-title").textContent(),
    words: () => at("step-words").textContent(),
    choose: (name) => at(`choose-${name}`).click(),
    cancel: () => at("cancel").click(),
    /** Ends the sign-in, and returns to its first step. */
    signOut: () => at("sign-in-change").click(),
    /** The choices that the step offers, in their order. */
    choices: () =>
      page
        .locator("#choices [data-choice]")
        .evaluateAll((buttons) => buttons.map(({ dataset }) => /** @type {any} */ (dataset).choice)),
    // In a separate window, because browsers throttle background tabs.
    async openPhone() {
      const device = await context.browser().newContext();
      t.after(() => device.close());
      return openPhone(device, setting.shop, email);
    },
    /** Types the email; there is no passkey, so that step ends immediately. */
    async begin() {
      await visitor.goToSignIn();
      await at("sign-in-name").fill(email);
      await at("sign-in").click();
      await step("passkey", "failed");
    },
    /** The binding message on the page, once it appears. */
    async bindingMessage() {
      await at("binding-message").filter({ hasText: /\S/ }).waitFor();
      return at("binding-message").textContent();
    },
    async enter(code) {
      await at("code").fill(code);
      await at("code-submit").click();
    },
  };
};

/** Likewise, after the request to the phone was sent. */
export const arriveAtPush = async (...values) => {
  const visitor = await arrive(...values);
  await visitor.begin();
  await visitor.choose("push");
  return visitor;
};

/** Likewise, in the step for the code. */
export const arriveAtCode = async (...values) => {
  const visitor = await arrive(...values);
  await visitor.begin();
  await visitor.choose("code");
  return visitor;
};

/** Asserts that the user is signed in, by an introspection of the shop's server. */
export const assertSignedIn = async ({ step, introspection, page, at }, email, way, by) => {
  await step(way, "done");
  await at("approve").waitFor();
  assert.equal(await at("signed-in").textContent(), `Signed in as ${email} by ${by}`);
  const claims = await introspection();
  assert.equal(claims.active, true);
  if (way !== "passkey") assert.deepEqual([claims.email, claims.scope], [email, by === "code" ? "totp" : "push"]);
  assert.equal(await at("announcement").textContent(), `Signed in as ${email} by ${by}. Next, pay.`);
  assert.equal(await page.evaluate(() => document.activeElement.id), "payment-title", "the focus is at the next step");
};
