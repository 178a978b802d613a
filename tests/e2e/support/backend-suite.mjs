// What a page gets from the backend of the examples, whichever program it is: docs/server-side.md.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { request as httpRequest } from "node:http";
import { after, before, describe, test } from "node:test";

import { openVisit, startStage } from "./backend-stage.mjs";
import { launchBrowser } from "./browser.mjs";
import { TOKEN } from "./cloud.mjs";

const newName = () => `user-${randomUUID()}`;

/**
 * Tests a backend.
 *
 * @param {object} backend
 * @param {string} backend.name
 * @param {import("./backend-stage.mjs").StartBackend} backend.startBackend starts its program with these environment variables
 * @param {(env: Record<string, string>) => { status: number, stdout: string, stderr: string }} backend.runBackend the same, until it
 *   ends
 */
export const testBackend = ({ name, startBackend, runBackend }) =>
  describe(name, { timeout: 300_000 }, () => {
    let browser, stage;
    before(async () => {
      browser = await launchBrowser();
      stage = await startStage(startBackend);
    });
    after(async () => {
      await browser?.close();
      if (!stage) return;
      await stage.stop();
      assert.doesNotMatch(stage.log(), TOKEN, "the backend logged a token");
      assert.ok(!stage.log().includes(stage.cloud.accessKey), "the backend logged the access key");
    });

    const visit = (t) => openVisit(t, browser, stage);

    /** Starts another backend, for this test. */
    const startOther = async (t, env) => {
      const other = await startStage(startBackend, env);
      t.after(() => other.stop());
      return other;
    };

    /** A visitor who is signed in under a new name. */
    const signUp = async (t, place = stage) => {
      const visitor = await openVisit(t, browser, place);
      const tab = await visitor.openTab();
      const username = newName();
      const transaction = await tab.register(username);
      assert.deepEqual(await tab.verify(transaction), {
        status: 200,
        retryAfter: null,
        body: { active: true, status: "succeeded", username },
      });
      return { ...visitor, tab, username, transaction };
    };

    /** Sends a request that need not be a browser's. Resolves to its status, headers and body. */
    const send = (/** @type {any} */ { path = "/api/approve", method = "POST", headers = {}, body = "{}" } = {}) =>
      new Promise((resolve, reject) => {
        const given = { Host: new URL(stage.address).host, Origin: stage.origin, "Content-Type": "application/json" };
        const merged = Object.fromEntries(
          Object.entries({ ...given, ...headers }).filter(([, value]) => value !== undefined),
        );
        const { port } = new URL(stage.address);
        const request = httpRequest(
          { host: "127.0.0.1", port, method, path, headers: merged, setHost: false },
          (response) => {
            let text = "";
            response.setEncoding("utf8").on("data", (chunk) => (text += chunk));
            response.on("end", () =>
              resolve({ status: response.statusCode, headers: response.headers, body: JSON.parse(text) }),
            );
          },
        );
        request.on("error", reject);
        request.end(body);
      });

    const assertError = ({ status, body }, expected, code) => {
      assert.deepEqual([status, body.error], [expected, code], JSON.stringify(body));
      assert.deepEqual(Object.keys(body), ["error", "message"]);
      assert.match(body.message, /^\w.*\w/);
    };

    describe("verifies", () => {
      test("a registration and an approval, and says so again without signing in again", async (t) => {
        const { tab, cookie, username, transaction } = await signUp(t);
        const verified = { active: true, status: "succeeded", username };
        const first = (await cookie("session")).value;
        assert.deepEqual((await tab.verify(transaction)).body, verified);
        assert.equal((await cookie("session")).value, first, "the same session");
        const approval = await tab.approve(username);
        assert.deepEqual((await tab.verify(approval)).body, verified);
        const second = (await cookie("session")).value;
        assert.notEqual(second, first);
        for (const repeated of [approval, transaction]) {
          assert.deepEqual((await tab.verify(repeated)).body, verified);
          assert.equal((await cookie("session")).value, second, "a session that has ended stays ended");
        }
      });

      test("again, with the session, if the page lost the response", async (t) => {
        const { context, tab, cookie, username } = await signUp(t);
        const approval = await tab.approve(username);
        await tab.page.route("**/api/introspect", async (route) => {
          await route.fetch();
          await route.abort();
        });
        await assert.rejects(tab.verify(approval), /TypeError/);
        await tab.page.unroute("**/api/introspect");
        // The cookie was lost with the response.
        await context.clearCookies({ name: "session" });
        assert.deepEqual((await tab.verify(approval)).body, { active: true, status: "succeeded", username });
        assert.ok(await cookie("session"));
        assert.equal((await tab.post("/api/enroll", {})).status, 200, "signed in");
      });

      test("with one sign-in, however many requests come at the same time", async (t) => {
        const { tab, cookie, username } = await signUp(t);
        const before = (await cookie("session")).value;
        const approval = await tab.approve(username);
        const cookies = [];
        tab.page.on("response", (response) => cookies.push(response.headerValue("Set-Cookie")));
        const responses = await Promise.all(Array.from({ length: 5 }, () => tab.verify(approval)));
        for (const { body } of responses) assert.deepEqual(body, { active: true, status: "succeeded", username });
        const { value } = await cookie("session");
        assert.notEqual(value, before);
        const sessions = (await Promise.all(cookies)).map((text) => /session=([^;]+)/.exec(text ?? "")?.[1]);
        assert.deepEqual([...new Set(sessions.filter(Boolean))], [value]);
      });

      test("nothing again with another token, or for another visitor", async (t) => {
        const { tab, username, transaction } = await signUp(t);
        const approval = await tab.approve(username);
        assert.equal((await tab.verify(approval)).body.active, true);
        const { statusToken } = approval;
        assertError(await tab.verify({ statusToken, token: transaction.token }), 409, "already_verified");
        assert.deepEqual((await tab.verify({ statusToken, token: `${approval.token}x` })).body, {
          active: false,
          status: "succeeded",
        });
        const stranger = await (await visit(t)).openTab();
        assertError(await stranger.verify(approval), 404, "unknown_transaction");
      });

      test("only what was approved, with a genuine token", async (t) => {
        const { tab, username } = await signUp(t);
        const approval = await tab.approve(username);
        const { body: pending } = await tab.post("/api/approve", { username });
        for (const [what, statusToken, token, status] of [
          ["the token of another transaction", pending.statusToken, approval.token, "pending"],
          ["a status token", pending.statusToken, pending.statusToken, "pending"],
          ["a status token of an approved one", approval.statusToken, approval.statusToken, "succeeded"],
          ["a forged token", approval.statusToken, `${approval.token}x`, "succeeded"],
        ])
          assert.deepEqual((await tab.verify({ statusToken, token })).body, { active: false, status }, what);
        assert.equal((await tab.verify(approval)).body.active, true, "none of these used it up");
      });

      test("both of two tabs of the same visitor", async (t) => {
        const visitor = await visit(t);
        const [first, second] = [await visitor.openTab(), await visitor.openTab()];
        const names = [newName(), newName()];
        const registrations = [await first.register(names[0]), await second.register(names[1])];
        for (const [index, tab] of [first, second].entries())
          assert.equal((await tab.verify(registrations[index])).body.username, names[index]);
        const approvals = [await first.approve(names[0]), await second.approve(names[1])];
        const verified = await Promise.all([second.verify(approvals[1]), first.verify(approvals[0])]);
        assert.deepEqual(
          verified.map(({ body }) => body.username),
          [names[1], names[0]],
        );
      });

      for (const [what, failure] of [
        ["introspection is 503 once", { path: "/api/v1/introspect", status: 503, headers: { "Retry-After": "7" } }],
        ["introspection has no response once", { path: "/api/v1/introspect", cut: true }],
        ["introspection is no JSON once", { path: "/api/v1/introspect", status: 429 }],
        ["the status is 503 once", { path: "/api/v1/status", status: 503 }],
      ])
        test(`an approved transaction although ${what}`, async (t) => {
          const { tab, username } = await signUp(t);
          const approval = await tab.approve(username);
          stage.proxy.failures.push(failure);
          const failed = await tab.verify(approval);
          assertError(failed, 503, "cloud_unavailable");
          assert.equal(failed.retryAfter, failure.headers?.["Retry-After"] ?? "1");
          assert.deepEqual(stage.proxy.failures, []);
          assert.deepEqual((await tab.verify(approval)).body, { active: true, status: "succeeded", username });
        });

      test("nothing of another visitor", async (t) => {
        const { tab, username } = await signUp(t);
        const approval = await tab.approve(username);
        const stranger = await (await visit(t)).openTab();
        assertError(await stranger.verify(approval), 404, "unknown_transaction");
        await stranger.post("/api/approve", { username });
        assertError(await stranger.verify(approval), 404, "unknown_transaction");
        assert.equal((await tab.verify(approval)).body.active, true);
      });
    });

    describe("passes on the status", () => {
      const faults = [{ at: "result", kind: "http", status: 503, processed: true }];

      test("so that a page recovers an approval whose response was lost, without asking the cloud", async (t) => {
        const { tab, username } = await signUp(t);
        const { body } = await tab.post("/api/approve", { username });
        await stage.cloud.ask("/_local/faults", { transactionId: body.transactionId, faults });
        const { success, token } = await tab.run("authenticate", body);
        assert.equal(success, true);
        assert.ok(tab.queries.includes(`${stage.origin}/api/status`));
        assert.ok(!tab.queries.includes(`${stage.cloud.baseUrl}/api/v1/status`));
        assert.equal((await tab.verify({ statusToken: body.statusToken, token })).body.active, true);
      });

      test("as the cloud says it, before and after the approval", async (t) => {
        const { tab, username } = await signUp(t);
        const { body: pending } = await tab.post("/api/approve", { username });
        const approval = await tab.approve(username);
        for (const statusToken of [pending.statusToken, approval.statusToken]) {
          const { status, body } = await tab.post("/api/status", { statusToken });
          assert.deepEqual([status, body], [200, await stage.cloud.ask("/api/v1/status", { statusToken })]);
        }
        stage.proxy.failures.push({ path: "/api/v1/status", cut: true });
        assertError(await tab.post("/api/status", approval), 503, "cloud_unavailable");
      });

      test("of this visitor's transactions only, and asks the cloud of no other", async (t) => {
        const { tab, username } = await signUp(t);
        const approval = await tab.approve(username);
        const stranger = await (await visit(t)).openTab();
        const { length } = stage.proxy.asked;
        for (const statusToken of [approval.statusToken, "x"])
          assertError(await stranger.post("/api/status", { statusToken }), 404, "unknown_transaction");
        assert.equal(stage.proxy.asked.length, length);
      });
    });

    describe("lets enroll", () => {
      test("nobody under the name of somebody else", async (t) => {
        const { username } = await signUp(t);
        const stranger = await (await visit(t)).openTab();
        for (const spelling of [username, username.toUpperCase()])
          assertError(await stranger.post("/api/enroll", { username: spelling }), 409, "name_taken");
        const other = await signUp(t);
        assertError(await other.tab.post("/api/enroll", { username }), 409, "name_taken");
        assertError(await other.tab.verify({ statusToken: "x", token: "x" }), 404, "unknown_transaction");
      });

      test("nobody under the name of a user whom the backend has forgotten, or never knew", async (t) => {
        const [owner, stranger] = [await (await visit(t)).openTab(), await (await visit(t)).openTab()];
        const username = newName();
        const user = { username, displayName: "A customer", channel: "fido2" };
        const { enrollment } = await stage.cloud.ask("/api/v1/users/enroll", user);
        assert.equal((await owner.run("register", enrollment)).success, true);
        for (const tab of [stranger, owner])
          assertError(await tab.post("/api/enroll", { username }), 409, "name_taken");
        assert.equal((await owner.verify(await owner.approve(username))).body.username, username);
        assert.equal((await owner.post("/api/enroll", { username })).status, 200, "once signed in");
      });

      test("one visitor under a new name, also before anybody has finished", async (t) => {
        const username = newName();
        const [first, second] = [await (await visit(t)).openTab(), await (await visit(t)).openTab()];
        assert.equal((await first.post("/api/enroll", { username })).status, 200);
        assertError(await second.post("/api/enroll", { username }), 409, "name_taken");
        assert.equal((await first.verify(await first.register(username))).body.username, username, "a second attempt");
      });

      test("the user who is signed in, with a further passkey", async (t) => {
        const { tab, username, openTab } = await signUp(t);
        assertError(await tab.post("/api/approve", { username: newName() }), 404, "unknown_user");
        const { body } = await tab.post("/api/enroll", { username });
        assert.equal(body.authenticators.length, 1);
        // Each tab has an authenticator of its own. The second one leaves the name to the session.
        for (const given of [username, undefined]) {
          const other = await openTab();
          assert.equal((await other.verify(await other.register(given))).body.username, username);
        }
      });
    });

    describe("sessions", () => {
      test("get a new ID at each sign-in, and none that the browser had before", async (t) => {
        const { context, cookie, tab, username } = await signUp(t);
        const { value, httpOnly, sameSite, secure } = await cookie("session");
        assert.deepEqual([httpOnly, sameSite, secure], [true, "Strict", false]);
        assert.equal((await tab.verify(await tab.approve(username))).body.active, true);
        const renewed = (await cookie("session")).value;
        assert.notEqual(renewed, value);
        // Somebody else's, who has planted it or has seen it.
        await context.addCookies([{ name: "session", value, url: stage.origin }]);
        assertError(await tab.post("/api/enroll", { username }), 409, "name_taken");
        await tab.verify(await tab.approve(username));
        assert.notEqual((await cookie("session")).value, value);
      });

      test("expire", async (t) => {
        const place = await startOther(t, { SESSION_SECONDS: "2" });
        const { tab, username, cookie } = await signUp(t, place);
        assert.equal((await tab.post("/api/enroll", { username })).status, 200);
        const { name, value } = await cookie("session");
        await new Promise((resolve) => setTimeout(resolve, 2100));
        assert.equal(await cookie("session"), undefined);
        // Nor on the server.
        const request = { username };
        const { body } = await tab.page
          .context()
          .request.post(`${place.origin}/api/enroll`, {
            data: request,
            headers: { Origin: place.origin, Cookie: `${name}=${value}` },
          })
          .then(async (response) => ({ body: await response.json() }));
        assert.equal(body.error, "name_taken");
      });

      test("are secure on https, and of this host only", async (t) => {
        const place = await startOther(t, { ORIGIN: "https://shop.example" });
        const { headers } = await fetch(`${place.address}/api/approve`, {
          method: "POST",
          headers: { Origin: "https://shop.example", "Content-Type": "application/json" },
          body: "{}",
        });
        assert.match(
          headers.get("Set-Cookie"),
          /^__Host-visit=[^;]+; (?=.*HttpOnly)(?=.*SameSite=Strict)(?=.*Path=\/(?:;|$)).*Secure/,
        );
      });
    });

    describe("rejects", () => {
      for (const [what, request, status, code] of [
        ["another Host", { headers: { Host: "evil.example" } }, 421, "unknown_host"],
        ["another path", { path: "/api/other" }, 404, "no_such_route"],
        ["another spelling of a path", { path: "/api/approve?x" }, 404, "no_such_route"],
        ["GET", { method: "GET", body: "" }, 405, "method_not_allowed"],
        ["a page of another origin", { headers: { Origin: "https://evil.example" } }, 403, "not_own_page"],
        ["a request without an Origin", { headers: { Origin: undefined } }, 403, "not_own_page"],
        ["a form", { headers: { "Content-Type": "application/x-www-form-urlencoded" } }, 415, "unsupported_media_type"],
        ["a text", { headers: { "Content-Type": "text/plain" } }, 415, "unsupported_media_type"],
        ["what is no JSON", { body: "{" }, 400, "invalid_request"],
        ["an array", { body: "[]" }, 400, "invalid_request"],
        ["a body that is too long", { body: `{"username":"${"a".repeat(20_000)}"}` }, 413, "body_too_large"],
        ["a username with other characters", { body: '{"username":"a b"}' }, 400, "invalid_username"],
        ["a username that is too long", { body: `{"username":"${"a".repeat(65)}"}` }, 400, "invalid_username"],
        ["an empty username", { body: '{"username":""}' }, 400, "invalid_username"],
        ["a username that is not a string", { body: '{"username":{}}' }, 400, "invalid_username"],
        ["a registration without a name", { path: "/api/enroll" }, 400, "invalid_username"],
        [
          "a verification without a token",
          { path: "/api/introspect", body: '{"statusToken":"x"}' },
          400,
          "invalid_request",
        ],
        ["a status query without a status token", { path: "/api/status" }, 400, "invalid_request"],
      ])
        test(`${what}: ${status} ${code}`, async () => {
          const { length } = stage.proxy.asked;
          const response = await send(request);
          assertError(response, status, code);
          assert.equal(response.headers["cache-control"], "no-store");
          assert.equal(stage.proxy.asked.length, length, "the cloud was not asked");
        });

      test("another Origin, and logs it beside the one that it expects", async () => {
        await send({ headers: { Origin: "http://localhost:3000" } });
        await send({ headers: { Origin: undefined } });
        await send({ headers: { Origin: `http://${"a".repeat(5000)}` } });
        const expected = JSON.stringify(stage.origin);
        const logged = stage.log();
        assert.ok(logged.includes(`backend: not_own_page: the Origin is "http://localhost:3000", not ${expected}\n`));
        assert.ok(logged.includes(`backend: not_own_page: the Origin is missing, not ${expected}\n`));
        assert.ok(!logged.includes("a".repeat(201)));
      });

      test("a body of 400 MB, without reading it", async () => {
        const { port } = new URL(stage.address);
        const chunk = Buffer.alloc(1 << 20, "a");
        let sent = 0;
        const outcome = await new Promise((resolve) => {
          const request = httpRequest(
            {
              host: "127.0.0.1",
              port,
              method: "POST",
              path: "/api/enroll",
              headers: { Origin: stage.origin, "Content-Type": "application/json" },
            },
            (response) => {
              response.resume();
              resolve(response.statusCode);
            },
          );
          request.on("error", () => resolve("cut"));
          const write = () => {
            while (sent < 400) {
              sent++;
              if (!request.write(chunk)) return request.once("drain", write);
            }
            request.end();
          };
          write();
        });
        assert.ok(outcome === 413 || outcome === "cut", String(outcome));
        assert.ok(sent < 40, `${sent} MB were taken`);
      });

      test("the 21st registration of a visitor in five minutes, and says when to ask again", async (t) => {
        const place = await startOther(t);
        const tab = await (await openVisit(t, browser, place)).openTab();
        for (let count = 0; count < 20; count++)
          assert.equal((await tab.post("/api/enroll", { username: newName() })).status, 200);
        const refused = await tab.post("/api/enroll", { username: newName() });
        assertError(refused, 429, "too_many_requests");
        assert.ok(Number(refused.retryAfter) > 200 && Number(refused.retryAfter) <= 300, refused.retryAfter);
      });
    });

    test("a wrong access key is the backend's fault, which its log explains", async (t) => {
      const place = await startOther(t, { ACCESS_KEY: "wrong" });
      const tab = await (await openVisit(t, browser, place)).openTab();
      assertError(await tab.post("/api/approve", {}), 502, "cloud_refused");
      assert.match(place.log(), /^backend: \/api\/v1\/approval: the cloud responded with HTTP 403$/m);
    });

    test("a wrong environment ends it with a sentence for each variable", () => {
      const none = { CLOUD_URL: "", ACCESS_KEY: "", ORIGIN: "", PORT: "", SESSION_SECONDS: "" };
      const lines = (env) => {
        const { status, stdout, stderr } = runBackend(env);
        assert.deepEqual([status, stdout], [1, ""]);
        return stderr.trimEnd().split("\n");
      };
      assert.deepEqual(lines(none), [
        "CLOUD_URL is not set. Set it to the address of your Authentication Cloud, such as https://INSTANCE.mauth.nevis.cloud.",
        "ACCESS_KEY is not set. Set it to the access key of your Authentication Cloud.",
        "ORIGIN is not set. Set it to the origin of your page, such as http://localhost:5173.",
      ]);
      assert.deepEqual(
        lines({
          CLOUD_URL: "http://cloud.example",
          ACCESS_KEY: "two words",
          ORIGIN: "http://localhost:80",
          PORT: "65536",
          SESSION_SECONDS: "0",
        }),
        [
          "CLOUD_URL must be an https address, or an http address of this machine.",
          "ACCESS_KEY must have no white space and only ASCII characters.",
          "ORIGIN must be an origin as browsers write it, such as https://shop.example.",
          "PORT must be a number from 0 to 65535.",
          "SESSION_SECONDS must be a number from 1 to 31536000.",
        ],
      );
    });

    test("a port that is taken ends it with a sentence", () => {
      const { port } = new URL(stage.address);
      const { status, stdout, stderr } = runBackend({ ...stage.settings, PORT: port });
      assert.deepEqual(
        [status, stdout, stderr],
        [1, "", `Cannot listen on 127.0.0.1:${port}: another program uses this port. Set PORT to another one.\n`],
      );
    });
  });
