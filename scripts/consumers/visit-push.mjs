// Sends a push on a consumer's page, and decides it on the user's phone: by the phone's routes of the local cloud.

import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";

import { createUser } from "./server-checks.mjs";

const ROUTES = "/authsec/uflow/auth/workspace/ciba";

/**
 * Approves a push, denies one and cancels one. Throws unless the page counts down and shows each outcome, and after a cancel polls
 * no more.
 *
 * @param {import("playwright-core").Browser} browser
 * @param {string} address of the page
 * @param {{ baseUrl: string, accessKey: string }} cloud
 */
export const visitPush = async (browser, address, cloud) => {
  const context = await browser.newContext({ locale: "en-GB" });
  try {
    const page = await context.newPage();
    const warnings = [];
    page.on("pageerror", (error) => warnings.push(`uncaught ${error}`));
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) warnings.push(`${message.type()}: ${message.text()}`);
    });
    let polls = 0;
    page.on("request", (request) => {
      if (new URL(request.url()).pathname === "/auth/ciba/token") polls++;
    });
    await page.goto(address, { waitUntil: "networkidle" });
    const user = await createUser(cloud);
    await page.getByLabel("Email").fill(user.email);
    const outcome = page.locator("output");
    const shows = (text) => outcome.filter({ hasText: text }).waitFor();
    const send = async () => {
      await page.getByRole("button", { name: "Send a push" }).click();
      await shows(/^Please look at your phone: \d+ seconds left$/);
    };

    await send();
    const first = secondsOf(await outcome.textContent());
    await setTimeout(1500);
    assert.ok(secondsOf(await outcome.textContent()) < first, "it counts down");
    await decide(cloud, user, true);
    await shows(/^Approved$/);

    await send();
    assert.equal(await outcome.filter({ hasText: /^Approved$/ }).count(), 0, "the outcome before it");
    await decide(cloud, user, false);
    await shows(DENIED);
    // Chromium writes the responses that are not 2xx to the console: those of the polls.
    assert.deepEqual(
      warnings.filter((text) => !/\/auth\/ciba\/token|status of 4\d\d/.test(text)),
      [],
      "the console",
    );

    await send();
    await page.getByRole("button", { name: "Cancel" }).click();
    await shows(CANCELLED);
    await setTimeout(500);
    const before = polls;
    await setTimeout(2500);
    assert.equal(polls, before, "polls after the cancel");
  } catch (error) {
    throw new Error(`push: ${error.message}`, { cause: error });
  } finally {
    await context.close();
  }
};

const DENIED = /^Request declined$/;
const CANCELLED = /^Request canceled$/;

const secondsOf = (text) => Number(/\d+/.exec(text)[0]);

/** What the user does on the phone, with the only request that waits there. */
const decide = async ({ baseUrl }, { token }, approved) => {
  const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
  const { requests } = await (await fetch(`${baseUrl}${ROUTES}/requests`, { headers })).json();
  const [request] = requests.filter(({ status }) => status === "pending");
  assert.equal(request.binding_message, "Sign in to the shop");
  const response = await fetch(`${baseUrl}${ROUTES}/respond`, {
    method: "POST",
    headers,
    body: JSON.stringify({ auth_req_id: request.auth_req_id, approved, biometric_verified: true }),
  });
  assert.equal((await response.json()).success, true, "the phone's decision");
};
