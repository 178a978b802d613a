// Creates a passkey on a consumer's page and approves with it, in Chromium.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";

import { launchBrowser } from "../../tests/e2e/support/browser.mjs";

const AUTHENTICATOR = {
  protocol: "ctap2",
  transport: "internal",
  hasResidentKey: true,
  hasUserVerification: true,
  isUserVerified: true,
  automaticPresenceSimulation: true,
};

// The titles of explain(), or the messages of the result if the page shows those.
const CREATED = /Your passkey is ready|Successfully registered/;
const APPROVED = /^Approved|Successfully authenticated/;
/** What the examples show if the backend does not do what it was asked to. */
const FAILED = /^Unknown name|^Our shop did not/;

/**
 * Opens `origin` and runs both ceremonies. Throws if a step fails, the backend does not verify one, the console has a warning or an
 * error, or the page shows a success that is over. `url`: whether the page must load the module as a separate file.
 */
export const visit = async (browser, origin, { url = false }) => {
  const context = await browser.newContext({ locale: "en-GB" });
  try {
    const page = await context.newPage();
    const warnings = [];
    const responses = [];
    const verifications = [];
    page.on("pageerror", (error) => warnings.push(`uncaught ${error}`));
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) warnings.push(`${message.type()}: ${message.text()}`);
    });
    page.on("response", (response) => {
      responses.push(response);
      if (new URL(response.url()).pathname === "/api/introspect") verifications.push(response);
    });
    const cdp = await context.newCDPSession(page);
    await cdp.send("WebAuthn.enable");
    await cdp.send("WebAuthn.addVirtualAuthenticator", { options: AUTHENTICATOR });

    await page.goto(origin, { waitUntil: "load" });
    // A server-rendered page has buttons before it has their listeners.
    await page.waitForLoadState("networkidle");
    const username = `customer-${randomUUID()}`;
    await page.getByLabel("Name").fill(username);
    const outcome = page.locator("output");
    const press = async (name, expected) => {
      await page.getByRole("button", { name }).click();
      await outcome.filter({ hasText: expected }).waitFor();
    };
    try {
      await press("Create a passkey", CREATED);
      await press("Approve", APPROVED);
    } catch (error) {
      const shown = await outcome.textContent({ timeout: 1000 }).catch(() => "nothing");
      throw new Error(`the page shows ${JSON.stringify(shown)}; ${warnings.join("; ")}; ${error.message}`);
    }

    const verified = await Promise.all(verifications.map((response) => response.json()));
    assert.deepEqual(verified, Array(2).fill({ active: true, status: "succeeded", username }), "one for each ceremony");
    const modules = responses.filter((response) => /^application\/wasm/.test(response.headers()["content-type"]));
    assert.equal(modules.length, url ? 1 : 0, "requests for the .wasm file");
    assert.deepEqual(warnings, [], "the console");

    // A failure replaces the success before it. Chromium writes failed requests to the console, so this comes last.
    for (const act of [
      () => page.getByLabel("Name").fill(`nobody-${randomUUID()}`),
      async () => {
        await page.getByLabel("Name").fill(username);
        await page.route("**/api/introspect", (route) => route.fulfill({ status: 502, body: "Bad Gateway" }));
      },
    ]) {
      await act();
      await press("Approve", FAILED);
      assert.doesNotMatch(await outcome.textContent(), APPROVED);
      await page.unroute("**/api/introspect");
      await page.getByLabel("Name").fill(username);
      await press("Approve", APPROVED);
    }
  } finally {
    await context.close();
  }
};

export { launchBrowser };
