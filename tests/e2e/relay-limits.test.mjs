// How often the relay lets an email, a session and an address ask, and a push be polled.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, test } from "node:test";
import { createPendingRequests } from "../../docs/examples/ciba-relay/pending-requests.mjs";
import { createRateLimit, networkOf } from "../../docs/examples/ciba-relay/rate-limit.mjs";
import { LIMITS } from "../../docs/examples/ciba-relay.mjs";
import { newBodies, PENDING, useRelay } from "./support/relay-stage.mjs";

const NONE = { limit: Number.POSITIVE_INFINITY, windowSeconds: 60 };

describe("the relay's limits", () => {
  /** The address of a request is its header `x-address`. */
  const addressOf = ({ headers }) => headers["x-address"] ?? "192.0.2.1";
  const relay = useRelay({ addressOf });
  const { respond, send } = relay;

  /** Asserts that a request is limited, and not sent. */
  const assertLimited = async (route, body, init, [whose, limit, minutes]) => {
    const { status, headers, text } = await send(route, body, init);
    assert.equal(status, 429);
    const seconds = Number(headers.get("Retry-After"));
    assert.ok(seconds > minutes * 60 - 30 && seconds <= minutes * 60, `${seconds}`);
    assert.deepEqual(JSON.parse(text), { message: `Too many requests ${whose}: ${limit} in ${minutes} minutes.` });
    assert.deepEqual(relay.received, [], "it is not sent");
  };

  for (const [route, minutes, limits] of [
    ["initiate", 5, { email: 5, session: 10, address: 60 }],
    ["totp", 15, { email: 10, session: 20, address: 120 }],
  ]) {
    test(`${route}: ${limits.email} requests in ${minutes} minutes for an email, however it is written`, async () => {
      respond(400, { error: "user_not_found" });
      const body = newBodies()[route];
      body.email = `\u00e9${body.email}`;
      const spellings = [body.email, ` ${body.email.toUpperCase()} `, body.email.normalize("NFD")];
      for (let sent = 0; sent < limits.email; sent++)
        assert.equal((await send(route, { ...body, email: spellings[sent % 3] })).status, 400);
      assert.equal(relay.received[0].body.email, body.email, "AuthSec gets one spelling");
      await assertLimited(route, body, {}, ["for this email", limits.email, minutes]);
      assert.equal((await send(route, newBodies()[route])).status, 400, "another email is not limited");
    });

    test(`${route}: ${limits.session} requests in ${minutes} minutes of a session, whatever the emails`, async () => {
      respond(400, { error: "user_not_found" });
      const init = { headers: { "X-Session": randomUUID() } };
      for (let sent = 0; sent < limits.session; sent++)
        assert.equal((await send(route, newBodies()[route], init)).status, 400);
      await assertLimited(route, newBodies()[route], init, ["of this session", limits.session, minutes]);
    });

    test(`${route}: ${limits.address} requests in ${minutes} minutes from an address, whatever the sessions`, async () => {
      respond(400, { error: "user_not_found" });
      const victim = newBodies()[route];
      const from = (address) => ({ headers: { "X-Address": address } });
      for (let sent = 0; sent < limits.address; sent++)
        assert.equal((await send(route, newBodies()[route], from(`2001:db8:1:${minutes}::${sent + 1}`))).status, 400);
      const init = from(`2001:db8:1:${minutes}:9::`);
      for (let sent = 0; sent < 20; sent++)
        await assertLimited(route, victim, init, ["from this address", limits.address, minutes]);
      const status = (await send(route, victim, from("192.0.2.2"))).status;
      assert.equal(status, 400, "who is limited by address does not use up the limit of an email");
    });
  }

  test("are those of the export, which an adopter can change", () => {
    assert.deepEqual(
      [LIMITS.initiate, LIMITS.totp].map((of) => [of.email.limit, of.session.limit, of.address.limit]),
      [
        [5, 10, 60],
        [10, 20, 120],
      ],
    );
  });

  test("requests that were rejected do not count", async () => {
    respond(200, {});
    const body = newBodies().initiate;
    const init = { headers: { "X-Session": randomUUID() } };
    for (let sent = 0; sent < 20; sent++) await send("initiate", { ...body, binding_message: "Pay" }, init);
    assert.equal((await send("initiate", body, init)).status, 200);
  });

  test("a push can be polled ten times in five intervals: twice as often as the page does", async () => {
    const [poll, other] = [await relay.initiate(), await relay.initiate()];
    respond(202, PENDING);
    for (let sent = 0; sent < 10; sent++) assert.equal((await send("token", ...poll)).status, 202);
    const { status, headers, text } = await send("token", ...poll);
    assert.deepEqual([status, relay.received], [429, []]);
    assert.deepEqual(JSON.parse(text), { message: "Too many polls of this request: 10 in 25 seconds." });
    const seconds = Number(headers.get("Retry-After"));
    assert.ok(seconds > 10 && seconds <= 25, `${seconds}`);
    assert.equal((await send("token", ...other)).status, 202, "another push is not limited");
  });

  test("an interval that comes as text counts", async () => {
    const poll = await relay.initiate({ interval: "120" });
    respond(202, PENDING);
    for (let sent = 0; sent < 10; sent++) await send("token", ...poll);
    assert.match((await send("token", ...poll)).text, /10 in 10 minutes/);
  });
});

