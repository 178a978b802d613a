// While the module loads: loading has a time limit, and a call can be ended from its first moment.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";

import { root } from "../../scripts/run.mjs";
import { launchBrowser } from "./support/browser.mjs";
import { serve } from "./support/processes.mjs";
import { assertFailure, assertSuccess, CEREMONIES, names } from "./support/result-table.mjs";
import { useShop } from "./support/setting.mjs";

const { shop, open } = useShop();
const WASM = "**/pkg/webauthn-result.wasm";
const NAMES_LIMIT = /^The module could not be loaded: loadTimeout is over \(/;

/** Holds back the .wasm file until `arrive()`; counts how often it is asked for. */
const holdBack = async (page) => {
  const held = { requests: 0, arrive() {} };
  const arrival = new Promise((resolve) => (held.arrive = () => resolve(undefined)));
  await page.page.route(WASM, async (route) => {
    held.requests++;
    await arrival;
    await route.continue().catch(() => {});
  });
  return held;
};

/** A page whose `e2e.module` is webauthn-result/url, and whose user has a passkey. The file has not arrived. */
const openHeld = async (t) => {
  const page = await open(t);
  const user = await page.newUser();
  const held = await holdBack(page);
  t.after(() => held.arrive());
  await page.page.evaluate(async () => {
    e2e.asked = 0;
    for (const method of ["get", "create"]) {
      const real = CredentialsContainer.prototype[method].bind(navigator.credentials);
      navigator.credentials[method] = (options) => {
        e2e.asked++;
        return real(options);
      };
    }
    e2e.other = e2e.module;
    e2e.module = await import("/pkg/url.js");
    e2e.start = async (name, argument, settings) => e2e.observe(await e2e.module[name](argument, settings));
  });
  return {
    ...page,
    held,
    user,
    asked: () => page.page.evaluate(() => e2e.asked),
    /** Starts calls, does `act` after they have begun, and resolves to their outcomes. */
    play: (calls, act) =>
      page.page.evaluate(
        async ([all, baseUrl, source]) => {
          const controller = new AbortController();
          const { signal } = controller;
          const outcomes = all.map(([name, argument]) => e2e.start(name, argument, { baseUrl, signal }));
          await new Function("controller", `return (${source})(controller)`)(controller);
          return Promise.all(outcomes);
        },
        [calls, shop.baseUrl, String(act)],
      ),
  };
};

describe("loading has a time limit", () => {
  for (const name of names)
    test(`${name}: a file that never arrives is error 99, and the next call asks for it again`, async (t) => {
      const page = await openHeld(t);
      const { argument } = await shop.start(name, page.user);
      const [outcome] = await page.play([[name, argument]], () => e2e.module.configure({ loadTimeout: 300 }));
      assertFailure(outcome, name, "99", NAMES_LIMIT);
      assert.equal(page.held.requests, 1);
      page.held.arrive();
      const [again] = await page.play([[name, argument]], () => e2e.module.configure({ loadTimeout: 30_000 }));
      assertSuccess(again, name);
      assert.equal(page.held.requests, 2);
    });

  test("a module that arrives late is used by the next call", async (t) => {
    const page = await openHeld(t);
    await page.page.evaluate(() => {
      e2e.module.configure({ loadTimeout: 300 });
      return e2e.module.ready();
    });
    const arrived = page.page.waitForResponse(WASM);
    page.held.arrive();
    await (await arrived).finished();
    await page.page.waitForTimeout(300);
    const { argument } = await shop.start("authenticate", page.user);
    const [outcome] = await page.play([["authenticate", argument]], () => {});
    assertSuccess(outcome, "authenticate");
    assert.equal(page.held.requests, 1);
  });

  test("a file that stops after 5,000 bytes ends ready() and every call, and the next call gets the whole", async (t) => {
    const files = new Map();
    for (const name of ["url.js", "webauthn-result.wasm"])
      files.set(`/${name}`, await readFile(join(root, "pkg", name)));
    let isWhole = false;
    const server = await serve(({ url }, response) => {
      const file = files.get(url);
      if (!file) return response.setHeader("Content-Type", "text/html").end("<!doctype html><title>Page</title>");
      response.setHeader("Content-Type", url.endsWith(".wasm") ? "application/wasm" : "text/javascript");
      response.setHeader("Cache-Control", "max-age=3600");
      if (isWhole || !url.endsWith(".wasm")) return response.end(file);
      response.setHeader("Content-Length", file.length);
      response.write(file.subarray(0, 5000));
    });
    const browser = await launchBrowser();
    t.after(async () => {
      await browser.close();
      server.stop();
    });
    const page = await browser.newPage();
    await page.goto(server.origin);
    const first = await page.evaluate(async () => {
      const api = await import("/url.js");
      globalThis.api = api;
      api.configure({ loadTimeout: 500 });
      const call = api.authenticate(null);
      await api.ready();
      return call;
    });
    assert.equal(first.code.statusCode, "error-0099");
    assert.match(first.message, NAMES_LIMIT);
    isWhole = true;
    const second = await page.evaluate(() => {
      globalThis.api.configure({ loadTimeout: 30_000 });
      return globalThis.api.authenticate(null);
    });
    assert.equal(second.code.statusCode, "error-0000", second.message);
  });

  test("a fallback that never arrives is error 99, and the next call loads it again", async (t) => {
    const page = await open(t, { prepare: (page) => page.addInitScript(() => delete globalThis.WebAssembly) });
    const { argument } = await shop.start("register");
    const outcome = await page.page.evaluate(
      async ([given, baseUrl]) => {
        e2e.fallbacks = 0;
        e2e.module.configure({
          loadTimeout: 300,
          fallback: () => (e2e.fallbacks++ ? import("/pkg/webauthn-result.fallback.js") : new Promise(() => {})),
        });
        const observed = await e2e.observe(await e2e.module.register(given, { baseUrl }));
        e2e.module.configure({ loadTimeout: 30_000 });
        return observed;
      },
      [argument, shop.baseUrl],
    );
    assertFailure(outcome, "register", "99", NAMES_LIMIT);
    assertSuccess(await page.call("register", argument), "register");
    assert.equal(await page.page.evaluate(() => e2e.fallbacks), 2);
  });

  test("without configuration it is 10 seconds", async (t) => {
    const page = await openHeld(t);
    await page.stopClock();
    await page.page.evaluate(async () => {
      const copy = await import("/pkg/url.js?copy");
      e2e.isReady = false;
      copy.ready().then(() => (e2e.isReady = true));
    });
    const isReady = () => page.page.evaluate(() => e2e.isReady);
    await page.forward(9_900);
    assert.equal(await isReady(), false);
    await page.forward(200);
    assert.equal(await isReady(), true);
  });

  test("configure throws for a loadTimeout that no timer takes", async (t) => {
    const page = await open(t);
    const thrown = await page.page.evaluate(() =>
      [0, -1, 2 ** 31, Number.NaN, "1000", {}].map((loadTimeout) => {
        try {
          e2e.module.configure({ loadTimeout });
          return "nothing";
        } catch (error) {
          return String(error);
        }
      }),
    );
    const message = "TypeError: settings.loadTimeout must be a positive number of milliseconds below 2147483648";
    assert.deepEqual(thrown, Array(6).fill(message));
    await page.page.evaluate(() => {
      for (const loadTimeout of [undefined, null, 0.5, 2 ** 31 - 1]) e2e.module.configure({ loadTimeout });
    });
  });
});

describe("a call that waits for the module is ended", () => {
  const ends = {
    "by its signal": {
      act: (controller) => controller.abort(new DOMException("The shop is closed.", "AbortError")),
      reason: "AbortError: The shop is closed.",
    },
    "by a signal whose reason is a string": {
      act: (controller) => controller.abort("closed"),
      reason: "Error: closed",
    },
    "by cancel()": { act: () => e2e.module.cancel(), reason: "AbortError: The page called cancel()." },
    "by cancel() of another copy": { act: () => e2e.other.cancel(), reason: "AbortError: The page called cancel()." },
  };
  for (const name of names)
    for (const [how, { act, reason }] of Object.entries(ends))
      test(`${name}: ${how}, at once, and nobody is prompted afterwards`, async (t) => {
        const page = await openHeld(t);
        const { argument } = await shop.start(name, page.user);
        const [outcome] = await page.play([[name, argument]], act);
        assertFailure(outcome, name, "01", `${CEREMONIES[name].refusal}${reason} (the page aborted it)`);
        page.held.arrive();
        await page.page.evaluate(() => e2e.module.ready());
        await page.page.waitForTimeout(100);
        assert.equal(await page.asked(), 0);
        assert.deepEqual(page.finalizations(name, argument), []);
      });

  test("by a signal that is aborted already", async (t) => {
    const page = await openHeld(t);
    const { argument } = await shop.start("authenticate", page.user);
    const outcome = await page.page.evaluate(
      ([given, baseUrl]) => e2e.start("authenticate", given, { baseUrl, signal: AbortSignal.abort() }),
      [argument, shop.baseUrl],
    );
    assertFailure(outcome, "authenticate", "01", /^Error while trying to authenticate\. AbortError: /);
  });

  test("by a second call, which is prompted once the module has arrived", async (t) => {
    const page = await openHeld(t);
    const first = (await shop.start("register")).argument;
    const second = (await shop.start("authenticate", page.user)).argument;
    const outcomes = page.play(
      [
        ["register", first],
        ["authenticate", second],
      ],
      () => {},
    );
    await page.page.waitForTimeout(100);
    page.held.arrive();
    const [ended, approved] = await outcomes;
    assertFailure(ended, "register", "01", /AbortError: Another call opened its prompt/);
    assertSuccess(approved, "authenticate");
    assert.equal(await page.asked(), 1);
  });

  test("by cancel() in the moment in which the module is ready", async (t) => {
    const page = await openHeld(t);
    const { argument } = await shop.start("authenticate", page.user);
    const outcomes = page.play([["authenticate", argument]], () => {
      e2e.module.ready().then(() => e2e.module.cancel());
    });
    await page.page.waitForTimeout(100);
    page.held.arrive();
    assertFailure((await outcomes)[0], "authenticate", "01", /AbortError: The page called cancel\(\)/);
    assert.deepEqual(page.finalizations("authenticate", argument), []);
  });

  test("but what is no signal is still refused by its name", async (t) => {
    const page = await openHeld(t);
    const { argument } = await shop.start("authenticate", page.user);
    const outcome = page.page.evaluate(
      ([given, baseUrl]) => e2e.start("authenticate", given, { baseUrl, signal: {} }),
      [argument, shop.baseUrl],
    );
    page.held.arrive();
    assertFailure(await outcome, "authenticate", "99", "settings.signal must be an AbortSignal");
  });
});
