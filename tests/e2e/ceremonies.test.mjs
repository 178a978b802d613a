// Both ceremonies against the local cloud: what is sent, and that introspection confirms the token.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { assertFailure, assertSuccess } from "./support/result-table.mjs";
import { useShop } from "./support/setting.mjs";

const { shop, open, borrow } = useShop();

/** base64url of the UTF-8 bytes. */
const handleOf = (userId) => Buffer.from(userId).toString("base64url");

const assertConfirmed = async (outcome, name, { userId }) => {
  assertSuccess(outcome, name);
  assert.deepEqual(outcome.stages, ["prompting", "finalizing"]);
  const claims = await shop.introspect(outcome.result.token);
  assert.equal(claims.active, true);
  assert.equal(claims.sub, userId);
};

describe("a passkey is created, then approves, and introspection confirms both tokens", () => {
  const authenticators = {
    "discoverable, on the device": { discoverable: true },
    "not discoverable, on the device": { discoverable: false },
    "not discoverable, on an authenticator that can keep none": {
      discoverable: false,
      authenticator: { hasResidentKey: false },
    },
    "on a security key": { discoverable: true, authenticator: { transport: "usb" } },
    "on a security key of the U2F generation": {
      discoverable: false,
      authenticator: {
        protocol: "u2f",
        ctap2Version: undefined,
        transport: "usb",
        hasResidentKey: false,
        hasUserVerification: false,
        isUserVerified: false,
      },
    },
  };
  for (const [title, { discoverable, authenticator }] of Object.entries(authenticators))
    test(title, async (t) => {
      const page = await open(t, { authenticator });
      const { user, argument } = await shop.enroll({
        options: { authenticatorSelection: { residentKey: discoverable ? "required" : "discouraged" } },
      });
      await assertConfirmed(await page.call("register", argument), "register", user);

      const approval = await shop.approve(user);
      assert.equal(approval.argument.userId, user.userId);
      await assertConfirmed(await page.call("authenticate", approval.argument), "authenticate", user);

      const [{ body }] = page.finalizations("authenticate", approval.argument);
      assert.equal(body.response.userHandle, handleOf(user.userId));
    });

  for (const [title, alg] of Object.entries({ EdDSA: -8, ES256: -7, RS256: -257 }))
    test(`signed with ${title}`, async (t) => {
      const page = await borrow(t);
      const { user, argument } = await shop.enroll();
      argument.credentialCreationOptions.pubKeyCredParams = [{ type: "public-key", alg }];
      await assertConfirmed(await page.call("register", argument), "register", user);
      const approval = await shop.approve(user);
      await assertConfirmed(await page.call("authenticate", approval.argument), "authenticate", user);
    });

  for (const attestation of ["none", "indirect", "direct"])
    test(`with attestation ${attestation}`, async (t) => {
      const page = await borrow(t);
      const { user, argument } = await shop.enroll({ options: { attestation } });
      await assertConfirmed(await page.call("register", argument), "register", user);
    });
});

