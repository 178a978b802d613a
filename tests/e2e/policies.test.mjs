// Content-Security-Policy, Trusted Types and a server's mistakes: the package works under the strictest policy that lets
// it, continues without WebAssembly if that is refused, and otherwise says what to change.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";

import { root } from "../../scripts/run.mjs";
import { CEREMONIES, TEXTS, UNKNOWN } from "./support/result-table.mjs";
import { useShop } from "./support/setting.mjs";

const shop = useShop();
const names = ["register", "authenticate"];
const FALLBACK = "/pkg/webauthn-result.fallback.js";
const WASM = "/pkg/webauthn-result.wasm";
const WITH_FALLBACK = `api.configure({ fallback: () => import("${FALLBACK}") });`;

/** By entry: the page's code that defines `api`. */
const ENTRIES = {
  "index.js": { script: `import * as api from "/pkg/index.js";` },
  "index.js, given the fallback": { script: `import * as api from "/pkg/index.js"; ${WITH_FALLBACK}` },
  "url.js": { script: `import * as api from "/pkg/url.js";`, connect: WASM },
  "the classic script": {
    script: "const api = webauthnResult;",
    element: `<script src="/pkg/webauthn-result.script.js"></script>`,
  },
};
const SELF_SUFFICIENT = ["index.js, given the fallback", "url.js", "the classic script"];

/** The page's code: each ceremony with the shop's backend, including the introspection of the token. */
const CEREMONY = `
const ask = async (path, body) => {
  const headers = { "Content-Type": "application/json" };
  return (await fetch("/api/" + path, { method: "POST", headers, body: JSON.stringify(body) })).json();
};
const ceremony = async (name, username) => {
  const started = await ask(name === "register" ? "enroll" : "approve", { username });
  const result = await api[name](started.enrollment ?? started, globalThis.settings);
  return { result, active: result.success && (await ask("introspect", { token: result.token })).active };
};
Object.assign(globalThis, { api, ceremony });`;

