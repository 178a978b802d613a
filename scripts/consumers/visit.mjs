// Creates a passkey on a consumer's page and approves with it, in Chromium.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";

import { launchBrowser } from "../../tests/e2e/support/browser.mjs";
import { TOKEN } from "../../tests/e2e/support/cloud.mjs";

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
/** What only the fallback contains, whatever a bundler calls its chunk. */
const FALLBACK = /structuredClone\(/;
/** What the page itself writes to the console then. */
const WHY = /unknown_user|not_known|: HTTP \d/;
const NOT_KNOWN = /^We don't know yet whether it worked\. Please check before you try again\./;

/**
 * Opens `origin` and runs both ceremonies. Throws if a step fails, the backend does not verify one, the console has a warning or an
 * error, or the page shows a success that is over. `url`: whether the page must load the module as a separate file, unless it is
 * `inlined`.
 */
export const visit = async (browser, origin, { url = false, inlined = false, rendered = "" }) => {
  const context = await browser.newContext({ locale: "en-GB" });
  try {
    const page = await context.newPage();
    const warnings = [];
    const responses = [];
    const verifications = [];
    const approvals = [];
    page.on("pageerror", (error) => warnings.push(`uncaught ${error}`));
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) warnings.push(`${message.type()}: ${message.text()}`);
    });
    page.on("request", (request) => {
      if (new URL(request.url()).pathname === "/api/approve") approvals.push(request);
    });
    page.on("response", (response) => {
      responses.push(response);
      if (new URL(response.url()).pathname === "/api/introspect") verifications.push(response);
    });
    await addAuthenticator(context, page);

    await page.goto(origin, { waitUntil: "load" });
    await page.waitForLoadState("networkidle");
    const outcome = page.locator("output");
    if (rendered) {
      await untilInteractive(page, outcome);
      for (const list of [warnings, verifications, approvals]) list.length = 0;
    }
    const username = `customer-${randomUUID()}`;
    await page.getByLabel("Name").fill(username);
    const press = async (name, expected, clickCount = 1) => {
      await page.getByRole("button", { name }).click({ clickCount });
      await outcome.filter({ hasText: expected }).waitFor();
    };
    // As on a slow network, so that the second click of a double click comes while the first one is served.
    await page.route("**/api/approve", async (route) => {
      await setTimeout(300);
      await route.continue();
    });
    try {
      await press("Create a passkey", CREATED);
      await press("Approve", "One moment …", 2);
      assert.equal(await page.locator("button[aria-disabled=true]").count(), 2, "buttons while it runs");
      await outcome.filter({ hasText: APPROVED }).waitFor();
      assert.equal(await page.locator("button[aria-disabled=true]").count(), 0, "buttons afterwards");
    } catch (error) {
      const shown = await outcome.textContent({ timeout: 1000 }).catch(() => "nothing");
      throw new Error(`the page shows ${JSON.stringify(shown)}; ${warnings.join("; ")}; ${error.message}`);
    }

    assert.equal(approvals.length, 1, "approvals of a double click");
    const verified = await Promise.all(verifications.map((response) => response.json()));
    assert.deepEqual(verified, Array(2).fill({ active: true, status: "succeeded", username }), "one for each ceremony");
    // Nuxt prefetches it, too, which has another type.
    const modules = responses.filter(
      (response) =>
        /^application\/wasm/.test(response.headers()["content-type"]) && response.request().resourceType() === "fetch",
    );
    assert.equal(modules.length, url && !inlined ? 1 : 0, "requests for the .wasm file");
    const links = page.locator("link[rel=prefetch]");
    for (const address of await links.evaluateAll((found) => found.map(({ href }) => href)))
      assert.doesNotMatch(await (await fetch(address)).text(), FALLBACK, `${address} is prefetched`);
    assert.deepEqual(warnings, [], "the console");

    // Without a name: any passkey.
    await page.getByLabel("Name").fill("");
    await press("Approve", "One moment …");
    await outcome.filter({ hasText: APPROVED }).waitFor();
    assert.deepEqual(warnings, [], "the console");
    await page.getByLabel("Name").fill(username);

    // The backend has verified it, but the response was lost.
    let losses = 0;
    await page.route("**/api/introspect", async (route) => {
      if (losses++) return route.continue();
      await route.fetch();
      await route.abort();
    });
    await press("Approve", "One moment …");
    await outcome.filter({ hasText: APPROVED }).waitFor();
    assert.equal(losses, 2, "verifications");
    await page.unroute("**/api/introspect");

    // A failure replaces the success before it. Chromium writes failed requests to the console, so this comes last.
    const failures = [
      { expected: FAILED, act: () => page.getByLabel("Name").fill(`nobody-${randomUUID()}`) },
      {
        expected: NOT_KNOWN,
        act: () => page.route("**/api/introspect", (route) => route.fulfill({ status: 502, body: "Bad Gateway" })),
      },
    ];
    for (const { expected, act } of failures) {
      await act();
      const before = warnings.length;
      await press("Approve", expected);
      assert.ok(
        warnings.slice(before).some((text) => WHY.test(text)),
        `the console says why: ${warnings.slice(before)}`,
      );
      assert.doesNotMatch(warnings.join("\n"), TOKEN, "the console has a token");
      assert.doesNotMatch(await outcome.textContent(), APPROVED);
      await page.unroute("**/api/introspect");
      await page.getByLabel("Name").fill(username);
      await press("Approve", APPROVED);
    }
  } finally {
    await context.close();
  }
};