describe("limits of the options", () => {
  const limits = { initiate: { address: NONE, session: NONE, email: { limit: 1, windowSeconds: 60 } } };
  const relay = useRelay({ limits });

  test("replace the usual ones, and leave those of the other route", async () => {
    relay.respond(200, {});
    const body = newBodies().initiate;
    assert.equal((await relay.send("initiate", body)).status, 200);
    assert.match((await relay.send("initiate", body)).text, /1 in 1 minutes/);
    assert.equal((await relay.send("totp", newBodies().totp)).status, 200);
  });
});

describe("a rate limit", () => {
  const setUp = (options) => {
    const clock = { now: 0 };
    const { use } = createRateLimit({ limit: 2, windowSeconds: 10, now: () => clock.now, ...options });
    return { clock, use };
  };

  test("is exact over any window", () => {
    const { clock, use } = setUp();
    const at = (ms) => {
      clock.now = ms;
      return use("ada");
    };
    assert.deepEqual([0, 9000, 9500, 9999].map(at), [0, 0, 1, 1]);
    assert.deepEqual([10_000, 10_001, 18_999, 19_000].map(at), [0, 9, 1, 0]);
  });

  test("does not let keys affect each other, and does not count a rejected use", () => {
    const { clock, use } = setUp();
    assert.deepEqual(["ada", "ada", "ada", "bob"].map(use), [0, 0, 10, 0]);
    clock.now = 10_000;
    assert.equal(use("ada"), 0);
  });

  test("keeps at most 100,000 keys, those that were used last", () => {
    const { use } = setUp();
    for (let number = 0; number < 100_000; number++) use(`${number}`);
    use("0");
    use("one more");
    assert.equal(use("0"), 10, "it was used again");
    assert.deepEqual([use("1"), use("1"), use("1")], [0, 0, 10], "it was forgotten");
  });
});

test("the addresses of one IPv6 network share a limit", () => {
  for (const [address, network] of [
    ["192.0.2.7", "192.0.2.7"],
    ["::ffff:192.0.2.7", "192.0.2.7"],
    ["::1", "0:0:0:0"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
    ["2001:DB8:1:2::", "2001:db8:1:2"],
    ["2001:db8::6", "2001:db8:0:0"],
    ["fe80::1%eth0", "fe80:0:0:0"],
    ["not an address", "not an address"],
  ])
    assert.equal(networkOf(address), network, address);
});

describe("pending requests", () => {
  const OWNER = { session: "one", email: "ada@example.com" };
  const setUp = () => {
    const clock = { now: 0 };
    return { clock, requests: createPendingRequests({ now: () => clock.now }) };
  };

  test("are forgotten half a minute after they expire, so that the provider itself says so", () => {
    const { clock, requests } = setUp();
    requests.add({ auth_req_id: "A", expires_in: "120" }, OWNER);
    requests.add({ auth_req_id: "B" }, OWNER);
    const found = (id, seconds) => {
      clock.now = seconds * 1000;
      return requests.find(id, "one")?.email;
    };
    assert.deepEqual(
      [found("A", 149.9), found("A", 150), found("B", 329.9), found("B", 330)],
      [OWNER.email, undefined, OWNER.email, undefined],
    );
  });

  test("live for at most an hour, whatever the provider says", () => {
    const { clock, requests } = setUp();
    requests.add({ auth_req_id: "A", expires_in: 1e9 }, OWNER);
    clock.now = 3630 * 1000;
    assert.equal(requests.find("A", "one"), undefined);
  });

  test("are at most 100,000, those that were started last", () => {
    const { requests } = setUp();
    for (let number = 0; number <= 100_000; number++) requests.add({ auth_req_id: number }, OWNER);
    assert.deepEqual(
      ["0", "1", "100000"].map((id) => requests.find(id, "one") !== undefined),
      [false, true, true],
    );
  });
});
