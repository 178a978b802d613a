// Where a request may go: docs/contract.md, section A6.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import fc from "fast-check";

import { parseBaseUrl } from "../../js/base-url.js";

const OWN = "https://shop.example";
globalThis.origin = OWN;

const withOrigin = (origin, act) => {
  globalThis.origin = origin;
  try {
    return act();
  } finally {
    globalThis.origin = OWN;
  }
};

describe("a base URL", () => {
  for (const [base, parsed] of [
    ["https://cloud.example", "https://cloud.example"],
    ["https://cloud.example/", "https://cloud.example"],
    ["https://cloud.example:8443/base//", "https://cloud.example:8443/base"],
    ["http://localhost:5190", "http://localhost:5190"],
    ["http://app.localhost", "http://app.localhost"],
    ["http://127.0.0.1:1/x", "http://127.0.0.1:1/x"],
    ["http://[::1]", "http://[::1]"],
    ["/auth", `${OWN}/auth`],
    ["/auth/", `${OWN}/auth`],
    ["/", OWN],
    ["/a/../b", `${OWN}/b`],
    // The page's own origin.
    [undefined, OWN],
    [null, OWN],
  ])
    test(`${base} is ${parsed}`, () => assert.equal(parseBaseUrl(base), parsed));

  for (const base of [
    "",
    "auth",
    "./auth",
    "cloud.example",
    "http://cloud.example",
    "http://localhost.evil.example",
    "http://127.0.0.1.evil.example",
    "ftp://cloud.example",
    "javascript:alert(1)",
    "data:text/plain,x",
    "https://user@cloud.example",
    "https://:password@cloud.example",
    "https://cloud.example?x",
    "https://cloud.example#x",
    "//evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "/auth?x",
    "/auth#x",
    5,
    {},
  ])
    test(`${JSON.stringify(base)} is refused`, () => assert.equal(parseBaseUrl(base), undefined));
});

describe("a page without an origin", () => {
  for (const origin of ["null", "file://"])
    test(origin, () =>
      withOrigin(origin, () => {
        assert.equal(parseBaseUrl(undefined), undefined);
        assert.equal(parseBaseUrl("/auth-of-nobody"), undefined);
        assert.equal(parseBaseUrl("https://cloud-of-somebody.example"), "https://cloud-of-somebody.example");
      }),
    );
});

test("a path is of an own origin that is http only on a loopback host", () => {
  withOrigin("http://intranet", () => assert.equal(parseBaseUrl("/auth-1"), undefined));
  withOrigin("http://localhost:5173", () => assert.equal(parseBaseUrl("/auth-2"), "http://localhost:5173/auth-2"));
});

const texts = fc.oneof(
  fc.webUrl({ withFragments: true, withQueryParameters: true }),
  fc.string(),
  fc.string().map((text) => `/${text}`),
  fc
    .tuple(fc.constantFrom("/", "//", "/\\", "\\", "\t/", "/\n/"), fc.webAuthority())
    .map(([start, host]) => start + host),
  fc.tuple(fc.constantFrom("https:", "http:", "ftp:", "blob:https:"), fc.string()).map((parts) => parts.join("//")),
);

test("any text is refused, or a URL that is https or of a loopback host, and a path stays on the page's own origin", () => {
  fc.assert(
    fc.property(texts, (base) => {
      const parsed = parseBaseUrl(base);
      if (parsed === undefined) return;
      const url = new URL(`${parsed}/_app/assertion/result`);
      const isLoopback = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
      assert.ok(url.protocol === "https:" || (url.protocol === "http:" && isLoopback), parsed);
      assert.equal(url.username + url.password + url.search + url.hash, "");
      assert.ok(url.pathname.endsWith("/_app/assertion/result"));
      if (base.startsWith("/")) assert.equal(url.origin, OWN, base);
      else assert.equal(url.host, new URL(base).host, base);
    }),
    { numRuns: 20_000, seed: 1 },
  );
});
