// The settings of a call, and the page's defaults.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { result, times } from "./support/faults.mjs";
import { assertFailure, assertSuccess, CEREMONIES, names } from "./support/result-table.mjs";
import { useShop } from "./support/setting.mjs";

const { shop, open, openWithUser, borrow } = useShop();

describe("callbacks", () => {
  test("onProgress is called with each stage once, when it begins", async (t) => {
    const page = await borrow(t);
    for (const name of names) {
      const { argument } = await shop.start(name, page.user, { faults: times(2, result("not-json")) });
      const outcome = await page.call(name, argument);
      assertSuccess(outcome, name);
      assert.deepEqual(outcome.stages, ["prompting", "finalizing", "recovering"]);
    }
  });

  test("an exception in them changes nothing", async (t) => {
    const page = await borrow(t);
    for (const name of names) {
      const { argument } = await shop.start(name, page.user, { faults: [result("http", { status: 503 })] });
      const outcome = await page.call(name, argument, {
        on: { prompting: "throw", finalizing: "throw", recovering: "throw" },
        wantsExtensionResults: "throw",
      });
      assertSuccess(outcome, name);
      assert.deepEqual(outcome.stages, ["prompting", "finalizing", "recovering"]);
      assert.equal(outcome.extensionResults.length, 1);
    }
  });

  test("the page may start another call in one of them", async (t) => {
    const page = await borrow(t);
    const other = await page.newUser({ discoverable: false });
    const [one, two] = [await shop.start("authenticate", page.user), await shop.start("authenticate", other)];
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

  test("sets defaults; a call's settings override them, unless undefined", async (t) => {
    const page = await open(t);
    const user = await page.newUser();
    assert.equal(await configure(page, { baseUrl: shop.baseUrl }), undefined);
    for (const settings of [{ baseUrl: undefined }, { mediation: undefined, signal: undefined }])
      for (const name of names)
        assertSuccess(await page.call(name, (await shop.start(name, user)).argument, settings), name);

    await configure(page, { baseUrl: elsewhere });
    await configure(page, { baseUrl: undefined });
    await configure(page, undefined);
    const { argument } = await shop.start("authenticate", user);
    const settings = { baseUrl: undefined, finalizeTimeout: 100 };
    assertFailure(await page.call("authenticate", argument, settings), "authenticate", "02");
    const { argument: next } = await shop.start("authenticate", user);
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

  test("throws a TypeError if baseUrl is invalid, and no call goes to the page's origin instead", async (t) => {
    const page = await open(t);
    const user = await page.newUser();
    for (const baseUrl of ["http://shop.example", "shop.example", "", 7, {}, "ftp://localhost"]) {
      const thrown = await page.page.evaluate((given) => {
        try {
          e2e.module.configure({ baseUrl: given });
        } catch (error) {
          return `${error instanceof TypeError} ${error.message}`;
        }
      }, baseUrl);
      assert.match(String(thrown), /^true .*baseUrl/, JSON.stringify(baseUrl));
      const { argument } = await shop.start("authenticate", user);
      const outcome = await page.call("authenticate", argument, { baseUrl: undefined });
      assertFailure(outcome, "authenticate", "99", /baseUrl/);
      assert.deepEqual(outcome.stages, []);
    }
    await configure(page, { baseUrl: shop.baseUrl });
    const { argument } = await shop.start("authenticate", user);
    assertSuccess(await page.call("authenticate", argument, { baseUrl: undefined }), "authenticate");
  });
});

test("the page's onEnd gets the end of a call whose settings cannot be read, too", async (t) => {
  const page = await open(t);
  const seen = await page.page.evaluate(async () => {
    const ends = [];
    e2e.module.configure({ onEnd: ({ call, code, cause }) => ends.push([call, code, cause].join()) });
    const unreadable = {
      get wait() {
        throw new Error("page");
      },
    };
    for (const settings of ["text", unreadable]) await e2e.module.outcome({ statusToken: "S" }, settings);
    return ends;
  });
  assert.deepEqual(seen, Array(2).fill("outcome,error-0099,invalidSettings"));
});

describe("baseUrl", () => {
  test("may end with a slash", async (t) => {
    const page = await borrow(t);
    for (const name of names) {
      const { argument } = await shop.start(name, page.user);
      assertSuccess(await page.call(name, argument, { baseUrl: `${shop.baseUrl}/` }), name);
      assert.equal(page.finalizations(name, argument).length, 1);
    }
  });

  test("defaults to the page's origin, which gets no cookies", async (t) => {
    const page = await openWithUser(t);
    await page.context.addCookies([{ name: "session", value: "1", url: shop.origin }]);
    for (const name of names) {
      const { argument } = await shop.start(name, page.user);
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
    test(`${name} opens the prompt synchronously after ready() has resolved: Safari ties the prompt to the click`, async (t) => {
      const page = await borrow(t);
      await page.replaceCredentials((real, options) => {
        globalThis.prompted = true;
        return real(options);
      });
      const { argument } = await shop.start(name, page.user);
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

  test("before the module is loaded works", async (t) => {
    const page = await open(t, { bare: false });
    const { argument } = await shop.enroll();
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

test("finalizeTimeout defaults to ten seconds", async (t) => {
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
  // The status is pending, so the assertion is sent again after a wait.
  await call.reached("recovering");
  while (!(await call.isSettled())) await page.forward(250);
  assertSuccess(await call.outcome(), "authenticate");
  assert.deepEqual(await stages(), ["prompting", "finalizing", "recovering"]);
});
