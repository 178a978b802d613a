// The keyboard alone: the whole journey, the inspector's tabs, and where the focus is and can be seen.

import assert from "node:assert/strict";
import { test } from "node:test";

import { useDemo } from "../e2e/support/sign-in.mjs";
import { visit } from "../e2e/support/visit.mjs";

const setting = useDemo();

/** The element with the focus, by its test id or its id, and whether the focus can be seen. */
const focus = (page) =>
  page.evaluate(() => {
    const { activeElement: node } = document;
    const { outlineStyle, outlineWidth } = getComputedStyle(node);
    return {
      at: node.dataset.testid ?? node.id,
      isVisible: outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2,
    };
  });

/** Presses Tab until the element has the focus. Each stop on the way can be seen. */
const tabTo = async (page, id) => {
  const stops = [];
  while (stops.at(-1) !== id) {
    await page.keyboard.press("Tab");
    const { at, isVisible } = await focus(page);
    stops.push(at);
    assert.ok(isVisible, `the focus at ${at} cannot be seen`);
    assert.ok(stops.length < 30, `no way to ${id}: ${stops}`);
  }
  return stops;
};

test("an account, the sign-in and the payment, without a pointer", async (t) => {
  const visitor = await visit(setting, t);
  const { page, at } = visitor;
  const [first] = await tabTo(page, "name");
  assert.equal(first, "", "the first stop is the link that skips to the inspector");
  await page.keyboard.type("ada@example.com");
  await tabTo(page, "enroll");
  await page.keyboard.press("Enter");
  await at("sign-in").waitFor();
  // A heading is where the next step begins.
  assert.equal((await focus(page)).at, "sign-in-title");
  await tabTo(page, "sign-in");
  await page.keyboard.press("Space");
  await at("approve").waitFor();
  assert.equal((await focus(page)).at, "payment-title");
  assert.deepEqual(await tabTo(page, "approve"), ["approve"]);
  await page.keyboard.press("Enter");
  await at("receipt").waitFor();
  assert.equal((await focus(page)).at, "receipt-title");
  assert.deepEqual(await tabTo(page, "again"), ["again"]);
});

test("a prompt is canceled, and the focus is where it was", async (t) => {
  const visitor = await visit(setting, t);
  const { page, at } = visitor;
  await visitor.authenticator("setAutomaticPresenceSimulation", { enabled: false });
  await tabTo(page, "name");
  await page.keyboard.type("ada@example.com");
  await tabTo(page, "enroll");
  await page.keyboard.press("Enter");
  await page.locator("[data-stage=prompting]").waitFor({ state: "attached" });
  assert.equal((await focus(page)).at, "enroll", "the pressed button keeps the focus");
  assert.deepEqual(await tabTo(page, "cancel"), ["cancel"]);
  await page.keyboard.press("Enter");
  await at("enroll-outcome").waitFor();
  assert.equal((await focus(page)).at, "enroll");
});

test("the tabs are one stop, and arrow keys, Home and End select", async (t) => {
  const { page } = await visit(setting, t);
  await tabTo(page, "tab-result");
  for (const [key, tab] of [
    ["ArrowRight", "code"],
    ["ArrowRight", "timeline"],
    ["ArrowRight", "server"],
    ["ArrowRight", "result"],
    ["ArrowLeft", "server"],
    ["Home", "result"],
    ["End", "server"],
    ["ArrowLeft", "timeline"],
  ]) {
    await page.keyboard.press(key);
    assert.equal((await focus(page)).at, `tab-${tab}`);
    assert.deepEqual(
      await page
        .locator("[role=tab]")
        .evaluateAll((tabs) => tabs.filter((each) => each.ariaSelected === "true").map(({ id }) => id)),
      [`tab-${tab}`],
    );
    const panels = page.locator("[role=tabpanel]:visible");
    assert.deepEqual(await panels.evaluateAll((nodes) => nodes.map(({ id }) => id)), [`panel-${tab}`]);
  }
  assert.deepEqual(await tabTo(page, "panel-timeline"), ["panel-timeline"]);
});

test("the inspector is closed and opened, and stays as the user left it", async (t) => {
  const { page, at } = await visit(setting, t);
  await tabTo(page, "inspector-toggle");
  await page.keyboard.press("Enter");
  assert.equal(await at("inspector").isVisible(), false);
  assert.equal(await at("inspector-toggle").getAttribute("aria-expanded"), "false");
  await page.reload();
  await page.locator("#loading").waitFor({ state: "detached" });
  assert.equal(await at("inspector").isVisible(), false);
  // The link skips to it all the same.
  await page.locator(".skip").focus();
  await page.keyboard.press("Enter");
  assert.equal(await at("inspector").isVisible(), true);
  assert.equal((await focus(page)).at, "inspector");
});

test("a case of the codes is found and run, without a pointer", async (t) => {
  const { page, at } = await visit(setting, t, { path: "/codes.html" });
  await tabTo(page, "filter");
  await page.keyboard.type("unsafe baseUrl");
  assert.deepEqual(await tabTo(page, "code-error-0099"), ["filter-state", "run-all", "code-error-0099"]);
  await page.keyboard.press("Enter");
  await page.locator("[data-testid=row-error-0099][data-state=match]").waitFor();
  assert.equal((await focus(page)).at, "code-error-0099");
  assert.match(await at("announcement").textContent(), /^error-0099, An unsafe baseUrl: as expected\./);
});
