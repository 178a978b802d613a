// No success is lost or invented: every fault of the cloud, in the finalization and in the status, in both ceremonies.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { always, result, status, times } from "./support/faults.mjs";
import { assertFailure, assertSuccess, CEREMONIES, names, REJECTED, UNKNOWN } from "./support/result-table.mjs";
import { useShop } from "./support/setting.mjs";

const { shop, openWithUser, borrow } = useShop();
/** They mostly wait for the cloud. */
const sideBySide = { concurrency: 6 };

/** Longer than any timeout here, in milliseconds. */
const LATE = 20_000;
const SHORT = { finalizeTimeout: 400 };
/** Enough time for several attempts and status queries. */
const LONG_ENOUGH = { finalizeTimeout: 3000 };

/**
 * Whether the request fails, so that the page cannot tell why: then it is sent again at once without `keepalive`, whose quota
 * may be the cause.
 */
const fails = ({ kind }) => ["cut-before", "cut-after", "cut-body", "redirect"].includes(kind);

/** Runs a ceremony with these faults. Returns the outcome, the requests, and the status in the cloud. */
const run = async (page, name, faults, settings) => {
  const { argument } = await shop.start(name, page.user, { faults });
  const outcome = await page.call(name, argument, settings);
  const finalizations = page.finalizations(name, argument);
  for (const { body } of finalizations) assert.deepEqual(body, finalizations[0].body);
  const asked = page.statusRequests(argument);
  for (const { body } of asked) assert.deepEqual(body, { statusToken: argument.statusToken });
  const [{ sends, queries }] = outcome.ends;
  assert.deepEqual({ sends, queries }, { sends: finalizations.length, queries: asked.length });
  return {
    outcome,
    sent: finalizations.length,
    asked: asked.length,
    decided: await shop.statusBehindFaults(argument.statusToken),
  };
};

const assertRecovered = async ({ outcome, decided, asked }, name) => {
  assertSuccess(outcome, name);
  assert.deepEqual(outcome.stages, ["prompting", "finalizing", ...(asked ? ["recovering"] : [])]);
  assert.equal(decided.status, "succeeded");
  assert.equal((await shop.introspect(outcome.result.token)).active, true);
};

const assertNotInvented = ({ outcome, decided }, name, words) => {
  assertFailure(outcome, name, "02", words);
  assert.deepEqual(outcome.stages, ["prompting", "finalizing", "recovering"]);
  assert.notEqual(decided.status, "succeeded");
};

describe("a response that is lost after the cloud accepted is recovered from the status", sideBySide, () => {
  const faults = {
    "cut after processing": result("cut-after"),
    "cut inside the response": result("cut-body"),
    "500 although accepted": result("http", { status: 500, processed: true }),
    "502 although accepted": result("http", {
      status: 502,
      processed: true,
      body: "<h1>Bad Gateway</h1>",
      type: "text/html",
    }),
    "503 although accepted": result("http", { status: 503, processed: true }),
    "a web page as the response": result("not-json", { processed: true }),
    "JSON cut in the middle": result("truncated", { processed: true }),
    "an array as the response": result("wrong-shape", { processed: true }),
    "null as the response": result("wrong-shape", { processed: true, body: null }),
    "ok without a token": result("wrong-shape", { processed: true, body: { status: "ok", errorMessage: "" } }),
    "ok with a token that is not a string": result("wrong-shape", {
      processed: true,
      body: { status: "ok", token: 7 },
    }),
    "a status that is not a string": result("wrong-shape", { processed: true, body: { status: 7, token: "text" } }),
  };
  for (const name of names)
    for (const [title, fault] of Object.entries(faults))
      test(`${name}: ${title}`, async (t) => {
        const page = await borrow(t);
        const ran = await run(page, name, [fault]);
        await assertRecovered(ran, name);
        assert.equal(ran.sent, fails(fault) ? 2 : 1);
        assert.equal(ran.asked, 1);
      });
});

describe("an assertion that did not arrive is sent again", sideBySide, () => {
  const faults = {
    "cut before processing": result("cut-before"),
    500: result("http", { status: 500 }),
    502: result("http", { status: 502 }),
    503: result("http", { status: 503 }),
    "a web page as the response": result("not-json"),
    "JSON cut in the middle": result("truncated"),
    "JSON of another shape": result("wrong-shape"),
    "redirected elsewhere": result("redirect", { location: "http://localhost:9/" }),
    "too late": result("delay", { ms: LATE }),
  };
  for (const name of names)
    for (const [title, fault] of Object.entries(faults)) {
      const settings = fault.kind === "delay" ? LONG_ENOUGH : undefined;
      test(`${name}: ${title}, once`, async (t) => {
        const page = await borrow(t);
        const ran = await run(page, name, [fault], settings);
        await assertRecovered(ran, name);
        assert.equal(ran.sent, 2);
        assert.equal(ran.asked, fails(fault) ? 0 : 1);
      });
      if (fault.kind !== "delay")
        test(`${name}: ${title}, twice`, async (t) => {
          const page = await borrow(t);
          const ran = await run(page, name, times(2, fault));
          await assertRecovered(ran, name);
          assert.equal(ran.sent, 3);
          assert.equal(ran.asked, fails(fault) ? 1 : 2);
        });
    }
});

