// Requests go to the host that the page named, and to no other: docs/contract.md, section A6.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { root } from "../../scripts/run.mjs";
import { serve } from "./support/processes.mjs";
import { assertFailure, assertSuccess, names } from "./support/result-table.mjs";
import { useShop } from "./support/setting.mjs";

const { shop, open } = useShop();

// A host that says yes to everything, and remembers what it was asked.
let stranger;
const asked = [];
before(async () => {
  stranger = await serve((request, response) => {
    asked.push(request.url);
    response
      .writeHead(200, { "Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "*" })
      .end('{"status":"ok","errorMessage":"","token":"a-stranger\'s"}');
  });
});
after(() => {
  stranger.stop();
  assert.deepEqual(asked, [], "a stranger was asked");
});

/** Hands the cloud's paths on the page's own origin to the cloud; the requests that came, with their headers. */
const proxyCloud = async (page, prefix = "") => {
  const received = [];
  await page.page.route(`${shop.origin}${prefix}/**`, async (route) => {
    const request = route.request();
    const path = new URL(request.url()).pathname.slice(prefix.length);
    if (!/^\/(_app|api)\//.test(path)) return route.continue();
    received.push({ path, headers: await request.allHeaders() });
    const response = await fetch(shop.baseUrl + path, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: request.postData(),
    });
    await route.fulfill({ status: response.status, body: await response.text(), contentType: "application/json" });
  });
  return received;
};

/** Evaluated in the page: opens a frame named "inner" whose base is elsewhere. */
const openInner = ([kind, base, sandbox]) => {
  const markup = `<!doctype html><base href="${base}/">`;
  const frame = Object.assign(document.createElement("iframe"), { name: "inner" });
  if (sandbox) frame.setAttribute("sandbox", sandbox);
  if (kind === "srcdoc") frame.srcdoc = markup;
  if (kind === "blob:") frame.src = URL.createObjectURL(new Blob([markup], { type: "text/html" }));
  return new Promise((resolve) => {
    frame.onload = resolve;
    document.body.append(frame);
    if (kind !== "about:blank") return;
    frame.contentDocument.head.innerHTML = `<base href="${base}/">`;
    resolve(undefined);
  });
};

for (const name of names)
  describe(name, () => {
    test("without a baseUrl the cloud is at the page's own origin", async (t) => {
      const page = await open(t);
      const received = await proxyCloud(page);
      const { argument } = await shop.start(name, await page.newUser());
      assertSuccess(await page.call(name, argument, { baseUrl: undefined }), name);
      assert.equal(received.length, 1);
    });

    test("a path is of the page's own origin", async (t) => {
      const page = await open(t);
      const received = await proxyCloud(page, "/auth");
      const { argument } = await shop.start(name, await page.newUser());
      assertSuccess(await page.call(name, argument, { baseUrl: "/auth/" }), name);
      assert.equal(received.length, 1);
    });

    test("what was added to Object.prototype chooses no host", async (t) => {
      const page = await open(t);
      const received = await proxyCloud(page);
      const { argument } = await shop.start(name, await page.newUser());
      await page.page.evaluate((origin) => {
        for (const setting of ["baseUrl", "statusUrl"])
          Object.defineProperty(Object.prototype, setting, { configurable: true, value: origin });
        globalThis.e2e.module.configure({ finalizeTimeout: 5000 });
      }, stranger.origin);
      assertSuccess(await page.call(name, argument, { baseUrl: undefined }), name);
      assert.equal(received.length, 1);
    });

    for (const kind of ["srcdoc", "about:blank", "blob:"])
      test(`a frame of ${kind} uses the origin of the page around it, whatever a base element says`, async (t) => {
        // The shop's policy allows no such frames.
        const page = await open(t, { context: { bypassCSP: true } });
        const received = await proxyCloud(page);
        const { argument } = await shop.start(name, await page.newUser());
        await page.page.evaluate(openInner, [kind, stranger.origin]);
        const inner = page.page.frame({ name: "inner" });
        const { result, href, base } = await inner.evaluate(
          async ([name, argument, script]) => ({
            result: await (await import(script))[name](argument, {}),
            href: location.href,
            base: document.baseURI,
          }),
          [name, argument, `${shop.origin}/pkg/index.js`],
        );
        assert.equal(href.startsWith(kind === "srcdoc" ? "about:srcdoc" : kind), true, href);
        assert.equal(base, `${stranger.origin}/`);
        assert.equal(result.success, true, JSON.stringify(result));
        assert.equal(received.length, 1);
      });

    test("a frame without an origin needs a baseUrl, and nobody is prompted", async (t) => {
      const page = await open(t, { context: { bypassCSP: true } });
      const { argument } = await shop.start(name, await page.newUser());
      await page.page.evaluate(openInner, ["srcdoc", stranger.origin, "allow-scripts"]);
      const inner = page.page.frames()[1];
      await inner.addScriptTag({ content: await readFile(join(root, "pkg/webauthn-result.script.js"), "utf8") });
      const { result, asked } = await inner.evaluate(
        async ([name, argument]) => {
          let asked = 0;
          navigator.credentials.get = navigator.credentials.create = async () => asked++;
          return { result: await globalThis.webauthnResult[name](argument), asked };
        },
        [name, argument],
      );
      assert.match(result.code.statusCode, /^error-[01]099$/);
      assert.match(result.message, /^settings\.baseUrl must be .*, but is missing$/);
      assert.equal(asked, 0);
    });

    test("a page without an origin needs a baseUrl, and nobody is prompted", async (t) => {
      const page = await open(t);
      const { argument } = await shop.start(name, await page.newUser());
      await page.page.evaluate(() => Object.defineProperty(globalThis, "origin", { value: "null" }));
      const outcome = await page.call(name, argument, { baseUrl: undefined });
      assertFailure(outcome, name, "99", /^settings\.baseUrl must be .*, but is missing$/);
      assert.deepEqual(outcome.stages, []);
    });

    test("statusUrl is asked in place of the cloud, with the page's own cookies", async (t) => {
      const page = await open(t);
      // Not the shop's own.
      await page.context.clearCookies();
      await page.context.addCookies([{ name: "session", value: "ada", url: shop.origin }]);
      const received = await proxyCloud(page, "/backend");
      const { argument } = await shop.start(name, await page.newUser(), {
        faults: [{ at: "result", kind: "http", status: 503, processed: true }],
      });
      const outcome = await page.call(name, argument, { statusUrl: "/backend/api/v1/status" });
      assertSuccess(outcome, name);
      assert.deepEqual(
        received.map(({ path, headers }) => [path, headers.cookie]),
        [["/api/v1/status", "session=ada"]],
      );
      assert.deepEqual(page.statusRequests(argument), []);
    });
  });

test("what was added to Object.prototype chooses no host for push and TOTP", async (t) => {
  const page = await open(t);
  const url = await page.page.evaluate(async (origin) => {
    for (const [option, value] of Object.entries({ baseUrl: origin, timeout: 0, routes: "tenant" }))
      Object.defineProperty(Object.prototype, option, { configurable: true, value });
    const asked = [];
    globalThis.fetch = async (url) => {
      asked.push(url);
      return new Response('{"auth_req_id":"R"}');
    };
    const { CIBAClient } = await import("/pkg/ciba.js");
    await new CIBAClient({ clientId: "C" }).initiateAppApproval("ada@example.com", {});
    return asked[0];
  }, stranger.origin);
  assert.equal(url, "https://prod.api.authsec.ai/authsec/uflow/auth/workspace/ciba/initiate");
});
