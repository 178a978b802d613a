// Runs a registration and an approval on the demo page.

import assert from "node:assert/strict";

import { launchBrowser, openPage } from "../../tests/e2e/support/browser.mjs";
import { visit } from "../../tests/e2e/support/visit.mjs";

/** Throws unless both succeed, the backend confirms both, and the console shows no warning or policy violation. */
export const runCeremonies = async (origin) => {
  const checks = [];
  const browser = await launchBrowser();
  try {
    const shop = { origin };
    const setting = { shop, open: (_, options) => openPage({ browser, shop }, options) };
    const { at, createAccount, result, introspection, assertUnharmed } = await visit(setting, {
      after: (check) => checks.push(check),
    });
    await createAccount("ada@example.com");
    assert.equal((await result(1)).code.statusCode, "success-registration");
    assert.equal((await introspection()).active, true);
    await at("sign-in").click();
    assert.equal((await result(2)).code.statusCode, "success-authentication");
    await at("approve").click();
    assert.equal((await result(3)).code.statusCode, "success-authentication");
    assert.equal((await introspection()).active, true);
    await assertUnharmed();
    for (const check of checks) check();
  } finally {
    await browser.close();
  }
};
