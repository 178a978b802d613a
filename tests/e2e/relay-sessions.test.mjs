// Whose requests the relay passes on: those of a session, for its email, and polls of its own pushes.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { describe, test } from "node:test";

import { anonymousSessions } from "../../docs/examples/ciba-relay/anonymous-sessions.mjs";
import { newBodies, PENDING, useRelay } from "./support/relay-stage.mjs";

const relay = useRelay();
const { respond, send } = relay;

const EXPIRED = {
  error: "expired_token",
  error_description: "this session has no such request, or it has expired",
};

test("a request without a session is 401, and not sent", async () => {
  respond(200, {});
  for (const [route, body] of Object.entries(newBodies())) {
    const { status, text } = await send(route, body, { headers: { "X-Session": "" } });
    assert.deepEqual([status, JSON.parse(text)], [401, { message: "The session has ended. Load the page again." }]);
  }
  assert.deepEqual(relay.received, []);
});

for (const route of ["initiate", "totp"])
  test(`${route}: a session with an email can ask for that one alone`, async () => {
    respond(200, {});
    const body = newBodies()[route];
    const other = await send(route, body, { headers: { "X-Email": `other-${body.email}` } });
    assert.deepEqual([other.status, JSON.parse(other.text)], [403, { message: "email is not that of the session." }]);
    assert.deepEqual(relay.received, []);
    assert.equal((await send(route, body, { headers: { "X-Email": body.email.toUpperCase() } })).status, 200);
    assert.equal(relay.received[0].body.email, body.email);
  });

test("a poll is passed on for the session that started the push, and for no other", async () => {
  const [poll, init] = await relay.initiate();
  respond(202, PENDING);
  const stranger = await send("token", poll);
  assert.deepEqual([stranger.status, JSON.parse(stranger.text)], [400, EXPIRED], "as AuthSec says of an unknown ID");
  assert.deepEqual(relay.received, []);
  assert.equal((await send("token", poll, init)).status, 202);
});

test("an auth_req_id that the relay did not get is not sent", async () => {
  respond(200, { access_token: "TOKEN" });
  for (const auth_req_id of [randomUUID(), "__proto__", "constructor"])
    assert.deepEqual(JSON.parse((await send("token", { auth_req_id })).text), EXPIRED);
  assert.deepEqual(relay.received, []);
});

test("a poll is not passed on after the session's user has changed", async () => {
  const session = randomUUID();
  const email = newBodies().initiate.email;
  const of = (name) => ({ headers: { "X-Session": session, "X-Email": name } });
  const [poll] = await relay.initiate({ email, ...of(email) });
  respond(202, PENDING);
  assert.deepEqual(JSON.parse((await send("token", poll, of("other@example.com"))).text), EXPIRED);
  assert.equal((await send("token", poll, of(email))).status, 202);
});

test("a push that was not started cannot be polled", async () => {
  const { auth_req_id } = newBodies().token;
  const init = { headers: { "X-Session": randomUUID() } };
  respond(400, { error: "user_not_found", auth_req_id });
  await send("initiate", newBodies().initiate, init);
  assert.deepEqual(JSON.parse((await send("token", { auth_req_id }, init)).text), EXPIRED);
});

test("an auth_req_id that is a number is polled as its text", async () => {
  const init = { headers: { "X-Session": randomUUID() } };
  respond(200, { auth_req_id: 17 });
  await send("initiate", newBodies().initiate, init);
  respond(202, PENDING);
  assert.equal((await send("token", { auth_req_id: "17" }, init)).status, 202);
});

test("after the token was given out, a push is not polled again", async () => {
  const poll = await relay.initiate();
  respond(200, { access_token: "TOKEN" });
  assert.equal(JSON.parse((await send("token", ...poll)).text).access_token, "TOKEN");
  assert.deepEqual(JSON.parse((await send("token", ...poll)).text), EXPIRED);
});

describe("anonymous sessions", () => {
  /** A request with this cookie, and what its response sets. */
  const visit = (sessions, cookie) => {
    const request = new IncomingMessage(new Socket());
    if (cookie) request.headers.cookie = cookie;
    const response = new ServerResponse(request);
    sessions.start(request, response);
    return { session: sessions.sessionOf(request), set: response.getHeader("Set-Cookie") };
  };

  test("start with a cookie that scripts cannot read and other sites cannot send", () => {
    const { session, set } = visit(anonymousSessions());
    assert.equal(session, undefined, "not yet: the browser has no cookie");
    assert.match(set, /^__Host-visit=[\w-]{22}\.[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Secure$/);
    const onHttp = visit(anonymousSessions({ name: "shop", secure: false }));
    assert.match(onHttp.set, /^shop=[\w-]{22}\.[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
  });

  test("have a random ID, which stays", () => {
    const sessions = anonymousSessions();
    const cookies = [1, 2].map(() => visit(sessions).set.split(";", 1)[0]);
    const visits = cookies.map((cookie) => visit(sessions, `a=b; ${cookie}; c=d`));
    for (const { session, set } of visits) assert.ok(session.id && set === undefined);
    assert.notEqual(visits[0].session.id, visits[1].session.id);
  });

  test("cannot be made up", () => {
    const sessions = anonymousSessions();
    const [value, other] = [1, 2].map(() => visit(sessions).set.split(/[=;]/, 2)[1]);
    const [id, signature] = value.split(".");
    for (const forged of [
      "",
      id,
      `${id}.`,
      `.${signature}`,
      `${id}x.${signature}`,
      `${id}.${signature}x`,
      `${id}.${other.split(".")[1]}`,
      visit(anonymousSessions()).set.split(/[=;]/, 2)[1],
    ]) {
      const { session, set } = visit(sessions, `__Host-visit=${forged}`);
      assert.equal(session, undefined, forged);
      assert.ok(set, "a new one starts");
    }
    assert.equal(visit(sessions, `visit=${value}`).session, undefined, "another host can set this cookie");
  });
});