describe("a redirect is not followed, not even to the cloud itself", () => {
  for (const name of names)
    test(name, async (t) => {
      const page = await borrow(t);
      const ran = await run(page, name, [result("redirect", { location: CEREMONIES[name].path })]);
      await assertRecovered(ran, name);
      assert.equal(ran.sent, 2);
      assert.equal(ran.asked, 0);
    });
});

describe(
  "an assertion that never arrives is sent until the budget is used, and then the outcome is unknown",
  sideBySide,
  () => {
    const faults = {
      "cut before processing": [result("cut-before"), /^No response/],
      503: [result("http", { status: 503 }), /\b503\b/],
      "a web page as the response": [result("not-json"), /JSON/],
      "JSON cut in the middle": [result("truncated"), /JSON/],
      "JSON of another shape": [result("wrong-shape"), /JSON object|token must/],
      "redirected elsewhere": [result("redirect", { location: "http://localhost:9/" }), /^No response/],
      "too late": [result("delay", { ms: LATE }), /TimeoutError/],
    };
    for (const name of names)
      for (const [title, [fault, words]] of Object.entries(faults))
        test(`${name}: ${title}`, async (t) => {
          const late = fault.kind === "delay";
          const page = await borrow(t);
          const ran = await run(page, name, times(30, fault), late ? SHORT : LONG_ENOUGH);
          assertNotInvented(ran, name, words);
          assert.match(ran.outcome.result.message, UNKNOWN);
          assert.equal(ran.decided.status, "pending");
          if (!late) assert.ok(ran.sent >= 5, `${ran.sent}`);
          assert.ok(ran.asked >= 1);
        });
  },
);

describe("a rejection is error-0002 with the cloud's reason, unchanged", sideBySide, () => {
  const reason = 'This “device” is not trusted any more: "no\\more".';
  const faults = {
    "with its reason": [result("refused", { message: reason }), reason],
    "by HTTP 400": [result("http", { status: 400 }), "400"],
    "by HTTP 403 with an error body": [
      result("http", { status: 403, body: JSON.stringify({ status: 403, error: "Forbidden", message: reason }) }),
      `403: ${reason}`,
    ],
    "by HTTP 404 with an error and no message": [
      result("http", { status: 404, body: JSON.stringify({ status: 404, error: "Not Found" }) }),
      "404: Not Found",
    ],
    "by HTTP 409 without JSON": [result("http", { status: 409, body: "Conflict", type: "text/plain" }), "409"],
    "by the status failed": [result("wrong-shape", { body: { status: "failed", token: "text" } }), ""],
    "by a reason beside ok": [
      result("wrong-shape", { body: { status: "ok", errorMessage: reason, token: "text" } }),
      reason,
    ],
  };
  for (const name of names)
    for (const [title, [fault, words]] of Object.entries(faults))
      test(`${name}: ${title}; it is sent once, and the status queried until it decides, three times at most`, async (t) => {
        const page = await borrow(t);
        const ran = await run(page, name, [fault]);
        assertNotInvented(ran, name, REJECTED);
        assert.ok(ran.outcome.result.message.includes(words), ran.outcome.result.message);
        assert.doesNotMatch(ran.outcome.result.message, UNKNOWN);
        assert.equal(ran.sent, 1);
        // Twice more while the status decides nothing.
        assert.equal(ran.asked, ran.decided.status === "failed" ? 1 : 3);
      });

  for (const [title, faults, words, sent] of [
    ["is reported with its reason", [], /signature does not verify/, 1],
    // The status need not hold a reason: docs/contract.md, section A5.1.
    [
      "is known from the status if the response is lost",
      [result("http", { status: 503, processed: true })],
      /failed/,
      1,
    ],
  ])
    test(`authenticate: a signature that does not verify ${title}`, async (t) => {
      const page = await openWithUser(t);
      await page.authenticator("setResponseOverrideBits", { isBogusSignature: true });
      const ran = await run(page, "authenticate", faults);
      assertNotInvented(ran, "authenticate", words);
      assert.doesNotMatch(ran.outcome.result.message, UNKNOWN);
      assert.equal(ran.decided.status, "failed");
      assert.equal(ran.sent, sent);
    });

  for (const name of names)
    test(`${name}: a challenge that is not the transaction's`, async (t) => {
      const page = await borrow(t);
      const { argument } = await shop.start(name, page.user);
      const options = argument[CEREMONIES[name].options];
      options.challenge = Buffer.from(options.challenge, "base64url").reverse().toString("base64url");
      assertFailure(await page.call(name, argument), name, "02", /challenge/);
    });
});

