// The exceptions that Chromium itself throws from navigator.credentials: named in the message, and explained by whether trying
// again can help. docs/troubleshooting.md has them all.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { words } from "../../js/explain-words.js";
import { openBlankPage } from "./support/blank-page.mjs";
import { launchBrowser, WILLING } from "./support/browser.mjs";

const SCRIPT = `
  import * as module from "/pkg/index.js";
  import { explain } from "/pkg/explain.js";
  Object.assign(globalThis, { module, explain });`;

let browser, page, cdp, authenticatorId, close;

before(async () => {
  browser = await launchBrowser();
  const opened = await openBlankPage(browser, { documents: { "/": `<script type="module">${SCRIPT}</script>` } });
  ({ page, close } = opened);
  cdp = await opened.context.newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  ({ authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", { options: WILLING }));
});
after(async () => {
  await close?.();
  await browser?.close();
});

/** Calls the package in the page. Returns the result, and its explanation in English. */
const call = (name, options) =>
  page.evaluate(
    async ([name, options]) => {
      const argument =
        name === "authenticate"
          ? { credentialRequestOptions: { challenge: "AQID", ...options }, userId: "user-1", statusToken: "token" }
          : {
              credentialCreationOptions: {
                challenge: "AQID",
                rp: { name: "A shop" },
                user: { id: "AQ", name: "zoe", displayName: "Zoë" },
                pubKeyCredParams: [{ type: "public-key", alg: -7 }],
                ...options,
              },
              statusToken: "token",
            };
      const result = await module[name](argument, { baseUrl: "https://cloud.example", finalizeTimeout: 1 });
      return { result, ...explain(result, "en") };
    },
    [name, options],
  );

const assertCause = ({ result, title, advice, cause: told }, code, exception, cause) => {
  assert.equal(result.code.statusCode, code, result.message);
  assert.match(result.message, new RegExp(`[.] ${exception}: .`));
  assert.equal(told, cause);
  assert.deepEqual({ title, advice }, words.en[cause] ?? words.en.integrationError);
};

const descriptors = (count) => Array.from({ length: count }, () => ({ type: "public-key", id: "AAECAwQF" }));

describe("an exception that the same call would get again", () => {
  for (const [title, name, options, exception, cause] of [
    [
      "more allowCredentials than the browser takes",
      "authenticate",
      { allowCredentials: descriptors(65) },
      "RangeError",
      "invalidOptions",
    ],
    [
      "more excludeCredentials than the browser takes",
      "register",
      { excludeCredentials: descriptors(65) },
      "RangeError",
      "invalidOptions",
    ],
    ["an appid that is no URL", "authenticate", { extensions: { appid: "no URL" } }, "SyntaxError", "invalidOptions"],
    ["an rpId of another site", "authenticate", { rpId: "shop.example" }, "SecurityError", "wrongDomain"],
    [
      "an input of the other ceremony",
      "authenticate",
      { extensions: { credProps: true } },
      "NotSupportedError",
      "unsuitableDevice",
    ],
  ])
    test(`${title}: ${exception}`, async () => {
      assertCause(await call(name, options), name === "register" ? "error-1001" : "error-0001", exception, cause);
    });

  test("a passkey that this device has already: InvalidStateError", async () => {
    await page.evaluate(async () => {
      const { rawId } = await navigator.credentials.create({
        publicKey: {
          challenge: new Uint8Array(3),
          rp: { name: "A shop" },
          user: { id: new Uint8Array(1), name: "zoe", displayName: "Zoë" },
          pubKeyCredParams: [{ type: "public-key", alg: -7 }],
        },
      });
      globalThis.id = btoa(String.fromCharCode(...new Uint8Array(rawId)));
    });
    const id = (await page.evaluate(() => globalThis.id)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
    assertCause(
      await call("register", { excludeCredentials: [{ type: "public-key", id }] }),
      "error-1001",
      "InvalidStateError",
      "alreadyRegistered",
    );
  });
});

describe("an exception after which the user can try again", () => {
  test("no passkey for it: NotAllowedError", async () => {
    const outcome = await call("authenticate", { allowCredentials: descriptors(1) });
    assertCause(outcome, "error-0001", "NotAllowedError", "dismissed");
  });

  test("a request of another library is pending: OperationError, and the next call works once that has ended", async () => {
    await cdp.send("WebAuthn.setAutomaticPresenceSimulation", { authenticatorId, enabled: false });
    await page.evaluate(() => {
      globalThis.other = new AbortController();
      const publicKey = { challenge: new Uint8Array(3) };
      globalThis.pending = navigator.credentials.get({ publicKey, signal: globalThis.other.signal }).catch(() => {});
    });
    for (const [name, code] of [
      ["authenticate", "error-0001"],
      ["register", "error-1001"],
    ])
      assertCause(await call(name), code, "OperationError", "requestPending");
    await page.evaluate(async () => {
      globalThis.other.abort();
      await globalThis.pending;
    });
    await cdp.send("WebAuthn.setAutomaticPresenceSimulation", { authenticatorId, enabled: true });
    // Past the prompt: there is no cloud.
    assert.equal((await call("register")).result.code.statusCode, "error-1002");
  });
});
