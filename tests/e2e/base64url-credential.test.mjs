// The same bodies, results and messages for each credential, in browsers with and without base64url functions.

import assert from "node:assert/strict";
import { test } from "node:test";

import { playInBoth } from "./support/both-browsers.mjs";
import { assertFailure, assertSuccess, CEREMONIES, names } from "./support/result-table.mjs";
import { useShop } from "./support/setting.mjs";

const { shop, open } = useShop();

/**
 * What a wrapper may return as buffers: each function makes one of these bytes; `isText: false` if it is not a buffer.
 * Evaluated in the page, by its source.
 */
const BUFFERS = {
  "an ArrayBuffer": { make: (bytes) => bytes.buffer },
  "a Uint8Array": { make: (bytes) => bytes },
  "a part of a buffer": { make: (bytes) => Uint8Array.of(9, 9, 9, ...bytes, 9).subarray(3, 3 + bytes.length) },
  "a DataView of a part": {
    make: (bytes) => new DataView(Uint8Array.of(9, ...bytes, 9, 9).buffer, 1, bytes.length),
  },
  "an Int8Array": { make: (bytes) => new Int8Array(bytes.buffer) },
  "a Uint8ClampedArray": { make: (bytes) => new Uint8ClampedArray(bytes.buffer) },
  "a subclass": { make: (bytes) => new (class extends Uint8Array {})(bytes) },
  "one with a member of its own": {
    make: (bytes) => Object.assign(new Uint8Array(bytes), { toBase64: () => "own" }),
  },
  "a buffer of another realm": {
    make: (bytes) => {
      globalThis.frame ??= document.body.appendChild(document.createElement("iframe"));
      return frame.contentWindow.Uint8Array.from(bytes).buffer;
    },
  },
  "a view of another realm": {
    make: (bytes) => {
      globalThis.frame ??= document.body.appendChild(document.createElement("iframe"));
      return frame.contentWindow.Uint8Array.from(bytes);
    },
  },
  "shared memory": {
    make: (bytes) => {
      const { buffer } = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
      const view = new Uint8Array(buffer, 7, bytes.length);
      view.set(bytes);
      return view;
    },
  },
  "a buffer that can grow": {
    make: (bytes) => {
      const buffer = new ArrayBuffer(bytes.length, { maxByteLength: 2 * bytes.length });
      new Uint8Array(buffer).set(bytes);
      return buffer;
    },
  },
  "an empty buffer": { make: () => new ArrayBuffer(), isText: false },
  "an empty view": { make: (bytes) => bytes.subarray(bytes.length), isText: false },
  "a detached buffer": {
    make: ({ buffer }) => {
      structuredClone(buffer, { transfer: [buffer] });
      return buffer;
    },
    isText: false,
  },
  "a view of a detached buffer": {
    make: (bytes) => {
      structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
      return bytes;
    },
    isText: false,
  },
  text: { make: () => "AQ", isText: false },
  "an array of numbers": { make: (bytes) => [...bytes], isText: false },
  "an object with a length": { make: () => ({ byteLength: 2 }), isText: false },
  null: { make: () => null, isText: false },
  undefined: { make: () => undefined, isText: false },
  "a getter that throws": {
    make: () => ({
      __proto__: null,
      get byteLength() {
        throw new Error("own");
      },
    }),
    isText: false,
  },
};

/** The bytes, as hex: one to nine bytes; every byte; many bytes. */
const FEW = Array.from({ length: 9 }, (_, index) => "fbef01".repeat(3).slice(0, 2 * index + 2));
const ALL = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)).toString("hex");
const MANY = Buffer.alloc(50_000, "\xff\0\x10", "latin1").toString("hex");

/** Evaluated in the page: makes calls with credentials whose buffers come from `make`. Returns the outcomes and the bodies sent. */
const send = async ([name, argument, settings, cases]) => {
  const credential = {};
  navigator.credentials.get = navigator.credentials.create = async () => credential;
  let body;
  globalThis.fetch = async (_, init) => {
    body = init.body;
    return new Response('{"status":"ok","token":"confirmed"}');
  };
  // The page's policy forbids it later.
  const makers = cases.map(([source]) => new Function(`return ${source}`)());
  const outcomes = [];
  for (const [index, [, hex]] of cases.entries()) {
    body = null;
    const made = () => makers[index](Uint8Array.from(hex.match(/../g), (byte) => Number.parseInt(byte, 16)));
    credential.rawId = Uint8Array.of(1, 2);
    credential.response = {};
    for (const member of ["clientDataJSON", "authenticatorData", "signature", "userHandle", "attestationObject"])
      credential.response[member] = made();
    outcomes.push({ outcome: await e2e.observe(await e2e.module[name](argument, settings)), body });
    credential.rawId = made();
    outcomes.push({ outcome: await e2e.observe(await e2e.module[name](argument, settings)), body });
  }
  await e2e.restore();
  return outcomes;
};

const RESPONSES = {
  authenticate: ["authenticatorData", "clientDataJSON", "signature", "userHandle"],
  register: ["clientDataJSON", "attestationObject"],
};