describe("the cloud receives what docs/contract.md, section A4 says", () => {
  const assertHeaders = async (request) => {
    const headers = await request.headers();
    assert.equal(headers["content-type"], "application/json;charset=utf-8");
    assert.equal(headers.accept, "application/json");
    for (const secret of ["cookie", "authorization", "referer"]) assert.ok(!(secret in headers), secret);
  };

  test("an assertion", async (t) => {
    const page = await open(t);
    const user = await page.newUser();
    await page.context.addCookies([{ name: "session", value: "1", domain: "localhost", path: "/" }]);
    const { argument } = await shop.approve(user);
    assertSuccess(await page.call("authenticate", argument), "authenticate");

    const [request, ...more] = page.finalizations("authenticate", argument);
    assert.deepEqual(more, []);
    await assertHeaders(request);
    const { body } = request;
    assert.deepEqual(Object.keys(body), ["type", "id", "response", "statusToken", "userAgent"]);
    assert.equal(body.type, "public-key");
    assert.equal(body.id, argument.credentialRequestOptions.allowCredentials[0].id);
    assert.equal(body.statusToken, argument.statusToken);
    assert.equal(body.userAgent, await page.page.evaluate(() => navigator.userAgent));
    assert.deepEqual(Object.keys(body.response).sort(), [
      "authenticatorData",
      "clientDataJSON",
      "signature",
      "userHandle",
    ]);
    for (const text of Object.values(body.response)) assert.match(text, /^[\w-]+$/);
    const clientData = JSON.parse(Buffer.from(body.response.clientDataJSON, "base64url"));
    assert.equal(clientData.challenge, argument.credentialRequestOptions.challenge);
    assert.equal(clientData.origin, shop.origin);
    assert.deepEqual(page.statusRequests(argument), []);
  });

  test("an attestation, with the name of the passkey", async (t) => {
    const page = await open(t);
    const authenticatorName = 'Zoë’s "phone" \\ \u{1F511}\n2';
    const { user, argument } = await shop.enroll({ authenticatorName });
    assertSuccess(await page.call("register", argument), "register");

    const [request, ...more] = page.finalizations("register", argument);
    assert.deepEqual(more, []);
    await assertHeaders(request);
    const { body } = request;
    assert.deepEqual(Object.keys(body).sort(), [
      "id",
      "response",
      "statusToken",
      "type",
      "userAgent",
      "userFriendlyName",
    ]);
    assert.deepEqual(Object.keys(body.response).sort(), ["attestationObject", "clientDataJSON"]);
    assert.equal(body.userFriendlyName, authenticatorName);

    const [authenticator] = (await shop.enroll(user)).user.authenticators;
    assert.ok(JSON.stringify(authenticator).includes(JSON.stringify(authenticatorName)));
  });
});

describe("the user of a passkey", () => {
  test("the authenticator's user handle takes precedence over userId", async (t) => {
    const page = await open(t);
    const user = await page.newUser({ discoverable: true });
    const { argument } = await shop.approve(user);
    const outcome = await page.call("authenticate", { ...argument, userId: "somebody-else" });
    await assertConfirmed(outcome, "authenticate", user);
  });

  test("without a user handle, userId is sent as base64url of its UTF-8 bytes", async (t) => {
    const page = await borrow(t);
    const user = await page.newUser({ discoverable: false });
    const { argument } = await shop.approve(user);
    const userId = "Zoë-\u{1F511}";
    const outcome = await page.call("authenticate", { ...argument, userId });
    assertFailure(outcome, "authenticate", "02", /userHandle/);
    const [{ body }] = page.finalizations("authenticate", argument);
    assert.equal(body.response.userHandle, handleOf(userId));
  });

  for (const [title, settings] of Object.entries({
    "usernameless sign-in": { usernameless: true },
    autofill: { mediation: "conditional" },
  })) {
    test(`${title} needs no userId: the passkey identifies the user`, async (t) => {
      const page = await open(t);
      const user = await page.newUser({ discoverable: true });
      const { argument } = await shop.approve();
      assert.equal(argument.userId, undefined);
      await assertConfirmed(await page.call("authenticate", argument, settings), "authenticate", user);
      const [{ body }] = page.finalizations("authenticate", argument);
      assert.equal(body.response.userHandle, handleOf(user.userId));
    });

    test(`${title} ends without a finalization if the authenticator returns no user handle`, async (t) => {
      const page = await open(t);
      const user = await page.newUser({ discoverable: false });
      const { argument } = await shop.approve();
      const { argument: named } = await shop.approve(user);
      // As a plain prompt for that passkey, because autofill offers only discoverable ones.
      await page.page.evaluate(() => {
        const { get } = CredentialsContainer.prototype;
        navigator.credentials.get = ({ publicKey }) => get.call(navigator.credentials, { publicKey });
      });
      argument.credentialRequestOptions.allowCredentials = named.credentialRequestOptions.allowCredentials;
      const outcome = await page.call("authenticate", argument, settings);
      assertFailure(outcome, "authenticate", "01", /^Error while trying to authenticate\. .*userHandle must/);
      assert.deepEqual(page.finalizations("authenticate", argument), []);
    });
  }

  test("two users on one device are distinguished", async (t) => {
    const page = await open(t);
    const users = [await page.newUser(), await page.newUser()];
    for (const user of users) {
      const { argument } = await shop.approve(user);
      await assertConfirmed(await page.call("authenticate", argument), "authenticate", user);
    }
  });
});

