// A relay that keeps tokens: the page gets a handle, and no response to it has a token.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { newBodies, useRelay, watchLog } from "./support/relay-stage.mjs";

const SECRETS = { access_token: "ACCESS-TOKEN", id_token: "ID-TOKEN", refresh_token: "REFRESH-TOKEN", token: "TOKEN" };
const kept = [];
const relay = useRelay({
  keepToken: async (...given) => {
    kept.push(given);
    return `HANDLE-${kept.length}`;
  },
});
const { respond, send } = relay;

test("a token is kept with its session and its email, and the page gets the handle", async () => {
  const email = newBodies().initiate.email;
  const [poll, init] = await relay.initiate({ email });
  kept.length = 0;
  respond(200, { ...SECRETS, token_type: "Bearer", expires_in: 3600, scope: "openid", user: { jwt: "ID-TOKEN" } });
  const { status, text } = await send("token", poll, init);
  assert.equal(status, 200);
  assert.deepEqual(JSON.parse(text), { access_token: "HANDLE-1", expires_in: 3600, scope: "openid" });
  assert.deepEqual(kept, [["ACCESS-TOKEN", { session: { id: init.headers["X-Session"] }, email }]]);
});

test("a token in the response to a push is neither kept nor passed on", async () => {
  kept.length = 0;
  const push = { auth_req_id: "ID", expires_in: 300, interval: 5, message: "Sent" };
  respond(200, { ...push, ...SECRETS });
  const { status, text } = await send("initiate", newBodies().initiate);
  assert.deepEqual([status, JSON.parse(text), kept], [200, push, []]);
});

test("the token of a code is kept likewise", async () => {
  const body = newBodies().totp;
  kept.length = 0;
  respond(200, { success: true, token: "TOKEN", refresh_token: "REFRESH-TOKEN", message: "Welcome" });
  const { status, text } = await send("totp", body, { headers: { "X-Session": "two" } });
  assert.deepEqual([status, JSON.parse(text)], [200, { success: true, access_token: "HANDLE-1" }]);
  assert.deepEqual(kept, [["TOKEN", { session: { id: "two" }, email: body.email }]]);
});

test("a token in a response that is no approval is neither kept nor passed on", async () => {
  kept.length = 0;
  for (const [status, body, expected] of [
    [202, { error: "authorization_pending", ...SECRETS }, { error: "authorization_pending" }],
    [
      400,
      { error: "access_denied", error_description: "no", ...SECRETS },
      { error: "access_denied", error_description: "no" },
    ],
    [400, { error: { code: "expired_token", token: "TOKEN" } }, { error: "expired_token" }],
    [400, { error: { token: "TOKEN" }, message: { token: "TOKEN" } }, {}],
    [500, SECRETS, {}],
    [200, { access_token: "", token: { jwt: "TOKEN" }, success: true }, { success: true }],
    [
      429,
      { error: "Rate limit exceeded", message: "Wait", limit: 100, window: "1m0s" },
      { error: "Rate limit exceeded", message: "Wait", limit: 100, window: "1m0s" },
    ],
  ]) {
    const poll = await relay.initiate();
    for (const request of [
      ["token", ...poll],
      ["totp", newBodies().totp],
    ]) {
      respond(status, body, { "Retry-After": "3" });
      const response = await send(...request);
      assert.deepEqual([response.status, JSON.parse(response.text)], [status, expected], JSON.stringify(body));
      assert.equal(response.headers.get("Retry-After"), "3");
    }
  }
  assert.deepEqual(kept, []);
});

describe("a token that cannot be kept", () => {
  let keep;
  const failing = useRelay({ keepToken: (token) => keep(token) });

  for (const [how, act] of [
    [
      "throws",
      (token) => {
        throw new RangeError(`no room for ${token}`);
      },
    ],
    [
      "rejects",
      async (token) => {
        throw new RangeError(`no room for ${token}`);
      },
    ],
    ["returns no handle", () => undefined],
    ["returns an empty handle", () => ""],
  ])
    test(`because keepToken ${how}, is 500, and in no log and no response`, async (t) => {
      const log = watchLog(t);
      keep = act;
      const poll = await failing.initiate();
      failing.respond(200, SECRETS);
      for (const request of [
        ["token", ...poll],
        ["totp", newBodies().totp],
      ]) {
        const { status, text } = await failing.send(...request);
        assert.deepEqual([status, JSON.parse(text)], [500, { message: "The token could not be kept." }]);
      }
      assert.match(log(), /^relay: the token could not be kept \((RangeError|TypeError)\)$/m);
      assert.doesNotMatch(log(), /TOKEN/);
    });
});
