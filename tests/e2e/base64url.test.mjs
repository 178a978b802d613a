// The same outcomes, messages and bodies in browsers with base64url functions and in those with atob only.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { TEXTS } from "./support/base64url-texts.mjs";
import { playInBoth } from "./support/both-browsers.mjs";
import { assertFailure, CEREMONIES, names } from "./support/result-table.mjs";
import { useShop } from "./support/setting.mjs";
import { changed, RULES } from "./support/validity-rules.mjs";

const { shop, open } = useShop();

/**
 * Evaluated in the page: makes each prompt fail, and calls `name` with each argument of some JSON. Returns the outcomes, and the
 * options that the browser received, with buffers as "bytes" and hex.
 */
const ask = async ([name, json, baseUrl]) => {
  const hexOf = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const withHex = (value) => {
    if (value instanceof Uint8Array) return `bytes ${hexOf(value)}`;
    if (Array.isArray(value)) return value.map(withHex);
    if (typeof value != "object" || !value) return value;
    return Object.fromEntries(Object.entries(value).map(([member, item]) => [member, withHex(item)]));
  };
  let asked;
  const refuse = async ({ publicKey }) => {
    asked = withHex(publicKey);
    throw new DOMException("asked", "AskedError");
  };
  Object.assign(navigator.credentials, { get: refuse, create: refuse });
  const outcomes = [];
  for (const argument of JSON.parse(json)) {
    asked = null;
    const outcome = await e2e.observe(await e2e.module[name](argument, { baseUrl }));
    outcomes.push({ outcome, asked });
  }
  await e2e.restore();
  return JSON.stringify(outcomes);
};

const askEach = async (page, name, arguments_) =>
  JSON.parse(await page.page.evaluate(ask, [name, JSON.stringify(arguments_), shop.baseUrl]));

describe("the table of strings as each binary property", () => {
  // The path, how to set it in an argument, and where the browser finds it. `empty`: no bytes are valid too.
  const list = (id) => [
    { type: "public-key", id: "AQ" },
    { type: "public-key", id },
  ];
  const MEMBERS = {
    authenticate: [
      { path: "challenge", find: (asked) => asked.challenge },
      { path: "allowCredentials[1].id", make: list, find: (asked) => asked.allowCredentials[1].id },
      {
        path: "extensions.prf.eval.first",
        make: (first) => ({ prf: { eval: { first } } }),
        find: (asked) => asked.extensions.prf.eval.first,
        empty: true,
      },
      {
        path: "extensions.prf.evalByCredential.AQ.second",
        make: (second) => ({ prf: { evalByCredential: { AQ: { first: "AQ", second } } } }),
        find: (asked) => asked.extensions.prf.evalByCredential.AQ.second,
        empty: true,
      },
      {
        path: "extensions.largeBlob.write",
        make: (write) => ({ largeBlob: { write } }),
        find: (asked) => asked.extensions.largeBlob.write,
        empty: true,
      },
    ],
    register: [
      { path: "challenge", find: (asked) => asked.challenge },
      { path: "user.id", find: (asked) => asked.user.id },
      { path: "excludeCredentials[1].id", make: list, find: (asked) => asked.excludeCredentials[1].id },
    ],
  };
  for (const name of names)
    for (const { path, make, find, empty } of MEMBERS[name])
      test(`${name}: ${path}`, async (t) => {
        const { argument } = await shop.start(name, undefined);
        argument.userId = "ada";
        const member = CEREMONIES[name].options;
        const texts = [...TEXTS.keys()];
        const arguments_ = texts.map((text) => ({
          ...argument,
          [member]: make
            ? { ...argument[member], [path.split(/\W/)[0]]: make(text) }
            : changed(argument[member], path, text),
        }));
        const outcomes = await playInBoth(t, open, (page) => askEach(page, name, arguments_));
        assert.equal(outcomes.length, texts.length);
        for (const [index, { outcome, asked }] of outcomes.entries()) {
          const text = texts[index];
          const hex = TEXTS.get(text);
          // WebAuthn's limit for this property, which browsers check, too.
          const isUserId = path === "user.id";
          const isTooLong = isUserId && hex?.length > 2 * 64;
          if (hex === null || (!hex && !empty) || isTooLong) {
            const type = `must be a base64url string${isUserId ? " of 1 to 64 bytes" : ""}`;
            const problem = `${type}${hex === "" ? ", but is empty" : ""}`;
            assertFailure(outcome, name, "00", `${member}.${path} ${problem}`);
            assert.equal(asked, null);
          } else {
            assertFailure(outcome, name, "01", `${CEREMONIES[name].refusal}AskedError: asked`);
            assert.equal(find(asked), `bytes ${hex}`, JSON.stringify(text.slice(0, 50)));
          }
        }
      });
});

describe("the rules of validity", () => {
  for (const name of names)
    test(name, async (t) => {
      const { argument } = await shop.start(name, undefined);
      argument.userId = "ada";
      const member = CEREMONIES[name].options;
      // JSON has no NaN and no Infinity.
      const rules = RULES[name].filter(([, value]) => typeof value != "number" || Number.isFinite(value));
      const arguments_ = rules.map(([path, value]) => ({
        ...argument,
        [member]: changed(argument[member], path, value),
      }));
      const outcomes = await playInBoth(t, open, (page) => askEach(page, name, arguments_));
      for (const [index, { outcome, asked }] of outcomes.entries()) {
        const [, , named] = rules[index];
        if (named === null) assert.ok(asked);
        else assert.ok(assertFailure(outcome, name, "00").startsWith(`${member}${named && `.${named}`} `));
      }
    });
});

test("properties on Object.prototype change neither the prompt nor the request", async (t) => {
  const { argument } = await shop.approve();
  argument.userId = "ada";
  // One without padding, one with stray bits: a strict conversion would refuse both.
  const challenges = ["AQ", "AR", "AQ==", "-_-_"];
  const arguments_ = challenges.map((challenge) => ({
    ...argument,
    credentialRequestOptions: { ...argument.credentialRequestOptions, challenge },
  }));
  const outcomes = await playInBoth(t, open, async (page) => {
    await page.page.evaluate(() =>
      Object.assign(Object.prototype, { alphabet: "base64", omitPadding: false, lastChunkHandling: "strict" }),
    );
    const given = await askEach(page, "authenticate", arguments_);
    await page.page.evaluate(() => {
      for (const name of ["alphabet", "omitPadding", "lastChunkHandling"]) delete Object.prototype[name];
    });
    return given;
  });
  assert.deepEqual(
    outcomes.map(({ asked }) => asked?.challenge),
    ["bytes 01", "bytes 01", "bytes 01", "bytes fbffbf"],
  );
});
