// What the CIBA client sends, and what it passes to the module from a response: docs/contract.md, section B3.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { readOptions } from "../../js/ciba-options.js";
import { exchange } from "../../js/ciba-wire.js";

// What js/alarm.js needs of a browser.
globalThis.document = Object.assign(new EventTarget(), { hidden: false });

const REQUESTS = { initiate: 0, token: 1, totp: 2 };

/** One exchange with a network that answers so; what was sent, and what came of it. */
const play = async (answer, { request = "token", options, ms = 10_000, signal, ...given } = {}) => {
  const sent = [];
  globalThis.fetch = async (url, init) => {
    sent.push({ url, body: init.body });
    return answer(init);
  };
  const { clientId, prefix } = readOptions({ baseUrl: "https://auth.example", ...options });
  const { signal: unending } = new AbortController();
  const [event, texts] = await exchange(REQUESTS[request], prefix, { clientId, ...given }, ms, signal ?? unending);
  return { event, texts, sent };
};

const json = (status, body) => () => new Response(JSON.stringify(body), { status });

describe("requests", () => {
  const GIVEN = { email: "e", bindingMessage: "m", argument: "x" };
  for (const [flow, options, prefix, ids, emailName] of [
    ["admin", {}, "/authsec/uflow/auth/", {}, "login_hint"],
    ["no client id is an empty one", { clientId: "" }, "/authsec/uflow/auth/", {}, "login_hint"],
    ["tenant", { clientId: "c" }, "/authsec/uflow/auth/workspace/", { client_id: "c" }, "email"],
    ["older admin", { routes: "tenant" }, "/uflow/auth/", {}, "login_hint"],
    ["older tenant", { clientId: "c", routes: "tenant" }, "/uflow/auth/tenant/", { client_id: "c" }, "email"],
  ])
    for (const [request, path, body] of [
      ["initiate", "ciba/initiate", { ...ids, [emailName]: "e", binding_message: "m" }],
      ["token", "ciba/token", { ...ids, auth_req_id: "x" }],
      ["totp", "totp/login", { ...ids, email: "e", totp_code: "x" }],
    ])
      test(`${flow}, ${request}: the documented route and body`, async () => {
        const { sent } = await play(json(200, {}), { request, options, ...GIVEN });
        assert.deepEqual(sent, [{ url: `https://auth.example${prefix}${path}`, body: JSON.stringify(body) }]);
      });

  test("what the phone shows by default fits any phone and names no voice client", async () => {
    for (const bindingMessage of [undefined, ""]) {
      const { sent } = await play(json(200, {}), { request: "initiate", email: "e", bindingMessage });
      const { binding_message } = JSON.parse(sent[0].body);
      assert.match(binding_message, /^[ -~]{10,64}$/);
      assert.doesNotMatch(binding_message, /voice/i);
    }
  });

  test("no argument breaks out of the JSON, and no toJSON of the page's changes it", async (t) => {
    // As old libraries have them.
    Object.prototype.toJSON = String.prototype.toJSON = () => "of the page";
    t.after(() => {
      delete Object.prototype.toJSON;
      delete String.prototype.toJSON;
    });
    const evil = '","client_id":"other","x":"\\"\n\0\u2028😀';
    const given = { options: { clientId: evil }, email: evil, bindingMessage: evil, argument: evil };
    for (const [request, names] of [
      ["initiate", ["client_id", "email", "binding_message"]],
      ["token", ["client_id", "auth_req_id"]],
      ["totp", ["client_id", "email", "totp_code"]],
    ]) {
      const { sent } = await play(() => new Response("{}"), { request, ...given });
      assert.deepEqual(
        Object.entries(JSON.parse(sent[0].body)),
        names.map((name) => [name, evil]),
      );
    }
  });
});

describe("answers", () => {
  /** As the module takes it: a token, an id, `success`, and the two times. */
  const NOTHING = [false, false, false, 0, 0];

  for (const [body, error, rest] of [
    [{}, 0, NOTHING],
    [{ error: "authorization_pending" }, 1, NOTHING],
    [{ error: "slow_down", interval: 10 }, 2, [false, false, false, 0, 10]],
    [{ error: "access_denied" }, 3, NOTHING],
    [{ error: "expired_token" }, 4, NOTHING],
    [{ error: "invalid_request" }, 5, NOTHING],
    [{ error: "invalid_grant" }, 6, NOTHING],
    [{ error: "Slow_Down" }, 6, NOTHING],
    [{ error: "" }, 0, NOTHING],
    [{ access_token: "a" }, 0, [true, false, false, 0, 0]],
    [{ token: "t", success: true }, 0, [true, false, true, 0, 0]],
    [{ auth_req_id: "r", expires_in: 120, interval: 0.5, message: "ignored" }, 0, [false, true, false, 120, 0.5]],
    [{ access_token: 1, token: {}, error: { code: "x" }, auth_req_id: "", success: "true" }, 0, NOTHING],
    [{ access_token: "", expires_in: "300", interval: null, success: 1 }, 0, NOTHING],
    ...[[1], null, "token", true, 7, [{ token: "t" }]].map((body) => [body, 0, NOTHING]),
  ])
    test(`${JSON.stringify(body)} is read as far as it has the documented types`, async () => {
      const { event } = await play(json(403, body));
      assert.deepEqual(event, [1, 403, error, ...rest]);
    });

  test("the texts stay here: the error, the request's id and the token, each flow's own first", async () => {
    const body = { access_token: "a", token: "t", error: "e", auth_req_id: "r" };
    for (const [request, token] of [
      ["token", "a"],
      ["totp", "t"],
    ]) {
      const { texts } = await play(json(400, body), { request });
      assert.deepEqual(texts, { status: 400, error: "e", auth_req_id: "r", token });
      for (const name of ["access_token", "token"])
        assert.equal((await play(json(200, { [name]: "only" }), { request })).texts.token, "only");
    }
  });

  test("what is no JSON has its status alone", async () => {
    for (const text of ["<html>", "", '{"auth_req', "undefined"]) {
      const { event, texts } = await play(() => new Response(text, { status: 502 }));
      assert.deepEqual([event, texts], [[2, 502], undefined], text);
    }
  });

  test("no answer is late once its time is over or it was cancelled, else the server cannot be reached", async () => {
    const hang = ({ signal }) =>
      new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    const fail = () => {
      throw new TypeError("Failed to fetch");
    };
    const breaks = () => new Response(new ReadableStream({ start: (body) => body.error(new TypeError("broke")) }));
    assert.deepEqual((await play(fail)).event, [4]);
    assert.deepEqual((await play(breaks)).event, [4]);
    assert.deepEqual((await play(hang, { ms: 1 })).event, [3]);
    assert.deepEqual((await play(hang, { signal: AbortSignal.abort() })).event, [3]);
  });
});