const strictest = ({ connect, webAssembly = true }) =>
  [
    "default-src 'none'",
    `script-src 'self'${webAssembly ? " 'wasm-unsafe-eval'" : ""}`,
    `connect-src ${[
      ...["/_app/", "/api/v1/status"].map((path) => shop.shop.baseUrl + path),
      ...["/api/", connect ?? []].flat().map((path) => shop.shop.origin + path),
    ].join(" ")}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; ");

/** Opens a page with `entry` under the strictest policy. Has `violations()`, and `files` that were fetched. */
const open = async (t, entry, { webAssembly, connect = ENTRIES[entry].connect, prepare } = {}) => {
  const { script, element = "" } = ENTRIES[entry];
  const html = `<!doctype html><title>A shop</title>${element}<script type="module" src="/own.js"></script>`;
  const files = [];
  const page = await shop.open(t, {
    url: `${shop.shop.origin}/page`,
    bare: false,
    async prepare(page) {
      // The browser does not treat a page as local unless a server sent it.
      await page.context().grantPermissions(["local-network-access"], { origin: shop.shop.origin });
      page.on("request", (request) => files.push(new URL(request.url()).pathname));
      await page.addInitScript(() => {
        globalThis.violations = [];
        addEventListener("securitypolicyviolation", (event) => violations.push(event.blockedURI));
      });
      await page.route("**/page", (route) =>
        route.fulfill({
          headers: {
            "Content-Type": "text/html; charset=utf-8",
            "Content-Security-Policy": strictest({ connect, webAssembly }),
          },
          body: html,
        }),
      );
      const own = `${script}\nglobalThis.settings = { baseUrl: "${shop.shop.baseUrl}" };\n${CEREMONY}`;
      await page.route("**/own.js", (route) => route.fulfill({ contentType: "text/javascript", body: own }));
      await prepare?.(page);
    },
  });
  const username = `user-${crypto.randomUUID()}`;
  return {
    ...page,
    files,
    username,
    violations: () => page.page.evaluate(() => violations),
    ceremony: (name) => page.page.evaluate(([ceremonyName, user]) => ceremony(ceremonyName, user), [name, username]),
  };
};

const assertWorks = async (page) => {
  for (const name of names) {
    const { result, active } = await page.ceremony(name);
    assert.equal(result.code.statusCode, CEREMONIES[name].success, result.message);
    assert.equal(active, true);
  }
};

const assertFails = async (page, name, number, pattern) => {
  const { result } = await page.ceremony(name);
  const statusCode = `${CEREMONIES[name].prefix}${number}`;
  assert.deepEqual(result.code, { statusCode, message: TEXTS[statusCode] }, result.message);
  assert.match(result.message, pattern);
  return result.message;
};

/** A registration first, while the module works, so that there is a passkey to authenticate with. */
const assertAllFail = async (page, pattern) => {
  await assertFails(page, "register", "99", pattern);
  // There is no passkey, but the calls fail before that matters.
  const result = await page.page.evaluate(() => api.authenticate({}, settings));
  assert.deepEqual(result.code, { statusCode: "error-0099", message: TEXTS["error-0099"] });
  assert.match(result.message, pattern);
};

describe("under the strictest policy that allows WebAssembly", () => {
  for (const entry in ENTRIES)
    test(`${entry} works without violations, and fetches no fallback`, async (t) => {
      const page = await open(t, entry);
      await assertWorks(page);
      assert.deepEqual(await page.violations(), []);
      assert.ok(!page.files.includes(FALLBACK));
      assert.equal(page.files.includes(WASM), entry === "url.js");
    });
});

describe("if WebAssembly is refused", () => {
  const refusals = {
    "by a policy without 'wasm-unsafe-eval'": { webAssembly: false },
    "since the browser has none, as in Lockdown Mode": {
      prepare: (page) => page.addInitScript(() => delete globalThis.WebAssembly),
    },
  };
  for (const [why, options] of Object.entries(refusals))
    describe(why, () => {
      for (const entry of SELF_SUFFICIENT)
        test(`${entry} works in JavaScript, under the same strict policy`, async (t) => {
          const page = await open(t, entry, options);
          await assertWorks(page);
          assert.deepEqual(
            (await page.violations()).filter((uri) => uri !== "wasm-eval"),
            [],
          );
          assert.equal(page.files.filter((file) => file === FALLBACK).length, 1);
          assert.ok(!page.files.includes(WASM), "it was fetched for nothing");
        });

      test("index.js without a fallback says at each call what to change", async (t) => {
        const page = await open(t, "index.js", options);
        await assertAllFail(page, /'wasm-unsafe-eval'/);
        await assertAllFail(page, /'wasm-unsafe-eval'/);
        assert.ok(!page.files.includes(FALLBACK));
      });

      test("index.js takes a fallback that is configured late, before a call", async (t) => {
        const page = await open(t, "index.js", options);
        await assertAllFail(page, /'wasm-unsafe-eval'/);
        const loading = page.page.waitForResponse(`**${FALLBACK}`);
        await page.page.evaluate((address) => api.configure({ fallback: () => import(address) }), FALLBACK);
        await loading;
        await assertWorks(page);
      });

      test("a missing fallback is named after the reason why WebAssembly was refused", async (t) => {
        const page = await open(t, "the classic script", {
          ...options,
          async prepare(page) {
            await options.prepare?.(page);
            await page.route(`**${FALLBACK}`, (route) => route.fulfill({ status: 404 }));
          },
        });
        await assertAllFail(page, /'wasm-unsafe-eval'.*fallback.*webauthn-result\.fallback\.js/s);
      });
    });
});

describe("the fallback", () => {
  const entry = "index.js, given the fallback";
  const refused = { webAssembly: false };

  test("resolves to the same failures", async (t) => {
    const [script, module] = await Promise.all([open(t, entry, refused), open(t, entry)]);
    const calls = [
      ["authenticate", {}],
      ["authenticate", { credentialRequestOptions: { challenge: "AAAA" } }],
      ["authenticate", { credentialRequestOptions: { challenge: "AAAA" }, userId: "someone" }],
      ["authenticate", { credentialRequestOptions: { challenge: "?" }, userId: "someone", statusToken: "é€😀" }],
      ["authenticate", null],
      ["register", {}],
      ["register", { credentialCreationOptions: { challenge: "AAAA", rp: {}, timeout: 1e300 }, statusToken: "x" }],
      ["register", { credentialCreationOptions: { challenge: "AAAA", rp: { name: "x".repeat(3e6) }, user: 1 } }],
    ];
    const tell = ({ page }) =>
      page.evaluate(async (all) => {
        const results = [];
        for (const [name, argument] of all) results.push(await api[name](argument, settings));
        return results;
      }, calls);
    const told = await tell(script);
    assert.deepEqual(told, await tell(module));
    for (const result of told) assert.equal(result.success, false);
    assert.ok(script.files.includes(FALLBACK) && !module.files.includes(FALLBACK));
  });

  test("is ended by cancel(), and by the next ceremony", async (t) => {
    const page = await open(t, entry, refused);
    await page.authenticator("setAutomaticPresenceSimulation", { enabled: false });
    /** Starts a registration. Resolves when its prompt is open, which stays open. */
    const prompt = (number) =>
      page.page.evaluate(
        (at) =>
          new Promise((resolve) => {
            settings.onProgress = resolve;
            globalThis.calls = { ...globalThis.calls, [at]: ceremony("register", `customer-${at}`) };
          }),
        number,
      );
    const outcome = (number) => page.page.evaluate((at) => calls[at], number);
    const assertEnded = async (number, reason) => {
      const { result } = await outcome(number);
      assert.equal(result.code.statusCode, "error-1001");
      assert.match(result.message, reason);
    };
    await prompt(1);
    await page.page.evaluate(() => api.cancel());
    await assertEnded(1, /AbortError: The page called cancel/);
    await prompt(2);
    await prompt(3);
    await assertEnded(2, /AbortError: Another call opened its prompt/);
    await page.page.evaluate(() => api.cancel());
    await assertEnded(3, /AbortError: The page called cancel/);
  });

  describe("when it crashes", () => {
    const openInjection = (t) =>
      open(t, entry, {
        ...refused,
        async prepare(page) {
          const folder = join(root, "target/pkg-injection");
          assert.ok(existsSync(folder), "build it first: node scripts/build.mjs --injection");
          for (const file of ["index.js", "webauthn-result.fallback.js"])
            await page.route(`**/pkg/${file}`, (route) =>
              route.fulfill({ path: join(folder, file), contentType: "text/javascript" }),
            );
        },
      });
    const panicAt = (page, point) => page.page.evaluate((at) => (settings.panicAt = at), point);

    test("before consent, the call resolves, and a new instance replaces the old one", async (t) => {
      const page = await openInjection(t);
      await panicAt(page, "start");
      assert.doesNotMatch(await assertFails(page, "register", "99", /crashed.*call again/), UNKNOWN);
      await panicAt(page, undefined);
      await assertWorks(page);
    });

    test("after consent, a new instance queries the outcome", async (t) => {
      const page = await openInjection(t);
      assert.equal((await page.ceremony("register")).active, true);
      const { argument } = await shop.shop.approve({ username: page.username });
      const call = () => page.page.evaluate((given) => api.authenticate(given, settings), argument);
      assert.equal((await call()).success, true);
      await panicAt(page, "later-poll");
      const again = await call();
      assert.equal(again.code.statusCode, "success-authentication", again.message);
      // A new transaction is undecided, because the crash was before the request.
      await page.page.evaluate(() => (settings.finalizeTimeout = 400));
      await assertFails(page, "authenticate", "99", /crashed.*outcome unknown/);
      assert.deepEqual(page.statusRequests(argument).length, 1);
      await panicAt(page, undefined);
      assert.equal((await page.ceremony("authenticate")).active, true);
    });
  });

  test("is a function, or configure() throws", async (t) => {
    const page = await open(t, "index.js");
    const error = await page.page.evaluate(() => {
      try {
        api.configure({ fallback: "/pkg/webauthn-result.fallback.js" });
      } catch (error) {
        return String(error);
      }
    });
    assert.equal(error, "TypeError: settings.fallback must be a function");
  });
});

describe("url.js, whose .wasm file is", () => {
  const body = (route) => route.fetch().then((response) => response.body());
  const mistakes = {
    missing: { serve: (route) => route.fulfill({ status: 404, contentType: "text/html", body: "Not found" }) },
    "served as another type": {
      serve: async (route) => route.fulfill({ contentType: "application/octet-stream", body: await body(route) }),
    },
    "cut short": {
      serve: async (route) => {
        const whole = await body(route);
        await route.fulfill({ contentType: "application/wasm", body: whole.subarray(0, whole.length / 2) });
      },
    },
    "an empty page of the shop": { serve: (route) => route.fulfill({ contentType: "application/wasm", body: "" }) },
    unreachable: { serve: (route) => route.abort() },
  };
  for (const [title, { serve }] of Object.entries(mistakes))
    test(`${title} is reported, and the next call works once that is fixed`, async (t) => {
      const address = `**${WASM}`;
      const page = await open(t, "url.js", { prepare: (page) => page.route(address, serve) });
      await assertAllFail(
        page,
        /webauthn-result\.wasm must be .*served whole, as application\/wasm \(if your bundler does not/,
      );
      assert.deepEqual(await page.violations(), []);
      assert.ok(!page.files.includes(FALLBACK), "WebAssembly isn't what was refused");
      await page.page.unroute(address);
      await assertWorks(page);
    });

  test("blocked by the page's connect-src is reported", async (t) => {
    const page = await open(t, "url.js", { connect: [] });
    await assertAllFail(page, /webauthn-result\.wasm .*connect-src/);
    assert.ok(!page.files.includes(FALLBACK));
  });
});