for (const name of names)
  test(`${name}: every kind of buffer, and other values`, async (t) => {
    const { argument } = await shop.start(name, undefined);
    const settings = { baseUrl: shop.baseUrl, ...(name === "authenticate" && { usernameless: true }) };
    const kinds = Object.entries(BUFFERS).flatMap(([title, kind], index) =>
      (index ? [FEW[0], FEW[4], ALL] : [...FEW, ALL, MANY]).map((hex) => ({ title, hex, ...kind })),
    );
    const cases = kinds.map(({ make, hex }) => [String(make), hex]);
    const play = async ({ page }) => {
      const userAgent = await page.evaluate(() => navigator.userAgent);
      return { userAgent, outcomes: await page.evaluate(send, [name, argument, settings, cases]) };
    };
    const { userAgent, outcomes } = await playInBoth(t, open, play);
    assert.equal(outcomes.length, 2 * cases.length);
    for (const [index, { title, hex, isText = true }] of kinds.entries()) {
      const text = Buffer.from(hex, "hex").toString("base64url");
      for (const [offset, id] of ["AQI", text].entries()) {
        const { outcome, body } = outcomes[2 * index + offset];
        if (isText) {
          assertSuccess(outcome, name);
          const response = Object.fromEntries(RESPONSES[name].map((member) => [member, text]));
          const { statusToken } = argument;
          const sent = { type: "public-key", id, response, statusToken, userAgent };
          assert.equal(body, JSON.stringify(sent), `${title} of ${hex.slice(0, 20)}`);
        } else {
          const lacks = offset ? "rawId" : `response.${RESPONSES[name][0]}`;
          const problem = `DataError: credential.${lacks} must be a non-empty buffer`;
          assertFailure(outcome, name, "01", CEREMONIES[name].refusal + problem);
          // Nothing was sent.
          assert.equal(body, null, title);
        }
      }
    }
  });

test("userId in place of a user handle, as base64url of its UTF-8", async (t) => {
  const { argument } = await shop.approve();
  const userIds = ["a", "ada", "Zoë-\u{1F511}", "\0", "\ud800", "x".repeat(100_000)];
  const play = ({ page }) =>
    page.evaluate(
      async ([json, valid, baseUrl]) => {
        const one = Uint8Array.of(1).buffer;
        const response = { clientDataJSON: one, authenticatorData: one, signature: one, userHandle: null };
        navigator.credentials.get = async () => ({ rawId: one, response });
        const bodies = [];
        globalThis.fetch = async (_, init) => {
          bodies.push(init.body);
          return new Response('{"status":"ok","token":"confirmed"}');
        };
        for (const userId of JSON.parse(json)) await e2e.module.authenticate({ ...valid, userId }, { baseUrl });
        await e2e.restore();
        return bodies;
      },
      [JSON.stringify(userIds), argument, shop.baseUrl],
    );
  const bodies = await playInBoth(t, open, play);
  assert.deepEqual(
    bodies.map((body) => JSON.parse(body).response.userHandle),
    userIds.map((userId) => Buffer.from(userId).toString("base64url")),
  );
});

test("of a real authenticator, in ceremonies that the cloud accepts", async (t) => {
  const play = async (page) => {
    await page.replaceCredentials(async (real, options) => {
      const credential = await real(options);
      const hexOf = (buffer) =>
        Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");
      const { response } = credential;
      globalThis.made = { id: hexOf(credential.rawId), response: {} };
      for (const member of ["clientDataJSON", "authenticatorData", "signature", "userHandle", "attestationObject"])
        if (response[member] instanceof ArrayBuffer) made.response[member] = hexOf(response[member]);
      return credential;
    });
    const told = [];
    const complete = async (name, argument) => {
      const outcome = await page.call(name, argument);
      assertSuccess(outcome, name);
      const [{ body }, ...more] = page.finalizations(name, argument);
      assert.deepEqual(more, []);
      const made = await page.page.evaluate(() => globalThis.made);
      const textOf = (hex) => Buffer.from(hex, "hex").toString("base64url");
      assert.equal(body.id, textOf(made.id));
      for (const member of RESPONSES[name]) assert.equal(body.response[member], textOf(made.response[member]), member);
      // Everything else is different each time.
      told.push({ code: outcome.result.code, stages: outcome.stages, members: Object.keys(body) });
    };
    const { user, argument } = await shop.enroll({
      options: { authenticatorSelection: { residentKey: "required" } },
    });
    await complete("register", argument);
    await complete("authenticate", (await shop.approve(user)).argument);
    const { argument: padded } = await shop.approve(user);
    const options = padded.credentialRequestOptions;
    const pad = (text) => text.padEnd(Math.ceil(text.length / 4) * 4, "=");
    options.challenge = pad(options.challenge);
    for (const credential of options.allowCredentials) credential.id = pad(credential.id);
    await complete("authenticate", padded);
    return told;
  };
  await playInBoth(t, open, play);
});
