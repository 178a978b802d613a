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

/**
 * Opens `origin` and runs both ceremonies. Throws if a step fails, a token is not active, or the console has a warning or an
 * error. `url`: whether the page must load the module as a separate file.
 */
export const visit = async (browser, origin, { url = false }) => {
  const context = await browser.newContext({ locale: "en-GB" });
  try {
    const page = await context.newPage();
    const warnings = [];
    const responses = [];
    const tokens = [];
    page.on("pageerror", (error) => warnings.push(`uncaught ${error}`));
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) warnings.push(`${message.type()}: ${message.text()}`);
    });
    page.on("response", (response) => {
      responses.push(response);
      if (new URL(response.url()).pathname === "/api/introspect") tokens.push(response.json());
    });
    const cdp = await context.newCDPSession(page);
    await cdp.send("WebAuthn.enable");
    await cdp.send("WebAuthn.addVirtualAuthenticator", { options: AUTHENTICATOR });

    await page.goto(origin, { waitUntil: "load" });
    // A server-rendered page has buttons before it has their listeners.
    await page.waitForLoadState("networkidle");
    await page.getByLabel("Name").fill(`customer-${randomUUID()}`);
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

    const claims = await Promise.all(tokens);
    assert.equal(claims.length, 2, "one introspection a ceremony");
    for (const { active, sub } of claims) {
      assert.equal(active, true);
      assert.equal(sub, claims[0].sub);
    }
    const modules = responses.filter((response) => /^application\/wasm/.test(response.headers()["content-type"]));
    assert.equal(modules.length, url ? 1 : 0, "requests for the .wasm file");
    assert.deepEqual(warnings, [], "the console");
  } finally {
    await context.close();
  }
};

export { launchBrowser };
