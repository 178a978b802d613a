// The classic script reads its attributes from its own element and from nothing else, and says so where it has none.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { openBlankPage } from "./support/blank-page.mjs";
import { launchBrowser } from "./support/browser.mjs";

const SCRIPT = "/pkg/webauthn-result.script.js";
const APPROVAL = { credentialRequestOptions: { challenge: "q83vEjRWeJA" }, userId: "ada", statusToken: "S" };
const EVIL = "https://evil.example";
const NO_ELEMENT = /found no <script> element of its own, so data-base-url is unknown: load it without type=module/;

let browser;
before(async () => {
  browser = await launchBrowser();
});
after(() => browser?.close());

/** A page with this markup, in which every prompt succeeds. `requests` has what it sent elsewhere. */
const open = async (t, markup, options = {}) => {
  const requests = [];
  const opened = await openBlankPage(browser, {
    documents: { "/": markup },
    ...options,
    async prepare(page) {
      await page.route(/evil\.example|cloud\.example/, (route) => {
        requests.push(route.request().url());
        return route.abort();
      });
      await page.addInitScript(() => {
        globalThis.asked = 0;
        const bytes = Uint8Array.of(1, 2, 3).buffer;
        const response = { authenticatorData: bytes, clientDataJSON: bytes, signature: bytes, userHandle: bytes };
        navigator.credentials.get = async () => {
          globalThis.asked++;
          return { id: "AQID", rawId: bytes, type: "public-key", response, getClientExtensionResults: () => ({}) };
        };
      });
    },
  });
  t.after(opened.close);
  return { ...opened, requests };
};

const authenticate = ({ page }, settings) =>
  page.evaluate(
    ([given, rest]) => webauthnResult.authenticate(given, { finalizeTimeout: 300, ...rest }),
    [APPROVAL, settings],
  );
const asked = ({ page }) => page.evaluate(() => globalThis.asked);

describe("markup that takes the place of document.currentScript", () => {
  const clobbers = {
    "an image": `<img name="currentScript" src="${EVIL}/" data-base-url="${EVIL}">`,
    "a form": `<form name="currentScript" data-base-url="${EVIL}"><input name="src" value="${EVIL}/x.js"></form>`,
    "two images": `<img name="currentScript" data-base-url="${EVIL}"><img name="currentScript">`,
  };
  for (const [title, markup] of Object.entries(clobbers))
    test(`${title} does not choose where the assertion goes`, async (t) => {
      const page = await open(t, `${markup}<script src="${SCRIPT}" data-base-url="https://cloud.example"></script>`);
      page.requests.length = 0;
      const result = await authenticate(page);
      assert.equal(result.code.statusCode, "error-0002", result.message);
      assert.ok(page.requests.includes("https://cloud.example/_app/assertion/result"));
      assert.deepEqual(
        page.requests.filter((url) => url.startsWith(EVIL)),
        [],
      );
    });

  test("an image does not choose the code of the fallback", async (t) => {
    const page = await open(
      t,
      `<img name="currentScript" src="${EVIL}/x.png"><script src="${SCRIPT}" data-base-url="https://cloud.example"></script>`,
      { policy: "script-src 'self'" },
    );
    page.requests.length = 0;
    const fallback = page.page.waitForResponse("**/pkg/webauthn-result.fallback.js").catch(() => {});
    const result = await authenticate(page);
    await fallback;
    assert.equal(result.code.statusCode, "error-0002", result.message);
    assert.deepEqual(
      page.requests.filter((url) => url.startsWith(EVIL)),
      [],
    );
  });
});

describe('loaded with type="module", it has no element', () => {
  const markup = `<script type="module" src="${SCRIPT}" data-base-url="https://cloud.example"></script>`;

  test("and says so in every call, before anybody is prompted", async (t) => {
    const page = await open(t, markup);
    const result = await authenticate(page);
    assert.equal(result.code.statusCode, "error-0099");
    assert.match(result.message, NO_ELEMENT);
    const registration = await page.page.evaluate(() => webauthnResult.register(null));
    assert.equal(registration.code.statusCode, "error-1099");
    assert.match(registration.message, NO_ELEMENT);
    assert.equal(await asked(page), 0);
  });

  test("and works once the page has named the cloud", async (t) => {
    const page = await open(t, markup);
    const one = await authenticate(page, { baseUrl: "https://cloud.example" });
    assert.equal(one.code.statusCode, "error-0002", one.message);
    await page.page.evaluate(() => webauthnResult.configure({ baseUrl: "/auth" }));
    const two = await authenticate(page);
    assert.equal(two.code.statusCode, "error-0002", two.message);
    assert.equal(await asked(page), 2);
  });
});

test("without data-base-url it is the page's own origin, as ever", async (t) => {
  const page = await open(t, `<script src="${SCRIPT}"></script>`);
  const result = await authenticate(page);
  assert.equal(result.code.statusCode, "error-0002");
  assert.match(result.message, /HTTP 404/);
});
