// The demo shop's own route for the setting `statusUrl`.

import assert from "node:assert/strict";
import { test } from "node:test";

import { useShop } from "./support/setting.mjs";

const { shop, open } = useShop();

const post = (page, path, body) =>
  page.page.evaluate(
    async ([at, value]) => {
      const response = await fetch(at, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(value),
      });
      return { status: response.status, body: await response.json() };
    },
    [path, body],
  );

test("the page's recovery asks the shop, which asks the cloud", async (t) => {
  const page = await open(t);
  const { username } = await page.newUser();
  const faults = [{ at: "result", kind: "http", status: 503, processed: true }];
  const { body: approval } = await post(page, "/api/approve", { username, faults });
  const outcome = await page.call("authenticate", approval, { statusUrl: "/api/status" });
  assert.equal(outcome.result.success, true, JSON.stringify(outcome.result));
  assert.deepEqual(page.statusRequests(approval), []);
  const { statusToken } = approval;
  assert.deepEqual(await post(page, "/api/status", { statusToken }), {
    status: 200,
    body: await shop.status(statusToken),
  });
});

test("nobody gets the status of another visitor's transaction", async (t) => {
  const [page, stranger] = [await open(t), await open(t)];
  const { username } = await page.newUser();
  const { body } = await post(page, "/api/approve", { username });
  for (const statusToken of [body.statusToken, undefined, "x"]) {
    const response = await post(stranger, "/api/status", { statusToken });
    assert.deepEqual([response.status, response.body.error], [404, "unknown_transaction"]);
  }
  assert.equal((await post(page, "/api/status", { statusToken: body.statusToken })).body.status, "pending");
});
