// The module crashes, or cannot load: every pending call resolves, nothing is lost, and the next call works.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { always, result, status } from "./support/faults.mjs";
import { assertFailure, assertSuccess, names, UNKNOWN } from "./support/result-table.mjs";
import { useShop } from "./support/setting.mjs";
import { slowPerson } from "./support/stand-ins.mjs";

const { shop, open, borrow } = useShop();
const POINTS = ["start", "first-poll", "later-poll"];
const SHORT = { finalizeTimeout: 400 };
const assertWorks = async (page) => {
  for (const name of names) assertSuccess(await page.call(name, (await shop.start(name, page.user)).argument), name);
};

for (const name of names) {
  const [, other] = name === names[0] ? names : [...names].reverse();

  describe(`${name} crashes`, () => {
    for (const point of ["start", "first-poll"])
      test(`before consent (${point}): resolves to error 99, nothing is sent, the next calls work`, async (t) => {
        const page = await borrow(t, "crashing");
        const { argument } = await shop.start(name, page.user);
        const outcome = await page.call(name, argument, { panicAt: point });
        assert.doesNotMatch(assertFailure(outcome, name, "99", /crash/), UNKNOWN);
        assert.deepEqual(page.finalizations(name, argument), []);
        assert.deepEqual(page.statusRequests(argument), []);
        assert.equal((await shop.status(argument.statusToken)).status, "pending");
        await assertWorks(page);
      });

    test("while its prompt is open: the prompt is ended too", async (t) => {
      const page = await borrow(t, "crashing");
      await page.replaceCredentials((_real, { signal }) => {
        globalThis.promptSignal = signal;
        return new Promise(() => {});
      });
      const { argument } = await shop.start(name, page.user);
      assertFailure(await page.call(name, argument, { panicAt: "first-poll" }), name, "99", /crash/);
      assert.equal(await page.page.evaluate(() => globalThis.promptSignal.aborted), true);
    });

    test("after consent, undecided: after a status query, error 99 says that the outcome is unknown", async (t) => {
      const page = await borrow(t, "crashing");
      const { argument } = await shop.start(name, page.user);
      const outcome = await page.call(name, argument, { panicAt: "later-poll", ...SHORT });
      assertFailure(outcome, name, "99", UNKNOWN);
      assert.ok(page.statusRequests(argument).length >= 1);
      assert.deepEqual(page.finalizations(name, argument), []);
      await assertWorks(page);
    });

    test("after consent, if the status query fails: error 99 says that the outcome is unknown", async (t) => {
      const page = await borrow(t, "crashing");
      const { argument } = await shop.start(name, page.user, { faults: always(status("http", { status: 503 })) });
      const outcome = await page.call(name, argument, { panicAt: "later-poll", ...SHORT });
      assertFailure(outcome, name, "99", UNKNOWN);
      await assertWorks(page);
    });

    test("after consent, already decided: the status query finds the success", async (t) => {
      const page = await borrow(t, "crashing");
      const { argument } = await shop.start(name, page.user);
      assertSuccess(await page.call(name, argument), name);
      const outcome = await page.call(name, argument, { panicAt: "later-poll" });
      assertSuccess(outcome, name);
      assert.equal((await shop.introspect(outcome.result.token)).active, true);
      await assertWorks(page);
    });

    test("after consent, with a server of the page's own: its status is asked, with the passkey", async (t) => {
      const page = await borrow(t, "crashing");
      const { argument } = await shop.start(name, page.user);
      const seen = await page.page.evaluate(
        async ([called, given]) => {
          const queries = [];
          let signedWith;
          for (const method of ["get", "create"]) {
            const original = navigator.credentials[method].bind(navigator.credentials);
            navigator.credentials[method] = async (options) => {
              const credential = await original(options);
              signedWith = credential.id;
              return credential;
            };
          }
          const result = await e2e.module[called](given, {
            panicAt: "later-poll",
            finalize: () => ({ token: "never" }),
            status(query) {
              queries.push(query);
              return { status: "succeeded", token: "T" };
            },
          });
          return { result, queries, signedWith };
        },
        [name, argument],
      );
      assert.equal(seen.result.token, "T", seen.result.message);
      assert.deepEqual(seen.queries, [{ statusToken: argument.statusToken, credentialId: seen.signedWith }]);
    });

    test("repeatedly: each call gets an instance that works", async (t) => {
      const page = await borrow(t, "crashing");
      for (let round = 0; round < 5; round++) {
        const { argument } = await shop.start(name, page.user);
        const panicAt = POINTS[round % 2];
        assertFailure(await page.call(name, argument, { panicAt }), name, "99", /crash/);
      }
      await assertWorks(page);
    });
  });

  describe(`while ${name} crashes, another pending call resolves`, () => {
    for (const point of POINTS)
      test(`autofill that waits (${point})`, async (t) => {
        const page = await borrow(t, "crashing");
        await page.replaceCredentials(slowPerson);
        const { argument } = await shop.approve();
        const autofill = await page.begin("authenticate", argument, { mediation: "conditional" });
        await autofill.reached("prompting");
        const crashing = await page.begin(name, (await shop.start(name, page.user)).argument, {
          panicAt: point,
          ...SHORT,
        });
        if (point === "later-poll") {
          await crashing.reached("prompting");
          await page.page.evaluate(() => globalThis.consent());
        }
        assertFailure(await crashing.outcome(), name, "99");
        const outcome = await autofill.outcome();
        // When it starts, the second call ends the prompt of the first.
        if (point === "start") assertFailure(outcome, "authenticate", "99", /crash/);
        else assertFailure(outcome, "authenticate", outcome.result.code.statusCode.slice(-2), /AbortError|crash/);
        await page.restore();
        await assertWorks(page);
      });

    for (const point of POINTS)
      test(`${other} after consent (${point}): nothing is lost, because the cloud accepts it`, async (t) => {
        const page = await borrow(t, "crashing");
        // With another passkey, because the cloud requires the signatures of one passkey in order.
        const somebody = await page.newUser({ discoverable: false });
        const { argument } = await shop.start(other, somebody, { faults: [result("delay", { ms: 300 })] });
        const finalizing = await page.begin(other, argument, { finalizeTimeout: 5000 });
        await finalizing.reached("finalizing");
        const crashing = await page.begin(name, (await shop.start(name, page.user)).argument, {
          panicAt: point,
          ...SHORT,
        });
        assertFailure(await crashing.outcome(), name, "99");
        const outcome = await finalizing.outcome();
        assertSuccess(outcome, other);
        assert.equal((await shop.introspect(outcome.result.token)).active, true);
        await assertWorks(page);
      });

    test("many of them, each with an answer of its own", async (t) => {
      const page = await borrow(t, "crashing");
      const calls = [];
      for (let count = 0; count < 4; count++) {
        const { argument } = await shop.start("authenticate", await page.newUser({ discoverable: false }), {
          faults: [result(count % 2 ? "delay" : "refused", { ms: 200, message: "no" })],
        });
        const call = await page.begin("authenticate", argument, { finalizeTimeout: 5000 });
        await call.reached("finalizing");
        calls.push(call);
      }
      const crashing = await page.begin(name, (await shop.start(name, page.user)).argument, { panicAt: "start" });
      assertFailure(await crashing.outcome(), name, "99", /crash/);
      for (const call of calls) {
        const outcome = await call.outcome();
        if (outcome.result.success) assertSuccess(outcome, "authenticate");
        else assertFailure(outcome, "authenticate", outcome.result.code.statusCode.slice(-2));
      }
      assert.equal((await calls[1].outcome()).result.success, true);
      assert.equal((await calls[3].outcome()).result.success, true);
      await assertWorks(page);
    });
  });
}

