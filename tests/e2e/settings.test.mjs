// The settings of a call and of the page, and who may end a ceremony when.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { result, times } from "./support/faults.mjs";
import { assertFailure, assertSuccess, CEREMONIES } from "./support/result-table.mjs";
import { useShop } from "./support/setting.mjs";
import { slowPerson } from "./support/stand-ins.mjs";

const { shop, open, borrow } = useShop();
const names = Object.keys(CEREMONIES);

const start = (name, user, more) =>
  name === "authenticate"
    ? shop.approve({ ...user, ...more })
    : shop.enrol({ options: { authenticatorSelection: { residentKey: "discouraged" } }, ...more });

/** A page with a user whose prompts stay open until `consent(page)`. */
const borrowSlowly = async (t) => {
  const page = await borrow(t);
  await page.replaceCredentials(slowPerson);
  return page;
};
const consent = (page) => page.page.evaluate(() => globalThis.consent());

const assertAborted = (outcome, name) => {
  const message = assertFailure(outcome, name, "01", /AbortError: \S/);
  assert.ok(message.startsWith(`${CEREMONIES[name].refusal}AbortError: `));
};

describe("the page's signal", () => {
  for (const name of names) {
    test(`${name}: aborted before the call, nobody is prompted`, async (t) => {
      const page = await borrow(t);
      for (const mediation of ["optional", "conditional"]) {
        const { argument } = await start(name, page.user);
        const outcome = await page.call(name, argument, { signal: "aborted", mediation });
        assertAborted(outcome, name);
        assert.deepEqual(outcome.stages, []);
      }
    });

    test(`${name}: aborted during the prompt, it ends the ceremony`, async (t) => {
      const page = await open(t);
      const user = await page.newUser();
      await page.authenticator("setAutomaticPresenceSimulation", { enabled: false });
      const { argument } = await start(name, user);
      const call = await page.begin(name, argument, { signal: "own" });
      await call.reached("prompting");
      await call.abort();
      assertAborted(await call.outcome(), name);
      assert.deepEqual(page.finalizations(name, argument), []);
      assert.equal((await shop.status(argument.statusToken)).status, "pending");
    });

    test(`${name}: aborted after consent, or while recovering, it ends nothing`, async (t) => {
      const page = await borrow(t);
      for (const stage of ["finalizing", "recovering"]) {
        const { argument } = await start(name, page.user, { faults: [result("http", { status: 503 })] });
        const outcome = await page.call(name, argument, { signal: "own", on: { [stage]: "abort" } });
        assertSuccess(outcome, name);
      }
    });
  }

  test("of another realm is as good as the page's own", async (t) => {
    const page = await borrow(t);
    const { argument } = await start("authenticate", page.user);
    const outcome = await page.page.evaluate(
      async ([given, baseUrl]) => {
        const frame = document.body.appendChild(document.createElement("iframe"));
        const { signal } = new frame.contentWindow.AbortController();
        return e2e.observe(await e2e.module.authenticate(given, { baseUrl, signal }));
      },
      [argument, shop.baseUrl],
    );
    assertSuccess(outcome, "authenticate");
  });
});

describe("cancel()", () => {
  for (const name of names) {
    test(`${name}: ends the prompt`, async (t) => {
      const page = await borrowSlowly(t);
      const { argument } = await start(name, page.user);
      const call = await page.begin(name, argument);
      await call.reached("prompting");
      await page.cancel();
      assertAborted(await call.outcome(), name);
      assert.deepEqual(page.finalizations(name, argument), []);
    });

    test(`${name}: ends nothing after consent, nor while recovering`, async (t) => {
      const page = await borrow(t);
      for (const stage of ["finalizing", "recovering"]) {
        const { argument } = await start(name, page.user, { faults: [result("cut-before")] });
        assertSuccess(await page.call(name, argument, { on: { [stage]: "cancel" } }), name);
      }
    });

    test(`${name}: called as the prompt opens, nobody is asked`, async (t) => {
      const page = await borrow(t);
      const { argument } = await start(name, page.user);
      assertAborted(await page.call(name, argument, { on: { prompting: "cancel" } }), name);
      assert.deepEqual(page.finalizations(name, argument), []);
    });
  }

  test("ends autofill, which waits for as long as the page is there", async (t) => {
    const page = await borrowSlowly(t);
    const { argument } = await shop.approve();
    const call = await page.begin("authenticate", argument, { mediation: "conditional" });
    await call.reached("prompting");
    await page.cancel();
    assertAborted(await call.outcome(), "authenticate");
  });

  test("does nothing where nothing is open, and nothing to the next ceremony", async (t) => {
    const page = await borrow(t);
    await page.cancel();
    const { argument } = await start("authenticate", page.user);
    assertSuccess(await page.call("authenticate", argument), "authenticate");
    await page.cancel();
  });
});

