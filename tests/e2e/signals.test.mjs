// No dead passkeys: the browser removes a new one whose transaction failed, and no other. docs/contract.md, section A8.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, test } from "node:test";

import { always, result, status } from "./support/faults.mjs";
import { assertFailure, assertSuccess } from "./support/result-table.mjs";
import { useShop } from "./support/setting.mjs";

const { shop, open, openWithUser } = useShop();

const SHORT = { finalizeTimeout: 1000 };

/** How many passkeys the authenticator has. */
const held = async (page) => {
  const { credentials } = await page.authenticator("getCredentials");
  return credentials.length;
};

/** Resolves when the authenticator holds so many. */
const untilHeld = async (page, count) => {
  const end = Date.now() + 10_000;
  while ((await held(page)) !== count) {
    assert.ok(Date.now() < end, `the authenticator still has ${await held(page)} passkeys`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

/** Records what the browser is asked to remove; it does so still. */
const watch = (page) =>
  page.page.evaluate(() => {
    globalThis.signaled = [];
    const signal = PublicKeyCredential.signalUnknownCredential;
    PublicKeyCredential.signalUnknownCredential = function (options) {
      globalThis.signaled.push(options);
      return signal.call(this, options);
    };
  });
const signaled = (page) => page.page.evaluate(() => globalThis.signaled);

/** An enrollment that the cloud refuses, because its challenge is another one. */
const refusedEnrollment = async (more) => {
  const enrollment = await shop.enroll(more);
  enrollment.argument.credentialCreationOptions.challenge = "AQIDBAUGBwgJCgsMDQ4PEA";
  return enrollment;
};

describe("after a registration whose transaction failed", () => {
  test("the passkey is gone", async (t) => {
    const page = await openWithUser(t);
    await watch(page);
    assert.equal(await held(page), 1);
    const { argument } = await refusedEnrollment();
    const outcome = await page.call("register", argument);
    assertFailure(outcome, "register", "02", /^Rejected by the server/);
    assert.equal(outcome.cause, "refused");
    await untilHeld(page, 1);
    assert.equal((await page.authenticator("getCredentials")).credentials[0].userName, page.user.username);
    const [options, ...others] = await signaled(page);
    assert.deepEqual(others, []);
    assert.equal(options.rpId, argument.credentialCreationOptions.rp.id ?? new URL(shop.origin).hostname);
    assert.match(options.credentialId, /^[\w-]+$/);
    assertSuccess(await page.call("authenticate", (await shop.approve(page.user)).argument), "authenticate");
  });

  test("it is gone, too, if only the status says so", async (t) => {
    const page = await open(t);
    const { argument } = await refusedEnrollment({ faults: always(result("http", { status: 503, processed: true })) });
    assertFailure(await page.call("register", argument, SHORT), "register", "02", /\(status endpoint: failed/);
    await untilHeld(page, 0);
  });

  test("without an rp.id it is the page's host name that the browser gets", async (t) => {
    const page = await open(t);
    await watch(page);
    const { argument } = await refusedEnrollment();
    delete argument.credentialCreationOptions.rp.id;
    await page.call("register", argument);
    await untilHeld(page, 0);
    assert.equal((await signaled(page))[0].rpId, new URL(shop.origin).hostname);
  });

  for (const [what, prepare] of /** @type {const} */ ([
    ["lacks the method", () => delete PublicKeyCredential.signalUnknownCredential],
    [
      "throws",
      () => {
        PublicKeyCredential.signalUnknownCredential = () => {
          throw new TypeError("no");
        };
      },
    ],
    [
      "rejects",
      () => {
        PublicKeyCredential.signalUnknownCredential = () => Promise.reject(new TypeError("no"));
      },
    ],
    [
      "never settles",
      () => {
        PublicKeyCredential.signalUnknownCredential = () => new Promise(() => {});
      },
    ],
  ]))
    test(`the result is the same if the browser ${what}`, async (t) => {
      const page = await open(t);
      await page.page.evaluate(prepare);
      const { argument } = await refusedEnrollment();
      assertFailure(await page.call("register", argument), "register", "02", /^Rejected by the server/);
      assert.equal(await held(page), 1);
    });
});

describe("the passkey stays", () => {
  const stays = (what, faults, settings = {}) =>
    test(what, async (t) => {
      const page = await open(t);
      await watch(page);
      const { argument } = await refusedEnrollment({ faults });
      assertFailure(await page.call("register", argument, { ...SHORT, ...settings }), "register", "02");
      assert.deepEqual(await signaled(page), []);
      assert.equal(await held(page), 1);
    });

  const says = (body) => always(status("wrong-shape", { body }));
  stays("while the status is pending", says({ status: "pending" }));
  stays("if the status is unknown", says({ status: "unknown" }));
  stays("if the status cannot be read", always(status("not-json")));
  stays("if the status endpoint cannot be reached", always(status("cut-before")));
  stays("if the outcome is unknown", [...always(result("cut-after")), ...always(status("http", { status: 503 }))]);
  stays("with signals: off", [], { signals: "off" });

  test("if the status says that it succeeded, although the response was a refusal", async (t) => {
    const page = await open(t);
    await watch(page);
    const { argument } = await shop.enroll({
      faults: [result("http", { status: 409, processed: true })],
    });
    assertSuccess(await page.call("register", argument), "register");
    assert.deepEqual(await signaled(page), []);
    assert.equal(await held(page), 1);
  });

  test("after an authentication that was refused, unless the page's function knows the message", async (t) => {
    const page = await openWithUser(t);
    await watch(page);
    const refused = async (source, faults = []) => {
      const { argument } = await shop.approve({ ...page.user, faults });
      argument.credentialRequestOptions.challenge = "AQIDBAUGBwgJCgsMDQ4PEA";
      return page.page.evaluate(
        async ([approval, baseUrl, text]) => {
          // biome-ignore lint/security/noGlobalEval: the function of a page.
          const isUnknownCredential = eval(text);
          return e2e.observe(await e2e.module.authenticate(approval, { baseUrl, isUnknownCredential }));
        },
        [argument, shop.baseUrl, source],
      );
    };
    for (const source of [
      "undefined",
      "() => false",
      "() => 'true'",
      "async () => true",
      "() => { throw new Error('no'); }",
    ]) {
      assertFailure(await refused(source), "authenticate", "02", /^Rejected by the server/);
      assert.deepEqual(await signaled(page), [], source);
    }
    assert.equal(await held(page), 1);
    const knows = "(message) => message.startsWith('Rejected by the server')";
    // The refusal may be of a copy that the browser sent by itself.
    for (const fault of [status("wrong-shape", { body: { status: "pending" } }), status("cut-before")]) {
      assertFailure(await refused(knows, always(fault)), "authenticate", "02", /^Rejected by the server/);
      assert.deepEqual(await signaled(page), []);
    }
    assertFailure(await refused(knows), "authenticate", "02");
    await untilHeld(page, 0);
  });
});

describe("with a server of the page's own and no status", () => {
  const register = (page, reply) =>
    page.page.evaluate(
      async ([argument, answer]) => e2e.observe(await e2e.module.register(argument, { finalize: async () => answer })),
      [page.enrollment, reply],
    );

  for (const [reply, count] of /** @type {const} */ ([
    [{ errorMessage: "no", discardPasskey: true }, 0],
    [{ errorMessage: "no" }, 1],
    [{ errorMessage: "no", discardPasskey: "true" }, 1],
    [{ token: "T", discardPasskey: true }, 1],
    [{ discardPasskey: true }, 1],
    [{ status: "failed", discardPasskey: true }, 1],
  ]))
    test(`${JSON.stringify(reply)} leaves ${count}`, async (t) => {
      const page = await open(t);
      await watch(page);
      page.enrollment = (await shop.enroll()).argument;
      await register(page, reply);
      assert.equal((await signaled(page)).length, 1 - count);
      await untilHeld(page, count);
    });

  test("what was added to Object.prototype removes no passkey", async (t) => {
    const page = await open(t);
    page.enrollment = (await shop.enroll()).argument;
    await page.page.evaluate(() => {
      Object.defineProperty(Object.prototype, "discardPasskey", { value: true });
    });
    await watch(page);
    await register(page, { errorMessage: "no" });
    assert.deepEqual(await signaled(page), []);
    assert.equal(await held(page), 1);
  });

  test("a wrapper that returns another passkey than the new one has none removed", async (t) => {
    const page = await openWithUser(t);
    const [{ credentialId }] = (await page.authenticator("getCredentials")).credentials;
    page.enrollment = (await shop.enroll()).argument;
    await page.page.evaluate((id) => {
      const create = navigator.credentials.create.bind(navigator.credentials);
      navigator.credentials.create = async (options) => {
        const { response } = await create(options);
        return { rawId: Uint8Array.from(atob(id), (character) => character.charCodeAt(0)).buffer, response };
      };
    }, credentialId);
    await watch(page);
    await register(page, { errorMessage: "no", discardPasskey: true });
    assert.deepEqual(await signaled(page), []);
    assert.equal(await held(page), 2);
  });

  test("an approval that it refused is signaled by the page's word", async (t) => {
    const page = await openWithUser(t);
    const { argument } = await shop.approve(page.user);
    await page.page.evaluate(
      (approval) =>
        e2e.module.authenticate(approval, {
          finalize: async () => ({ errorMessage: "unknown credential" }),
          isUnknownCredential: (message) => message.endsWith("unknown credential"),
        }),
      argument,
    );
    await untilHeld(page, 0);
  });

  test("the setting status decides instead, if there is one", async (t) => {
    const page = await open(t);
    const { argument } = await shop.enroll();
    const run = (said) =>
      page.page.evaluate(
        async ([enrollment, answer]) =>
          e2e.module.register(enrollment, {
            finalize: async () => ({ errorMessage: "no", discardPasskey: true }),
            status: async () => answer,
          }),
        [argument, said],
      );
    await watch(page);
    await run({ status: "pending" });
    assert.deepEqual(await signaled(page), []);
    assert.equal(await held(page), 1);
    // It takes the place of the first, which has the same user.
    await run({ status: "failed" });
    await untilHeld(page, 0);
  });
});

describe("webauthn-result/passkeys", () => {
  /** Calls a function of the entry in the page. */
  const call = (page, name, argument) =>
    page.page.evaluate(async ([called, given]) => (await import("/pkg/passkeys.js"))[called](given), [name, argument]);

  const openWithPasskeys = async (t) => {
    const page = await openWithUser(t);
    const { argument } = await shop.enroll({
      username: page.user.username,
      options: { authenticatorSelection: { residentKey: "required" } },
    });
    const [{ credentialId }] = (await page.authenticator("getCredentials")).credentials;
    return {
      page,
      rpId: argument.credentialCreationOptions.rp.id ?? new URL(shop.origin).hostname,
      userId: argument.credentialCreationOptions.user.id,
      id: Buffer.from(credentialId, "base64").toString("base64url"),
    };
  };

  test("syncPasskeys removes what is not in the list, and keeps what is", async (t) => {
    const { page, rpId, userId, id } = await openWithPasskeys(t);
    assert.deepEqual(await call(page, "syncPasskeys", { rpId, userId, ids: [`${id}==`, "AQIDBAUGBwgJCgsMDQ4PEA"] }), {
      success: true,
    });
    assert.equal(await held(page), 1);
    assert.deepEqual(await call(page, "syncPasskeys", { rpId, userId, ids: ["AQIDBAUGBwgJCgsMDQ4PEA"] }), {
      success: true,
    });
    await untilHeld(page, 0);
  });

  test("renameUser changes the names beside the passkey", async (t) => {
    const { page, rpId, userId } = await openWithPasskeys(t);
    const name = `user-${randomUUID()}`;
    assert.deepEqual(await call(page, "renameUser", { rpId, userId, name, displayName: "Zoë" }), { success: true });
    const end = Date.now() + 10_000;
    let credential;
    do [credential] = (await page.authenticator("getCredentials")).credentials;
    while (credential.userName !== name && Date.now() < end);
    assert.equal(credential.userName, name);
    assert.equal(credential.userDisplayName, "Zoë");
  });

  const CREDENTIAL_ID = " must be a credential ID: a base64url string of at least 16 bytes";

  test("nothing is sent with an invalid argument, and an absent list is not an empty one", async (t) => {
    const { page, rpId, userId, id } = await openWithPasskeys(t);
    for (const [argument, message] of /** @type {const} */ ([
      [{ rpId, userId }, "TypeError: ids must be an array"],
      [{ rpId, userId, ids: [id, 7] }, `TypeError: ids[1]${CREDENTIAL_ID}`],
      [{ rpId, userId, ids: ["+/=="] }, `TypeError: ids[0]${CREDENTIAL_ID}`],
      // Keys of a database.
      [{ rpId, userId, ids: ["17", "18"] }, `TypeError: ids[0]${CREDENTIAL_ID}`],
      [{ rpId, userId, ids: new Array(1).fill(null) }, `TypeError: ids[0]${CREDENTIAL_ID}`],
      [{ rpId: "", userId, ids: [] }, "TypeError: rpId must be a non-empty string"],
      [{ rpId, ids: [] }, "TypeError: userId must be a base64url string"],
    ]))
      assert.deepEqual(await call(page, "syncPasskeys", argument), { success: false, message });
    assert.match((await call(page, "syncPasskeys", undefined)).message, /^TypeError: /);
    assert.equal(await held(page), 1);
  });

  test("without the API nothing changes, and the message says so", async (t) => {
    const { page, rpId, userId } = await openWithPasskeys(t);
    await page.page.evaluate(() => {
      for (const name of ["signalAllAcceptedCredentials", "signalCurrentUserDetails"]) delete PublicKeyCredential[name];
    });
    const message = "This browser does not support the WebAuthn Signal API";
    const user = { rpId, userId, name: "ada", displayName: "Ada" };
    assert.deepEqual(await call(page, "syncPasskeys", { rpId, userId, ids: [] }), { success: false, message });
    assert.deepEqual(await call(page, "renameUser", user), { success: false, message });
    assert.equal(await held(page), 1);
  });
});
