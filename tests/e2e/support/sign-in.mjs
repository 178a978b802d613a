// A visitor who signs in to the demo shop: what they see and do.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";

import { openPhone } from "./phone.mjs";
import { visit } from "./visit.mjs";

/** A visitor whose account has only a phone: what they see and do in the sign-in. */
export const arrive = async (setting, t, { known = true, ...options } = {}) => {
  const visitor = await visit(setting, t, options);
  const { page, context, at } = visitor;
  const email = known ? await setting.shop.newPerson() : `${randomUUID()}@example.com`;
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
    /** The choices that the step offers, in their order. */
    choices: () =>
      page.locator("#choices button").evaluateAll((buttons) => buttons.map(({ dataset }) => dataset.choice)),
    // In a separate window, because browsers throttle background tabs.
    async openPhone() {
      const device = await context.browser().newContext();
      t.after(() => device.close());
      return openPhone(device, setting.shop, email);
    },
    /** Types the email; there is no passkey, so that step ends immediately. */
    async begin() {
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
export const assertSignedIn = async ({ step, title, introspection, page, at }, email, way, by) => {
  await step(way, "done");
  assert.equal(await title(), `Signed in as ${email} by ${by}`);
  const claims = await introspection();
  assert.equal(claims.active, true);
  if (way !== "passkey") assert.deepEqual([claims.email, claims.scope], [email, by === "code" ? "totp" : "push"]);
  assert.equal(await at("ways").locator("[data-state=done]").getAttribute("data-way"), way);
  assert.equal(await page.evaluate(() => document.activeElement.id), "step-title", "the focus is at what happened");
};
