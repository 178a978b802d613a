// A list is judged as it is read: whatever length it claims, a call resolves at once, and an item behind the first wrong one is
// never read.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { openBlankPage } from "./support/blank-page.mjs";
import { launchBrowser } from "./support/browser.mjs";

/** The most items of a list: docs/contract.md, section A3.3. */
const MOST = 100_000;
/** In milliseconds. A list of 100,000 items takes less than a second, one of two billion about a minute and all memory. */
const AT_ONCE = 10_000;

/** Evaluated in the page: calls the package with a list that claims `length` items, which `items` makes of their index. */
const play = async ([name, path, { length, items, wrongAt }, limit]) => {
  const module = await import("/pkg/index.js");
  let reads = 0;
  let prompted;
  const prompt = async ({ publicKey }) => {
    prompted = publicKey[path.at(-1)]?.length;
    throw new DOMException("Not now.", "NotAllowedError");
  };
  Object.defineProperty(navigator, "credentials", { configurable: true, value: { get: prompt, create: prompt } });
  const right = {
    hints: "client-device",
    attestationFormats: "packed",
    pubKeyCredParams: { type: "public-key", alg: -7 },
    allowCredentials: { type: "public-key", id: "AAECAwQF" },
    excludeCredentials: { type: "public-key", id: "AAECAwQF" },
  };
  const list = new Proxy([], {
    get: (_, key) => {
      if (items === "numbers") return length;
      if (key === "length") return length;
      if (!/^\d+$/.test(String(key))) return undefined;
      reads++;
      return Number(key) === wrongAt ? 7 : right[path.at(-1)];
    },
  });
  const options = {
    credentialRequestOptions: { challenge: "AQID" },
    credentialCreationOptions: {
      challenge: "AQID",
      rp: { name: "A shop" },
      user: { id: "AQ", name: "zoe", displayName: "Zoë" },
      pubKeyCredParams: [{ type: "public-key", alg: -7 }],
    },
    userId: "user-1",
    statusToken: "status-token",
  };
  options[path[0]][path[1]] = list;
  const started = performance.now();
  const { code, message } = await module[name](options, { baseUrl: "https://cloud.example" });
  const isInTime = performance.now() - started < limit;
  return { statusCode: code.statusCode, message, reads, prompted, isInTime };
};

let browser;
before(async () => {
  browser = await launchBrowser();
});
after(() => browser?.close());

const LISTS = [
  ["authenticate", "credentialRequestOptions", "allowCredentials"],
  ["authenticate", "credentialRequestOptions", "hints"],
  ["register", "credentialCreationOptions", "pubKeyCredParams"],
  ["register", "credentialCreationOptions", "excludeCredentials"],
  ["register", "credentialCreationOptions", "hints"],
  ["register", "credentialCreationOptions", "attestationFormats"],
];

for (const [entry, policy] of [
  ["the module", ""],
  ["the fallback", "script-src 'self' 'unsafe-inline'"],
])
  describe(`a list of the options, in ${entry}`, () => {
    let opened;
    before(async () => {
      const script = `
        import * as module from "/pkg/index.js";
        module.configure({ fallback: () => import("/pkg/webauthn-result.fallback.js") });`;
      const documents = { "/": `<script type="module">${script}</script>` };
      opened = await openBlankPage(browser, { policy, documents });
    });
    after(() => opened?.close());

    for (const [name, options, list] of LISTS) {
      const [prefix, invalid] = [name === "register" ? "error-10" : "error-00", `${options}.${list}`];
      const call = async (given) => {
        const seen = await opened.page.evaluate(play, [name, [options, list], given, AT_ONCE]);
        assert.ok(seen.isInTime);
        return seen;
      };

      test(`${invalid}: two billion items are refused, right or wrong, and none is read`, async () => {
        for (const items of ["numbers", "right"]) {
          const { statusCode, message, reads } = await call({ length: 2 ** 31 - 1, items });
          assert.equal(statusCode, `${prefix}00`);
          assert.equal(message, `${invalid} must have at most ${MOST} items`);
          assert.equal(reads, 0);
        }
        const { message } = await call({ length: MOST + 1 });
        assert.equal(message, `${invalid} must have at most ${MOST} items`);
      });

      test(`${invalid}: no item behind a wrong one is read`, async () => {
        for (const wrongAt of [0, 3]) {
          const { statusCode, message, reads } = await call({ length: MOST, wrongAt });
          assert.equal(statusCode, `${prefix}00`);
          assert.ok(message.startsWith(`${invalid}[${wrongAt}]`), message);
          assert.equal(reads, wrongAt + 1);
        }
      });

      test(`${invalid}: ${MOST} right items reach the browser, each read once`, async () => {
        const { statusCode, message, reads, prompted } = await call({ length: MOST });
        assert.equal(statusCode, `${prefix}01`, message);
        assert.equal(reads, MOST);
        assert.equal(prompted, MOST);
      });
    }
  });
