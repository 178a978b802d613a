// The site in Chromium: the live examples bring about their results, the search works, and nothing leaves the machine.

import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";

import { serveSite } from "../../scripts/docs/serve-site.mjs";
import { site } from "../../scripts/docs/site.mjs";
import { root } from "../../scripts/run.mjs";
import { launchBrowser, WILLING } from "../e2e/support/browser.mjs";
import { TEXTS } from "../e2e/support/result-table.mjs";

/** By example, what differs from the code in its name. */
const CAUSES = {
  "success-authentication": "approved",
  "success-registration": "registered",
  "error-0002": "refused",
  "error-0002-unknown": "outcomeUnknown",
  "error-0002-pending": "pending",
  "error-1002": "refused",
};

let server, browser, page, session, authenticatorId;
const strangers = [];

const pageNames = async () => (await readdir(site)).filter((name) => name.endsWith(".html"));

before(async () => {
  server = await serveSite(0);
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

beforeEach(async () => {
  await page?.context().close();
  page = await (await browser.newContext()).newPage();
  page.on("request", (request) => {
    if (new URL(request.url()).origin !== server.address) strangers.push(request.url());
  });
  session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable");
  ({ authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", { options: WILLING }));
});

const credentials = async () =>
  (await session.send("WebAuthn.getCredentials", { authenticatorId })).credentials.map(
    ({ credentialId }) => credentialId,
  );

/** Runs an example, and resolves to what the page shows. */
const runExample = async (name) => {
  const example = page.locator(`[data-example="${name}"]`);
  await example.getByRole("button").click();
  const shown = (part) => example.locator(`[data-part="${part}"]`);
  const result = JSON.parse(await shown("result").textContent());
  return { result, cause: await shown("cause").textContent(), example };
};

describe("on the page of the codes", () => {
  beforeEach(async () => {
    await page.goto(`${server.address}/troubleshooting.html`);
  });

  test("every code has an example", async () => {
    const names = await page.locator("[data-example]").evaluateAll((all) => all.map(({ dataset }) => dataset.example));
    const codes = new Set(names.map((name) => name.match(/^(?:success-\w+|error-\d+)/)[0]));
    assert.deepEqual([...codes].sort(), Object.keys(TEXTS).sort());
  });

  for (const code of [...Object.keys(TEXTS), "error-0002-unknown", "error-0002-pending"])
    test(`${code} is brought about, and leaves no passkey`, async () => {
      // A reader who does not react: the page ends the prompt.
      if (/1$/.test(code))
        await session.send("WebAuthn.setAutomaticPresenceSimulation", { authenticatorId, enabled: false });
      const { result, cause } = await runExample(code);
      const expected = code.replace(/-(?:unknown|pending)$/, "");
      assert.equal(result.code.statusCode, expected);
      assert.equal(result.code.message, TEXTS[expected]);
      if (CAUSES[code]) assert.equal(cause, CAUSES[code]);
      assert.deepEqual(await credentials(), []);
    });

  test("a passkey that the browser cannot remove is named, with where to delete it", async () => {
    await page.addInitScript(() => {
      Reflect.deleteProperty(PublicKeyCredential, "signalUnknownCredential");
    });
    await page.reload();
    const { example } = await runExample("success-registration");
    assert.match(
      await example.locator("[data-part=cleanup]").textContent(),
      /Delete “webauthn-result example” yourself/,
    );
    assert.equal((await credentials()).length, 1);
  });

  test("one example runs at a time, and the page's fetch is its own again afterwards", async () => {
    await page.evaluate(() => Object.assign(globalThis, { ownFetch: fetch }));
    await session.send("WebAuthn.setAutomaticPresenceSimulation", { authenticatorId, enabled: false });
    const [first, second] = ["error-0001", "error-0002"].map((name) => page.locator(`[data-example="${name}"]`));
    await first.getByRole("button", { name: "Run" }).click();
    await first.getByRole("button", { name: "Running" }).waitFor();
    // In another section of the page. Playwright itself would not click, because the button says that it is disabled.
    await second.getByRole("button").evaluate((button) => button.click());
    // Its own end, and not that the other took over.
    assert.equal(await first.locator("[data-part=cause]").textContent(), "aborted");
    assert.equal(await second.locator("[data-part=result]").count(), 0);
    await second.getByRole("button", { name: "Run" }).waitFor();
    assert.equal(await page.evaluate(() => fetch === Reflect.get(globalThis, "ownFetch")), true);
    assert.deepEqual(await credentials(), []);
  });

  test("the browser has nothing to warn of in a registration", async () => {
    const warnings = [];
    page.on("console", (message) => warnings.push(message.text()));
    await runExample("success-registration");
    assert.deepEqual(warnings, []);
  });

  test("the shown code is the code that runs", async () => {
    const shown = await page.locator('[data-example="error-0003"] .live-code').first().textContent();
    assert.match(shown, /authenticate\(\{ credentialRequestOptions, statusToken, userId: null \}\)/);
  });
});

describe("on the page of push and TOTP", () => {
  const load = () => page.goto(`${server.address}/push-and-totp.html`);

  test("every code has an example, but those of OpenID CIBA, of a strange server and of a module that fails", async () => {
    await load();
    const named = await page.locator("select option").allTextContents();
    const text = await readFile(join(root, "docs/push-and-totp.md"), "utf8");
    const [, section] = text.split("## Statuses and errors");
    const rows = [...section.matchAll(/^\| `(\w+)`[^|]*\|([^|]+)\|/gm)]
      .filter(([, code, methods]) => !/"oidc"/.test(methods) && !/^module_|^unexpected_response$/.test(code))
      .map(([, code]) => code);
    assert.ok(rows.length > 15, "the pattern finds the rows");
    assert.deepEqual([...named].sort(), [...rows, "totp_success"].sort());
  });

  test("each is brought about", async () => {
    await load();
    for (const name of await page.locator("select option").allTextContents()) {
      await page.getByLabel("Bring about").selectOption(name);
      const { result } = await runExample(name);
      if (name === "totp_success") assert.equal(result.success, true);
      else assert.ok([result.status, result.error].includes(name), `${name}: ${JSON.stringify(result)}`);
    }
  });
});

test("the search finds a message without a network", async () => {
  await page.goto(`${server.address}/index.html`);
  await page
    .getByRole("button", { name: /search/i })
    .first()
    .click();
  await page.getByRole("searchbox").fill("outcomeUnknown");
  await page.locator(".results .result").first().waitFor();
  assert.match(await page.locator(".results").textContent(), /Ask for the outcome|Reacting/i);
});

test("the site has a light and a dark scheme", async () => {
  const background = async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    await page.goto(`${server.address}/quick-start.html`);
    return page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  };
  assert.notEqual(await background("light"), await background("dark"));
});

test("no page scrolls sideways on a phone", async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  const wide = [];
  for (const name of await pageNames()) {
    await page.goto(`${server.address}/${name}`);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    if (width > 390) wide.push(`${name}: ${width}`);
  }
  assert.deepEqual(wide, []);
});

test("no request leaves the machine", () => {
  assert.deepEqual(strangers, []);
});