describe("conditional create", () => {
  /** Simulates a browser whose password manager has just filled in a password, which virtual authenticators cannot. */
  const consentQuietly = (page) =>
    page.page.evaluate(() => {
      const { create } = CredentialsContainer.prototype;
      navigator.credentials.create = ({ mediation, ...options }) => {
        globalThis.mediation = mediation;
        return create.call(navigator.credentials, options);
      };
    });

  test("requests with mediation conditional if the browser supports it", async (t) => {
    const page = await open(t);
    await consentQuietly(page);
    const { user, argument } = await shop.enroll();
    const outcome = await page.call("register", argument, { mediation: "conditional" });
    await assertConfirmed(outcome, "register", user);
    assert.equal(await page.page.evaluate(() => globalThis.mediation), "conditional");
  });

  test("ends when the browser's timeout passes because it has no password", async (t) => {
    const page = await open(t);
    const { argument } = await shop.enroll();
    argument.credentialCreationOptions.timeout = 100;
    const outcome = await page.call("register", argument, { mediation: "conditional" });
    assertFailure(outcome, "register", "01", /NotAllowedError/);
  });

  for (const [title, prepare] of Object.entries({
    "says that it has none": () => {
      PublicKeyCredential.getClientCapabilities = async () => ({ conditionalCreate: false });
    },
    "cannot be asked": () => {
      delete PublicKeyCredential.getClientCapabilities;
    },
  }))
    test(`is error-1005 if the browser ${title}, and nobody is prompted`, async (t) => {
      // Before the package asks it, which keeps the reply.
      const page = await open(t, { prepare: (page) => page.addInitScript(prepare) });
      const { argument } = await shop.enroll();
      const outcome = await page.call("register", argument, { mediation: "conditional" });
      assertFailure(outcome, "register", "05", /conditional/);
      assert.deepEqual(outcome.stages, []);
    });

  test("autofill is error-0005 if the browser does not support it", async (t) => {
    const page = await open(t);
    await page.page.evaluate(() => {
      PublicKeyCredential.isConditionalMediationAvailable = async () => false;
    });
    const { argument } = await shop.approve();
    const outcome = await page.call("authenticate", argument, { mediation: "conditional" });
    assertFailure(outcome, "authenticate", "05", /conditional/);
  });
});

test("an extension's inputs reach the authenticator, and its outputs the page, but not the result", async (t) => {
  const page = await open(t, { authenticator: { hasPrf: true } });
  const { user, argument } = await shop.enroll({
    options: { authenticatorSelection: { residentKey: "required" } },
  });
  const salt = Buffer.alloc(32, 7).toString("base64url");
  const prf = { eval: { first: salt } };
  const settings = { wantsExtensionResults: true };
  argument.credentialCreationOptions.extensions = { credProps: true, prf };
  const registered = await page.call("register", argument, settings);
  await assertConfirmed(registered, "register", user);
  const [created, ...more] = registered.extensionResults;
  assert.deepEqual(more, []);
  assert.equal(created.credProps.rk, true);
  assert.equal(created.prf.enabled, true);

  const { argument: approval } = await shop.approve(user);
  const [{ id }] = approval.credentialRequestOptions.allowCredentials;
  for (const input of [prf, { evalByCredential: { [id]: { first: salt, second: salt } } }]) {
    const { argument: again } = await shop.approve(user);
    again.credentialRequestOptions.extensions = { prf: input };
    const outcome = await page.call("authenticate", again, settings);
    await assertConfirmed(outcome, "authenticate", user);
    const [{ prf: output }] = outcome.extensionResults;
    assert.deepEqual(output.results.first, { bytes: 32 });
    assert.deepEqual(output.results.second, input.eval ? undefined : { bytes: 32 });
  }
});

test("the package exports the documented functions and no other", async (t) => {
  const page = await borrow(t);
  assert.deepEqual(await page.page.evaluate(() => Object.keys(e2e.module).sort()), [
    "authenticate",
    "cancel",
    "configure",
    "outcome",
    "ready",
    "register",
    "support",
  ]);
});

test("a polluted Object.prototype does not change the rpId", async (t) => {
  const page = await open(t);
  const user = await page.newUser();
  await page.page.evaluate(() => (Object.prototype.rpId = "attacker.example"));
  const { argument } = await shop.approve(user);
  const outcome = await page.call("authenticate", argument);
  await page.page.evaluate(() => delete Object.prototype.rpId);
  await assertConfirmed(outcome, "authenticate", user);
});
