// js/call.js: a call as the module directs it, with nothing of what a page gave to all objects in between.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import * as host from "../../js/call.js";
import { limit, locate, until } from "../../js/host.js";

before(() => {
  // Node 20 has none.
  globalThis.navigator ??= { userAgent: "Node" };
});

const { fetch, Response } = globalThis;
after(() => Object.assign(globalThis, { fetch, Response }));

/** As a browser's is, and Node's is not, it is out of the page's reach. */
class Answer {
  async text() {
    return '{"status":"ok","token":"T"}';
  }
}

const buffer = Uint8Array.of(1).buffer;
const credential = {
  rawId: buffer,
  response: { authenticatorData: buffer, clientDataJSON: buffer, signature: buffer, userHandle: null },
};

/** A whole ceremony, as the module directs it; all that it left, and its result. */
const play = async () => {
  const argument = { credentialRequestOptions: { challenge: "AQ" }, userId: "ada", statusToken: "S" };
  const call = host.createCall(false, argument, { baseUrl: "https://cloud.example" });
  let result;
  call.answer = (given) => {
    result = given;
  };
  const facts = host.readCall(call);
  host.open(call, 0);
  const asked = host.requestOf(call).publicKey.challenge;
  host.tell(call, 1);
  host.close(call);
  const lacks = host.take(call, { value: credential });
  Object.assign(globalThis, { Response: Answer, fetch: async () => new Answer() });
  const answer = await host.exchange(call, "/_app/assertion/result", 1000);
  const told = host.readAnswer(answer);
  host.finish(call, ["success-authentication", "Well.", host.valueAt(answer, 1)]);
  return { call, facts, asked, lacks, answer, told, result };
};

const RESULT = { success: true, code: { statusCode: "success-authentication", message: "Well." }, token: "T" };

test("a ceremony is read, asked, sent and told as the module directs", async () => {
  const { facts, asked, lacks, told, result } = await play();
  assert.deepEqual([facts, told, lacks], ["ooot--------tt-o--t----", "ow---w", undefined]);
  assert.deepEqual(asked, Uint8Array.of(1));
  assert.deepEqual(result, RESULT);
});

test("a credential without extension results makes them undefined, as js/index.d.ts declares", () => {
  const results = [];
  const settings = { onExtensionResults: (given) => results.push(given) };
  const argument = { credentialRequestOptions: { challenge: "AQ" }, userId: "ada", statusToken: "S" };
  const throwing = () => {
    throw new Error("not implemented");
  };
  for (const more of [{}, { getClientExtensionResults: throwing }]) {
    const call = host.createCall(false, argument, settings);
    host.readCall(call);
    assert.equal(host.take(call, { value: { ...credential, ...more } }), undefined);
  }
  assert.deepEqual(results, [undefined, undefined]);
});

test("setters that a page gave to all objects take none of them", async () => {
  const { call, answer } = await play();
  for (const name of new Set([call, answer, answer.value].flatMap((each) => Object.keys(each))))
    for (const descriptor of [{ get() {}, set() {} }, { value: undefined }]) {
      Object.defineProperty(Object.prototype, name, { configurable: true, ...descriptor });
      try {
        assert.deepEqual((await play()).result, RESULT, name);
      } finally {
        delete Object.prototype[name];
      }
    }
});

test("an address that is no text is looked at each time", () => {
  const url = new URL("https://one.example");
  assert.equal(locate(url), "https://one.example");
  url.host = "two.example";
  assert.equal(locate(url), "https://two.example");
});

test("a value that says by and by that it is a promise is not waited for", async () => {
  let count = 0;
  // The first to ask are those who made the promise.
  const name = "then";
  const value = Object.defineProperty({}, name, { get: () => (count++ ? () => {} : undefined) });
  assert.equal((await limit(0).until(Promise.resolve(value))).value, value);
  count = 0;
  assert.equal((await until(Promise.resolve(value), new AbortController())).value, value);
});