/**
 * Waits until a server-rendered page has its listeners, and until its dev server no longer has it reload: until it says that
 * nobody has the name which was filled in. Before that, it does nothing, or has forgotten the name and asks for any passkey.
 */
const untilInteractive = async (page, outcome) => {
  for (let attempt = 1; attempt <= 10; attempt++) {
    await page.getByLabel("Name").fill(`nobody-${randomUUID()}`);
    await page.getByRole("button", { name: "Approve" }).click();
    const unknown = outcome.filter({ hasText: FAILED }).waitFor({ timeout: 3000 });
    if (await unknown.then(() => true).catch(() => false)) return;
  }
  throw new Error("the page does not become interactive");
};

/**
 * The backend verifies an approval, but none of its responses arrives, and the page is reloaded. Throws unless the page then finds
 * out by one question and one verification, although React's `StrictMode` starts its effects twice.
 */
export const visitAndReload = async (browser, address) => {
  const context = await browser.newContext({ locale: "en-GB" });
  try {
    const page = await context.newPage();
    const asked = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await addAuthenticator(context, page);
    await page.goto(address, { waitUntil: "load" });
    await page.getByLabel("Name").fill(`customer-${randomUUID()}`);
    const shows = (text) => page.locator("output").filter({ hasText: text }).waitFor();
    await page.getByRole("button", { name: "Create a passkey" }).click();
    await shows(/^Done/);
    await page.evaluate(() => {
      const { credentials } = navigator;
      const get = credentials.get.bind(credentials);
      credentials.get = async () => {
        credentials.get = get;
        throw new DOMException("The user closed the prompt.", "NotAllowedError");
      };
    });
    await page.getByRole("button", { name: "Approve" }).click();
    await page.locator("output:empty").waitFor({ state: "attached" });
    assert.equal(await page.locator("button[aria-disabled=true]").count(), 0, "after a canceled approval");

    await page.route("**/api/introspect", async (route) => {
      await route.fetch();
      await route.abort();
    });
    await page.getByRole("button", { name: "Approve" }).click();
    await shows(NOT_KNOWN);
    await page.getByRole("button", { name: "Check whether it worked" }).waitFor();
    assert.equal(await page.getByRole("button").count(), 1, "nothing can be started before the check");
    await page.unroute("**/api/introspect");

    asked.length = 0;
    await page.reload({ waitUntil: "load" });
    await shows(/^Done/);
    await page.waitForLoadState("networkidle");
    const calls = asked.filter((path) => path.startsWith("/api/"));
    assert.deepEqual(calls, ["/api/status", "/api/introspect"], "after the reload");
    await page.reload({ waitUntil: "networkidle" });
    assert.equal(asked.filter((path) => path.startsWith("/api/")).length, 2, "it is forgotten afterwards");
  } finally {
    await context.close();
  }
};

const addAuthenticator = async (context, page) => {
  const cdp = await context.newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  await cdp.send("WebAuthn.addVirtualAuthenticator", { options: AUTHENTICATOR });
};

export { launchBrowser };