describe("a second ceremony", () => {
  for (const first of names)
    for (const second of names)
      test(`${second} ends ${first} while that one is prompting`, async (t) => {
        const page = await borrowSlowly(t);
        const one = await page.begin(first, (await start(first, page.user)).argument);
        await one.reached("prompting");
        const two = await page.begin(second, (await start(second, page.user)).argument);
        assertAborted(await one.outcome(), first);
        await consent(page);
        assertSuccess(await two.outcome(), second);
      });

  test("ends autofill, and autofill that the page starts again afterwards works", async (t) => {
    const page = await borrowSlowly(t);
    const wait = async () => {
      const { argument } = await shop.approve();
      const call = await page.begin("authenticate", argument, { mediation: "conditional" });
      await call.reached("prompting");
      return call;
    };
    const autofill = await wait();
    const button = await page.begin("authenticate", (await start("authenticate", page.user)).argument);
    assertAborted(await autofill.outcome(), "authenticate");
    await consent(page);
    assertSuccess(await button.outcome(), "authenticate");
    const again = await wait();
    await consent(page);
    assertSuccess(await again.outcome(), "authenticate");
  });

  for (const name of names)
    test(`that is invalid ends nothing: ${name} goes on`, async (t) => {
      const page = await borrowSlowly(t);
      const call = await page.begin(name, (await start(name, page.user)).argument);
      await call.reached("prompting");
      const { argument } = await start("authenticate", page.user);
      const invalid = {
        "00": [{ ...argument, credentialRequestOptions: {} }],
        "03": [{ ...argument, userId: "" }],
        "04": [{ ...argument, statusToken: "" }],
        99: [argument, { baseUrl: "http://shop.example" }],
      };
      for (const [number, values] of Object.entries(invalid))
        assertFailure(await page.call("authenticate", ...values), "authenticate", number);
      assertFailure(await page.call("authenticate", argument, { signal: "aborted" }), "authenticate", "01");
      assert.equal(await call.isSettled(), false);
      await consent(page);
      assertSuccess(await call.outcome(), name);
    });

  for (const name of names)
    test(`after consent ends nothing: ${name} is finalized beside it`, async (t) => {
      const page = await borrow(t);
      // Of another passkey, since a cloud wants the signatures of one in their order.
      const other = await page.newUser({ discoverable: false });
      const faults = [result("delay", { ms: 300 })];
      const one = await page.begin(name, (await start(name, page.user, { faults })).argument);
      await one.reached("finalizing");
      for (const second of names) assertSuccess(await page.call(second, (await start(second, other)).argument), second);
      assertSuccess(await one.outcome(), name);
    });
});

describe("callbacks", () => {
  test("onProgress is told each stage as it begins, once", async (t) => {
    const page = await borrow(t);
    for (const name of names) {
      const { argument } = await start(name, page.user, { faults: times(2, result("not-json")) });
      const outcome = await page.call(name, argument);
      assertSuccess(outcome, name);
      assert.deepEqual(outcome.stages, ["prompting", "finalizing", "recovering"]);
    }
  });

  test("what they throw is the page's own affair", async (t) => {
    const page = await borrow(t);
    for (const name of names) {
      const { argument } = await start(name, page.user, { faults: [result("http", { status: 503 })] });
      const outcome = await page.call(name, argument, {
        on: { prompting: "throw", finalizing: "throw", recovering: "throw" },
        wantsExtensionResults: "throw",
      });
      assertSuccess(outcome, name);
      assert.deepEqual(outcome.stages, ["prompting", "finalizing", "recovering"]);
      assert.equal(outcome.extensionResults.length, 1);
    }
  });

  test("a page that starts its next call in one of them harms neither", async (t) => {
    const page = await borrow(t);
    const other = await page.newUser({ discoverable: false });
    const [one, two] = [await start("authenticate", page.user), await start("authenticate", other)];
    const outcomes = await page.page.evaluate(
      async ([first, second, baseUrl]) => {
        let inner;
        const onProgress = (stage) => {
          if (stage === "finalizing") inner = e2e.module.authenticate(second, { baseUrl });
        };
        const outer = await e2e.module.authenticate(first, { baseUrl, onProgress });
        return [await e2e.observe(outer), await e2e.observe(await inner)];
      },
      [one.argument, two.argument, shop.baseUrl],
    );
    for (const outcome of outcomes) assertSuccess(outcome, "authenticate");
  });
});