describe("faults of the status endpoint", sideBySide, () => {
  const faults = {
    503: status("http", { status: 503 }),
    404: status("http", { status: 404 }),
    "cut before processing": status("cut-before"),
    "cut inside the response": status("cut-body"),
    "a web page as the response": status("not-json"),
    "JSON cut in the middle": status("truncated"),
    "JSON of another shape": status("wrong-shape"),
    unknown: status("wrong-shape", { body: { status: "unknown" } }),
    "succeeded without a token": status("wrong-shape", { body: { status: "succeeded" } }),
    "redirected elsewhere": status("redirect", { location: "http://localhost:9/" }),
  };
  for (const name of names)
    for (const [title, fault] of Object.entries(faults))
      test(`${name}: ${title}, then it reports the success`, async (t) => {
        const page = await borrow(t);
        const ran = await run(page, name, [result("cut-after"), fault]);
        await assertRecovered(ran, name);
        assert.equal(ran.sent, 2, "the second copy is rejected, which decides nothing");
        assert.equal(ran.asked, 2);
      });

  for (const name of names) {
    test(`${name}: too late at first`, async (t) => {
      const page = await borrow(t);
      const ran = await run(page, name, [result("cut-after"), status("delay", { ms: LATE })], LONG_ENOUGH);
      await assertRecovered(ran, name);
      assert.equal(ran.sent, 2);
    });

    test(`${name}: pending although accepted; the second copy is rejected, and the status decides`, async (t) => {
      const page = await borrow(t);
      const ran = await run(page, name, [result("http", { status: 503, processed: true }), status("pending")]);
      await assertRecovered(ran, name);
      assert.equal(ran.sent, 2);
      assert.equal(ran.asked, 2);
    });

    test(`${name}: no response in time, not from the status either: pending, then succeeded`, async (t) => {
      const page = await borrow(t);
      const ran = await run(page, name, [
        result("cut-after"),
        status("http", { status: 503 }),
        status("pending"),
        status("none"),
      ]);
      await assertRecovered(ran, name);
      assert.ok(ran.asked >= 3);
    });

    test(`${name}: an assertion that did not arrive and a status that fails once`, async (t) => {
      const page = await borrow(t);
      const ran = await run(page, name, [result("http", { status: 502 }), status("http", { status: 502 })]);
      await assertRecovered(ran, name);
      assert.equal(ran.sent, 2);
    });

    test(`${name}: accepted, but no response ever says so: the outcome is unknown`, async (t) => {
      const page = await borrow(t);
      const ran = await run(page, name, [result("cut-after"), ...always(status("http", { status: 503 }))], LONG_ENOUGH);
      assertFailure(ran.outcome, name, "02", UNKNOWN);
      assert.equal(ran.decided.status, "succeeded");
      assert.equal(ran.sent, 2);
      assert.ok(ran.asked >= 5, `${ran.asked}`);
    });

    test(`${name}: a rejection remains if the status query fails`, async (t) => {
      const page = await borrow(t);
      const ran = await run(page, name, [
        result("refused", { message: "Not this device." }),
        ...always(status("http", { status: 503 })),
      ]);
      assertNotInvented(ran, name, /Not this device\./);
      assert.doesNotMatch(ran.outcome.result.message, UNKNOWN);
      assert.equal(ran.asked, 3);
    });

    test(`${name}: a rejection is reported at once if the page may not query the status`, async (t) => {
      const page = await borrow(t);
      const ran = await run(page, name, [
        result("refused", { message: "Not this device." }),
        ...always(status("cut-before")),
      ]);
      assertNotInvented(ran, name, /Not this device\./);
      assert.equal(ran.asked, 1);
    });

    test(`${name}: 429 with a Retry-After that the page may read is sent again after that time`, async (t) => {
      const page = await borrow(t);
      const sent = [];
      await page.page.route(`**${CEREMONIES[name].path}`, (route) => {
        if (route.request().method() !== "POST") return route.continue();
        sent.push(Date.now());
        if (sent.length > 1) return route.continue();
        return route.fulfill({
          status: 429,
          headers: {
            "Access-Control-Allow-Origin": "*",
            "Access-Control-Expose-Headers": "Retry-After",
            "Retry-After": "2",
          },
        });
      });
      const ran = await run(page, name, []);
      await page.page.unrouteAll();
      await assertRecovered(ran, name);
      assert.equal(sent.length, 2);
      assert.equal(ran.asked, 1);
      // Without it the wait is a quarter of a second.
      assert.ok(sent[1] - sent[0] >= 1_900, `${sent[1] - sent[0]} ms`);
    });
  }
});

describe("a clock that the page broke ends nothing later", sideBySide, () => {
  for (const [title, broken] of [
    ["NaN", () => Number.NaN],
    ["undefined", () => undefined],
    ["always the same", () => 5],
    ["a count of its calls", () => (globalThis.count = (globalThis.count ?? 0) + 1)],
    [
      "an exception",
      () => {
        throw new Error("no clock");
      },
    ],
  ])
    test(`performance.now returns ${title}, and the cloud is too slow`, async (t) => {
      const page = await openWithUser(t);
      await page.page.evaluate(`performance.now = ${broken}`);
      const ran = await run(page, "authenticate", times(30, result("delay", { ms: LATE })), SHORT);
      assertNotInvented(ran, "authenticate", UNKNOWN);
    });
});
