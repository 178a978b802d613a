// What users set in their system: forced colors, reduced motion, larger text.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";

import { launchBrowser } from "../e2e/support/browser.mjs";
import { sendRequest } from "../e2e/support/phone.mjs";
import { useDemo } from "../e2e/support/sign-in.mjs";
import { visit } from "../e2e/support/visit.mjs";
import { axeViolations, overflowing } from "./support/checks.mjs";
import { codesStates, phoneStates, shopStates } from "./support/states.mjs";

const setting = useDemo();
const FAULTY = /^Failed to load resource/;
const patience = 60_000;

/** The system's colors are not in the computed ones that axe compares. */
const SYSTEM_COLORS = { "color-contrast": { enabled: false } };

/** The animations that run. */
const running = (page) =>
  page.evaluate(() => document.getAnimations().filter(({ playState }) => playState === "running").length);

/** What cannot be told apart in forced colors: a button without a border, a selected tab that looks like the others. */
const indistinct = (page) =>
  page.evaluate(() => {
    const problems = [];
    const isShown = (node) => node.checkVisibility() && node.getBoundingClientRect().width > 1;
    for (const button of [...document.querySelectorAll("button:not([role=tab]):not(.link), input, select")].filter(
      isShown,
    )) {
      const { borderTopStyle, borderTopWidth, borderTopColor, backgroundColor, appearance } = getComputedStyle(button);
      const hasBorder = borderTopStyle !== "none" && borderTopWidth !== "0px" && borderTopColor !== backgroundColor;
      if (!hasBorder && appearance !== "auto") problems.push(button.textContent || button.id);
    }
    const looks = [...document.querySelectorAll("[role=tab]")]
      .filter(isShown)
      .map((tab) => getComputedStyle(tab).backgroundColor);
    if (looks.length && new Set(looks).size < 2) problems.push("the selected tab");
    return problems;
  });

/** Opens each page: `{ page, states }`. */
const PAGES = {
  "the shop": async (t) => {
    const visitor = await visit(setting, t, { says: FAULTY, patience });
    return { page: visitor.page, states: shopStates(visitor) };
  },
  "the page of codes": async (t) => {
    const visitor = await visit(setting, t, { path: "/codes.html", says: FAULTY, patience });
    return { page: visitor.page, states: codesStates(visitor) };
  },
  "the phone page": async (t) => {
    const browser = await launchBrowser();
    t.after(() => browser.close());
    const page = await browser.newPage();
    const { shop } = setting;
    const email = `${randomUUID()}@example.com`;
    await page.goto(shop.phoneUrl);
    return { page, states: phoneStates({ page, email, initiate: (message) => sendRequest(shop, email, message) }) };
  },
};

for (const [title, open] of Object.entries(PAGES)) {
  test(`${title} in forced colors`, async (t) => {
    const { page, states } = await open(t);
    await page.emulateMedia({ forcedColors: "active" });
    const problems = [];
    for await (const state of states)
      for (const problem of [...(await indistinct(page)), ...(await axeViolations(page, SYSTEM_COLORS))])
        problems.push(`${state}: ${problem}`);
    assert.deepEqual(problems, []);
  });

  test(`${title} with reduced motion`, async (t) => {
    const { page, states } = await open(t);
    let waits = 0;
    let moved = 0;
    for await (const state of states) {
      waits += await page.locator("[data-waiting]:visible").count();
      moved += await running(page);
      await page.emulateMedia({ reducedMotion: "reduce" });
      assert.equal(await running(page), 0, state);
      await page.emulateMedia({ reducedMotion: "no-preference" });
    }
    if (waits) assert.ok(moved > 0, "what waits moves for everybody else");
  });

  test(`${title} with text at 200 %`, async (t) => {
    const { page, states } = await open(t);
    await page.evaluate(() => document.documentElement.style.setProperty("font-size", "200%"));
    const problems = [];
    for await (const state of states)
      for (const problem of await overflowing(page)) problems.push(`${state}: ${problem}`);
    assert.deepEqual(problems, []);
  });
}