describe("the module cannot load", () => {
  const nowhere = {
    "because the page's policy lacks 'wasm-unsafe-eval'": { policy: "script-src 'self'" },
    "because the browser has no WebAssembly": {
      prepare: (page) => page.addInitScript(() => delete globalThis.WebAssembly),
    },
  };
  for (const [title, options] of Object.entries(nowhere))
    test(`${title}: each call says what to change`, async (t) => {
      const page = await open(t, options);
      const { user } = await borrow(t);
      await page.page.evaluate(() => e2e.module.ready());
      for (const name of [...names, ...names]) {
        const { argument } = await shop.start(name, user);
        const outcome = await page.call(name, argument);
        assertFailure(outcome, name, "99", options.policy ? /'wasm-unsafe-eval'/ : /WebAssembly/);
        assert.deepEqual(outcome.stages, []);
      }
    });

  test("the first time: the next call tries again, and works", async (t) => {
    const page = await open(t, {
      prepare: (page) =>
        page.addInitScript(() => {
          const { Module } = WebAssembly;
          WebAssembly.Module = new Proxy(Module, {
            construct() {
              WebAssembly.Module = Module;
              throw new RangeError("out of memory");
            },
          });
        }),
    });
    const { argument } = await shop.enroll();
    const first = await page.call("register", argument);
    // Unless the attempt at import has failed already, so that this call was the second.
    if (!first.result.success) assertFailure(first, "register", "99", /out of memory/);
    page.user = await page.newUser();
    await assertWorks(page);
  });

  test("synchronously, as in Chromium before version 115: it compiles asynchronously", async (t) => {
    const page = await open(t, {
      prepare: (page) =>
        page.addInitScript(() => {
          globalThis.refused = [];
          const refuse = (name, isLarge) => {
            WebAssembly[name] = new Proxy(WebAssembly[name], {
              construct(original, values) {
                if (!isLarge(...values)) return new original(...values);
                refused.push(name);
                throw new RangeError(`WebAssembly.${name} is disallowed on the main thread`);
              },
            });
          };
          refuse("Module", ({ byteLength }) => byteLength > 4096);
          // The one of the minimal module has no imports.
          refuse("Instance", (_, imports) => imports);
        }),
    });
    page.user = await page.newUser();
    await assertWorks(page);
    assert.deepEqual(await page.page.evaluate(() => refused), ["Module", "Instance"]);
  });
});