describe("configure()", () => {
  const configure = (page, settings) => page.page.evaluate((given) => e2e.module.configure(given), settings);
  const elsewhere = "https://cloud.example/tenant";

  test("sets defaults, which a call's own settings override, its undefined members do not", async (t) => {
    const page = await open(t);
    const user = await page.newUser();
    assert.equal(await configure(page, { baseUrl: shop.baseUrl }), undefined);
    for (const settings of [{ baseUrl: undefined }, { mediation: undefined, signal: undefined }])
      for (const name of names)
        assertSuccess(await page.call(name, (await start(name, user)).argument, settings), name);

    await configure(page, { baseUrl: elsewhere });
    await configure(page, { baseUrl: undefined });
    await configure(page, undefined);
    const { argument } = await start("authenticate", user);
    const settings = { baseUrl: undefined, finalizeTimeout: 100 };
    assertFailure(await page.call("authenticate", argument, settings), "authenticate", "02");
    const { argument: next } = await start("authenticate", user);
    assertSuccess(await page.call("authenticate", next, { baseUrl: shop.baseUrl }), "authenticate");
  });

  test("of every setting", async (t) => {
    const page = await open(t);
    const user = await page.newUser();
    const { argument } = await shop.approve({ faults: [result("http", { status: 502 })] });
    const observed = await page.page.evaluate(
      async ([given, baseUrl]) => {
        const stages = [];
        const extensionResults = [];
        e2e.module.configure({
          baseUrl,
          usernameless: true,
          finalizeTimeout: 5000,
          onProgress: (stage) => stages.push(stage),
          onExtensionResults: (results) => extensionResults.push(results),
        });
        const outcome = await e2e.observe(await e2e.module.authenticate(given));
        return { outcome, stages, extensionResults };
      },
      [argument, shop.baseUrl],
    );
    assertSuccess(observed.outcome, "authenticate");
    assert.deepEqual(observed.stages, ["prompting", "finalizing", "recovering"]);
    assert.deepEqual(observed.extensionResults, [{}]);
    assert.equal((await shop.introspect(observed.outcome.result.token)).sub, user.userId);
  });

  test("throws a TypeError on a baseUrl that is wrong, and changes nothing", async (t) => {
    const page = await open(t);
    const user = await page.newUser();
    await configure(page, { baseUrl: shop.baseUrl });
    for (const baseUrl of ["http://shop.example", "shop.example", "", 7, {}, "ftp://localhost"]) {
      const thrown = await page.page.evaluate((given) => {
        try {
          e2e.module.configure({ baseUrl: given, finalizeTimeout: -1 });
        } catch (error) {
          return `${error instanceof TypeError} ${error.message}`;
        }
      }, baseUrl);
      assert.match(String(thrown), /^true .*baseUrl/, JSON.stringify(baseUrl));
    }
    const { argument } = await start("authenticate", user);
    assertSuccess(await page.call("authenticate", argument, { baseUrl: undefined }), "authenticate");
  });
});

describe("baseUrl", () => {
  test("may end in a slash", async (t) => {
    const page = await borrow(t);
    for (const name of names) {
      const { argument } = await start(name, page.user);
      assertSuccess(await page.call(name, argument, { baseUrl: `${shop.baseUrl}/` }), name);
      assert.equal(page.finalizations(name, argument).length, 1);
    }
  });

  test("is the page's own origin where none is given, and gets no cookie even so", async (t) => {
    const page = await open(t);
    page.user = await page.newUser();
    await page.context.addCookies([{ name: "session", value: "1", url: shop.origin }]);
    for (const name of names) {
      const { argument } = await start(name, page.user);
      const asked = page.page.waitForRequest(shop.origin + CEREMONIES[name].path);
      // The shop has no such endpoint.
      assertFailure(await page.call(name, argument, { baseUrl: undefined }), name, "02", /\b405\b/);
      const request = await asked;
      assert.equal(request.postDataJSON().statusToken, argument.statusToken);
      assert.equal((await request.allHeaders()).cookie, undefined);
    }
  });
});

describe("a click", () => {
  for (const name of names)
    test(`${name} opens the prompt before it returns, once ready() has resolved: Safari ties the prompt to the click`, async (t) => {
      const page = await borrow(t);
      await page.replaceCredentials((real, options) => {
        globalThis.prompted = true;
        return real(options);
      });
      const { argument } = await start(name, page.user);
      const { prompted, outcome } = await page.page.evaluate(
        async ([ceremony, given, baseUrl]) => {
          await e2e.module.ready();
          globalThis.prompted = false;
          const promise = e2e.module[ceremony](given, { baseUrl });
          return { prompted: globalThis.prompted, outcome: await e2e.observe(await promise) };
        },
        [name, argument, shop.baseUrl],
      );
      assert.equal(prompted, true);
      assertSuccess(outcome, name);
    });

  test("before the module is ready is not lost", async (t) => {
    const page = await open(t, { bare: false });
    const { argument } = await shop.enrol();
    const result = await page.page.evaluate(
      async ([given, baseUrl]) => {
        const { register } = await import("/pkg/index.js");
        return register(given, { baseUrl });
      },
      [argument, shop.baseUrl],
    );
    assert.equal(result.code.statusCode, "success-registration");
  });
});

test("finalizeTimeout is ten seconds where the page says nothing", async (t) => {
  const page = await open(t);
  const user = await page.newUser();
  const { argument } = await shop.approve({ ...user, faults: [result("delay", { ms: 60_000 })] });
  await page.stopClock();
  const call = await page.begin("authenticate", argument);
  await call.reached("finalizing");
  await page.forward(9999);
  const stages = () => page.page.evaluate(() => e2e.calls.at(-1).stages);
  assert.deepEqual(await stages(), ["prompting", "finalizing"]);
  await page.forward(1);
  assertSuccess(await call.outcome(), "authenticate");
  assert.deepEqual(await stages(), ["prompting", "finalizing", "recovering"]);
});
