// Browsers allow 64 KiB of bodies that outlive the page, for all of its scripts together. Whoever else uses them up, no approval
// is lost: docs/contract.md, section A4.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { serve } from "./support/processes.mjs";
import { assertSuccess, names } from "./support/result-table.mjs";
import { useShop } from "./support/setting.mjs";

const { shop, open } = useShop();

// Keeps what it gets at /slow in flight, and responds as AuthSec elsewhere.
let other;
const received = [];
before(async () => {
  other = await serve((request, response) => {
    const headers = { "Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "*" };
    const respond = () => response.writeHead(200, headers).end('{"auth_req_id":"R","success":true}');
    if (request.url === "/slow") return setTimeout(respond, 4_000);
    if (request.method === "POST") received.push(request.url);
    respond();
  });
});
after(() => other.stop());

/** The shop's policy allows no other address. */
const openPage = (t) => open(t, { context: { bypassCSP: true } });

/** Evaluated in the page: uses the quota up, by a beacon or by requests. Whether not even 600 bytes are left. */
const useUp = async ([url, way]) => {
  const body = (length) => JSON.stringify("x".repeat(length));
  const send = (length) => fetch(url, { method: "POST", mode: "no-cors", keepalive: true, body: body(length) });
  if (way === "a beacon") navigator.sendBeacon(url, body(65_000));
  else for (let count = 0; count < 2; count++) send(32_500).catch(() => {});
  return send(600).then(
    () => false,
    () => true,
  );
};

const assertUsedUp = async ({ page }, way) =>
  assert.equal(await page.evaluate(useUp, [`${other.origin}/slow`, way]), true, "some of the quota is left");

describe("the quota of the page is used up", () => {
  for (const way of ["a beacon", "other requests"])
    for (const name of names)
      test(`${name}: by ${way}`, async (t) => {
        const page = await openPage(t);
        const { argument } = await shop.start(name, await page.newUser());
        await assertUsedUp(page, way);
        const outcome = await page.call(name, argument);
        assertSuccess(outcome, name);
        assert.deepEqual(outcome.stages, ["prompting", "finalizing"]);
        assert.equal((await shop.introspect(outcome.result.token)).active, true);
      });

  test("a push and a code are sent", async (t) => {
    const page = await openPage(t);
    await assertUsedUp(page, "a beacon");
    const results = await page.page.evaluate(async (url) => {
      const { CIBAClient } = await import("/pkg/ciba.js");
      const client = new CIBAClient({ baseUrl: url });
      return [
        await client.initiateAppApproval("ada@example.com"),
        await client.verifyTotp("ada@example.com", "123456"),
      ];
    }, other.origin);
    assert.equal(results[0].auth_req_id, "R");
    assert.equal(results[1].success, true);
    assert.deepEqual(
      received.map((path) => path.split("/").at(-1)),
      ["initiate", "login"],
    );
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
