// Browsers allow 64 KiB of bodies that outlive the page, for all of its scripts together. Whoever else uses them up, no approval
// is lost: docs/contract.md, section A4.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { serve } from "./support/processes.mjs";
import { assertSuccess, names } from "./support/result-table.mjs";
import { useShop } from "./support/setting.mjs";

const { shop, open } = useShop();

// Keeps what it gets in flight.
let slow;
before(async () => {
  slow = await serve((_, response) => {
    setTimeout(() => response.writeHead(200, { "Access-Control-Allow-Origin": "*" }).end(), 4_000);
  });
});
after(() => slow.stop());

/** The shop's policy allows no other address. */
const openPage = (t) => open(t, { context: { bypassCSP: true } });

describe("the quota of the page is used up", () => {
  for (const name of names)
    test(`${name}: by a beacon`, async (t) => {
      const page = await openPage(t);
      const { argument } = await shop.start(name, await page.newUser());
      assert.equal(
        await page.page.evaluate((url) => navigator.sendBeacon(url, JSON.stringify("x".repeat(65_000))), slow.origin),
        true,
      );
      const outcome = await page.call(name, argument);
      assertSuccess(outcome, name);
      assert.deepEqual(outcome.stages, ["prompting", "finalizing"]);
      assert.equal((await shop.introspect(outcome.result.token)).active, true);
    });

  test("by other requests, and a large attestation", async (t) => {
    const page = await openPage(t);
    const { argument } = await shop.start("register", await page.newUser());
    await page.page.evaluate((url) => {
      for (let count = 0; count < 2; count++)
        fetch(url, {
          method: "POST",
          mode: "no-cors",
          keepalive: true,
          body: JSON.stringify("x".repeat(30_000)),
        }).catch(() => {});
    }, slow.origin);
    assertSuccess(await page.call("register", { ...argument, authenticatorName: "x".repeat(200) }), "register");
  });

  test("a push and a code are sent", async (t) => {
    const page = await openPage(t);
    const results = await page.page.evaluate(async (url) => {
      navigator.sendBeacon(url, JSON.stringify("x".repeat(65_000)));
      const { CIBAClient } = await import("/pkg/ciba.js");
      const client = new CIBAClient({ baseUrl: url, requestTimeout: 10_000 });
      return [
        await client.initiateAppApproval("ada@example.com"),
        await client.verifyTotp("ada@example.com", "123456"),
      ];
    }, slow.origin);
    // The server has no words for them, but it got them.
    for (const { error } of results) assert.equal(error, "connection_failed");
  });
});

test("bytes are counted, not characters", async (t) => {
  const page = await open(t);
  const { argument } = await shop.start("register", await page.newUser());
  const sent = await page.page.evaluate(async (argument) => {
    const real = globalThis.fetch;
    const sent = [];
    globalThis.fetch = (url, init) => {
      sent.push([new TextEncoder().encode(init.body).length > 60_000, init.keepalive]);
      return real(url, init);
    };
    await globalThis.e2e.module.register({ ...argument, authenticatorName: "漢".repeat(20_000) });
    return sent;
  }, argument);
  assert.deepEqual(sent[0], [true, false]);
});
