// The demo page as a visitor uses it, under its real Content-Security-Policy.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { assertSuccess } from "./support/result-table.mjs";
import { useDemo } from "./support/sign-in.mjs";
import { visit } from "./support/visit.mjs";

const setting = useDemo();
const { shop, open } = setting;

const assertApproved = async ({ introspection }, result, statusCode) => {
  assert.equal(result.code.statusCode, statusCode);
  const claims = await introspection();
  assert.equal(claims.active, true);
  assert.deepEqual(claims, await shop.introspect(result.token));
};

// Some cases of the panel take long, so the tests run concurrently.
describe("the demo page", { concurrency: 5 }, () => {
  test("a visitor creates a passkey, pays and signs in with it, and sees active: true each time", async (t) => {
    const visitor = await visit(setting, t);
    const { at, result } = visitor;
    await visitor.createAccount("Ada.Lovelace");
    await assertApproved(visitor, await result(1), "success-registration");
    await at("sign-in").click();
    await assertApproved(visitor, await result(2), "success-authentication");
    await at("approve").click();
    await assertApproved(visitor, await result(3), "success-authentication");
    assert.equal(await at("paid").textContent(), "Paid CHF 72.50, charged to Ada.Lovelace");
    await at("sign-in-change").click();
    await at("sign-in-name").fill("Ada.Lovelace");
    await at("sign-in-name").press("Enter");
    await assertApproved(visitor, await result(4), "success-authentication");

    const stages = await at("steps")
      .locator("[data-stage]")
      .evaluateAll((steps) => steps.map((step) => step.dataset.stage));
    assert.deepEqual(stages, ["call", "prompting", "passkey", "finalizing", "settled"]);
  });

  test("a returning visitor is offered the passkey in the field", async (t) => {
    const visitor = await visit(setting, t);
    await visitor.createAccount("Grace.Hopper");
    await assertApproved(visitor, await visitor.result(1), "success-registration");

    await visitor.page.goto(`${shop.origin}/`);
    const approved = await visitor.result(1);
    assert.equal(await visitor.at("result").getAttribute("data-source"), "autofill");
    await assertApproved(visitor, approved, "success-authentication");
  });

  test("a visitor without a passkey sees what went wrong, for users and for developers", async (t) => {
    const visitor = await visit(setting, t);
    await visitor.goToSignIn();
    await visitor.at("sign-in").click();
    const result = await visitor.result(1);
    assert.equal(result.code.statusCode, "error-0001");
    assert.match(result.message, /NotAllowedError/);
    assert.equal(await visitor.at("status-code").textContent(), "error-0001");
    assert.notEqual(await visitor.at("explanation-title").textContent(), "");
  });

  test("the page may ask its own server, and of the cloud what passkeys need", async () => {
    const policy = (await fetch(shop.origin)).headers.get("Content-Security-Policy");
    const [, sources] = /(?:^|; )connect-src ([^;]*)/.exec(policy);
    assert.deepEqual(sources.split(" "), [
      "'self'",
      ...["_app/", "api/v1/status"].map((path) => `${shop.baseUrl}/${path}`),
    ]);
  });

  test("the page gets the addresses of the services and phones, and no secret", async () => {
    const { baseUrl, phoneUrl } = shop;
    assert.deepEqual(await (await fetch(`${shop.origin}/api/settings`)).json(), { baseUrl, phoneUrl });
  });

  test("the module, imported by that page, answers as everywhere", async (t) => {
    const opened = await open(t, { url: `${shop.origin}/?autofill=off` });
    const user = await opened.newUser();
    assertSuccess(await opened.call("authenticate", (await shop.approve(user)).argument), "authenticate");
  });

  test("the page of codes brings every result code about for real", async (t) => {
    const patience = 300_000;
    const path = "/codes.html";
    const visitor = await visit(setting, t, {
      path,
      patience,
      says: /^Failed to load resource: (net::ERR_|.* status of 5)/,
    });
    await visitor.at("run-all").click();
    await visitor.page.locator("[data-testid=run-summary]:is([data-state=match], [data-state=mismatch])").waitFor({
      timeout: patience,
    });
    const rows = await visitor.page
      .locator("[data-testid^=row-]")
      .evaluateAll((items) => items.map(({ dataset, textContent }) => ({ ...dataset, textContent })));
    // Only a user can decline.
    const [byPerson, run] = [true, false].map((person) =>
      rows.filter(({ testid }) => /-say-no$/.test(testid) === person),
    );
    assert.deepEqual(
      run.filter(({ state }) => state !== "match"),
      [],
    );
    assert.deepEqual(
      byPerson.map(({ state }) => state),
      ["idle", "idle"],
    );
    assert.deepEqual([...new Set(run.map(({ got }) => got))].sort(), [
      ...["error-0000", "error-0001", "error-0002", "error-0003", "error-0004", "error-0005", "error-0099"],
      ...["error-1000", "error-1001", "error-1002", "error-1004", "error-1005", "error-1099"],
      ...["success-authentication", "success-registration"],
    ]);
  });
});
