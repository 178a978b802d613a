// What every state of every page must be: free of what axe finds, in one column at 400 %, with a name for every control.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const source = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The roles of what a user can operate. */
const CONTROLS = new Set(
  "button checkbox combobox link option progressbar radio searchbox slider switch tab tabpanel textbox".split(" "),
);
/** What 1280 x 800 is at 200 % and at 400 %: WCAG 2.2, 1.4.10. */
const ZOOMED = [
  { width: 640, height: 400 },
  { width: 320, height: 256 },
];

/**
 * What axe finds, a line for each element.
 *
 * @param {import("playwright-core").Page} page
 * @param {Record<string, { enabled: boolean }>} [rules]
 */
export const axeViolations = async (page, rules = {}) => {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(source);
  return page.evaluate(
    async (options) => {
      // Colors change by a transition.
      const transitions = document.getAnimations().filter((animation) => animation instanceof CSSTransition);
      await Promise.allSettled(transitions.map(({ finished }) => finished));
      const { violations } = await /** @type {any} */ (globalThis).axe.run(options);
      return violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target, failureSummary }) => `${id}: ${target}: ${failureSummary.replaceAll("\n", " ")}`),
      );
    },
    { rules },
  );
};

const sessions = new WeakMap();

/** Controls that have no accessible name, by role. */
export const namelessControls = async (/** @type {import("playwright-core").Page} */ page) => {
  // Kept: detaching a session removes the page's virtual authenticator.
  if (!sessions.has(page)) sessions.set(page, await page.context().newCDPSession(page));
  const { nodes } = await sessions.get(page).send("Accessibility.getFullAXTree");
  return nodes
    .filter(({ ignored, role, name }) => !ignored && CONTROLS.has(role?.value) && !name?.value?.trim())
    .map(({ role }) => role.value);
};

/** The live regions: each outcome is announced by one of them, so there is one. */
export const liveRegions = (/** @type {import("playwright-core").Page} */ page) =>
  page
    .locator("[role=status], [role=alert], [role=log], output, [aria-live]:not([aria-live=off])")
    .evaluateAll((nodes) => nodes.map(({ id }) => id));

/** What is wider than the page, or cut off. */
export const overflowing = (/** @type {import("playwright-core").Page} */ page) =>
  page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const problems = document.documentElement.scrollWidth > width ? [`the page is wider than ${width}`] : [];
    for (const node of document.querySelectorAll("body *")) {
      const { right, left, width: own } = node.getBoundingClientRect();
      if (own === 0 || node.closest(".hidden, .skip")) continue;
      const name = `${node.localName}#${node.id}.${node.className}`;
      if (right > width + 1 || left < -1) problems.push(`${name} is outside of the page`);
      const { overflowX } = getComputedStyle(node);
      if (node.scrollWidth > node.clientWidth + 1 && /hidden|clip/.test(overflowX) && node.clientWidth > 1)
        problems.push(`${name} is cut off`);
    }
    return problems;
  });

/** Checks a state: every problem, with what it was found in. */
export const problemsOf = async (/** @type {import("playwright-core").Page} */ page) => {
  const problems = [];
  const add = (where, found) => problems.push(...found.map((problem) => `${where}: ${problem}`));
  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    await page.emulateMedia({ colorScheme });
    add(colorScheme, await axeViolations(page));
  }
  add("names", await namelessControls(page));
  const usual = page.viewportSize();
  for (const size of ZOOMED) {
    await page.setViewportSize(size);
    add(`${size.width} wide`, await overflowing(page));
  }
  await page.setViewportSize(usual);
  return problems;
};

/** Asserts that none of the states has a problem. `allowed` live regions: the page's one. */
export const assertAccessible = async (page, states) => {
  const problems = [];
  let count = 0;
  for await (const state of states) {
    count += 1;
    problems.push(...(await problemsOf(page)).map((problem) => `${state}: ${problem}`));
    const regions = await liveRegions(page);
    if (regions.join() !== "announcement") problems.push(`${state}: live regions ${regions}`);
  }
  assert.deepEqual(problems, []);
  assert.ok(count > 0);
  return count;
};
