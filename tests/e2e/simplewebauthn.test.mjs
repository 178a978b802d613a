// `webauthn-result/simplewebauthn` in Chromium, beside @simplewebauthn/browser itself: what either returns is verified by
// @simplewebauthn/server, and what either throws has the same name and code.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";

import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import * as esbuild from "esbuild";

import { root } from "../../scripts/run.mjs";
import { openBlankPage } from "./support/blank-page.mjs";
import { launchBrowser, WILLING } from "./support/browser.mjs";

/** SimpleWebAuthn as one file. */
const bundleTheirs = async () => {
  const { outputFiles } = await esbuild.build({
    entryPoints: [join(root, "node_modules/@simplewebauthn/browser/esm/index.js")],
    bundle: true,
    format: "esm",
    write: false,
  });
  return outputFiles[0].text;
};

/** Evaluated in the page: calls a function of the library. Resolves to what it returns, or to what it throws. */
const call = async ([library, name, options]) => {
  const { [name]: start, WebAuthnError } = await import(library);
  const { causeOf } = await import("/pkg/cause.js");
  const { explain } = await import("/pkg/explain.js");
  try {
    return { returned: await start(options) };
  } catch (error) {
    const { message, code, cause, result } = error;
    return {
      thrown: { name: error.name, message, code, isTheirClass: error instanceof WebAuthnError, cause: cause?.name },
      ...(result && { result, cause: causeOf(result), title: explain(result, "en").title }),
    };
  }
};

/** Evaluated in the page before a call: the next prompt throws this. */
const fail = async ([method, name]) => {
  const original = navigator.credentials[method];
  navigator.credentials[method] = async () => {
    navigator.credentials[method] = original;
    throw new DOMException("Its text.", name);
  };
};

const OURS = "/pkg/simplewebauthn.js";
const THEIRS = "/simplewebauthn.js";

describe("webauthn-result/simplewebauthn", { timeout: 120_000 }, () => {
  let browser, theirs, opened, page, session, authenticatorId, origin, rpID;

  before(async () => {
    browser = await launchBrowser();
    theirs = await bundleTheirs();
  });
  after(() => browser?.close());

  beforeEach(async () => {
    await opened?.close();
    opened = await openBlankPage(browser, { scripts: { [THEIRS]: theirs } });
    page = opened.page;
    origin = new URL(page.url()).origin;
    rpID = new URL(origin).hostname;
    session = await page.context().newCDPSession(page);
    await session.send("WebAuthn.enable");
    ({ authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", { options: WILLING }));
  });
  after(() => opened?.close());

  const creation = (excludeCredentials = []) =>
    generateRegistrationOptions({
      rpName: "Shop",
      rpID,
      userName: "zoe",
      excludeCredentials,
      authenticatorSelection: { residentKey: "required", userVerification: "required" },
    });

  const request = (allowCredentials = []) =>
    generateAuthenticationOptions({ rpID, allowCredentials, userVerification: "required" });

  /** Creates a passkey with the library. Resolves to what the server verified, and what the page sent. */
  const register = async (library) => {
    const optionsJSON = await creation();
    const { returned, thrown } = await page.evaluate(call, [library, "startRegistration", { optionsJSON }]);
    assert.ok(returned, JSON.stringify(thrown));
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: returned,
      expectedChallenge: optionsJSON.challenge,
      expectedOrigin: origin,
      expectedRPID: rpID,
    });
    assert.equal(verified, true);
    return { passkey: registrationInfo.credential, returned };
  };

  /** Signs in with the library, and verifies what the page sent. Resolves to that. */
  const signIn = async (library, passkey, options) => {
    const optionsJSON = await request(options ? [] : [passkey]);
    const { returned, thrown } = await page.evaluate(call, [
      library,
      "startAuthentication",
      { optionsJSON, ...options },
    ]);
    assert.ok(returned, JSON.stringify(thrown));
    const { verified } = await verifyAuthenticationResponse({
      response: returned,
      expectedChallenge: optionsJSON.challenge,
      expectedOrigin: origin,
      expectedRPID: rpID,
      credential: { ...passkey, counter: 0 },
    });
    assert.equal(verified, true);
    return returned;
  };

  /** The names of an object's properties that have a value, and of those in it. */
  const shapeOf = (value) =>
    value && typeof value === "object" && !Array.isArray(value)
      ? Object.fromEntries(
          Object.keys(value)
            .filter((name) => value[name] !== undefined)
            .sort()
            .map((name) => [name, shapeOf(value[name])]),
        )
      : typeof value;

  test("the server verifies a registration and a sign-in, which have the shape of SimpleWebAuthn's", async () => {
    const [ours, same] = [await register(OURS), await register(THEIRS)];
    assert.deepEqual(shapeOf(ours.returned), shapeOf(same.returned));
    assert.deepEqual(ours.returned.response.transports, same.returned.response.transports);
    for (const { passkey } of [ours, same])
      assert.deepEqual(shapeOf(await signIn(OURS, passkey)), shapeOf(await signIn(THEIRS, passkey)));
  });

  test("a passkey is picked in a field", async () => {
    const { passkey } = await register(OURS);
    await page.evaluate(() =>
      document.body.insertAdjacentHTML("beforeend", '<input autocomplete="username webauthn">'),
    );
    assert.equal((await signIn(OURS, passkey, { useBrowserAutofill: true })).id, passkey.id);
  });

  test("autofill without a field throws, unless the page says that it has one", async () => {
    const { passkey } = await register(OURS);
    const optionsJSON = await request();
    const { thrown, result } = await page.evaluate(call, [
      OURS,
      "startAuthentication",
      { optionsJSON, useBrowserAutofill: true },
    ]);
    assert.equal(thrown.name, "Error");
    assert.equal(result, undefined);
    await signIn(OURS, passkey, { useBrowserAutofill: true, verifyBrowserAutofillInput: false });
  });

  /** Calls both libraries, and compares what they throw. Resolves to the failure of this package. */
  const compare = async (name, options, prepare = async () => {}) => {
    await prepare();
    const ours = await page.evaluate(call, [OURS, name, options]);
    await prepare();
    const { thrown } = await page.evaluate(call, [THEIRS, name, options]);
    for (const key of ["name", "code", "isTheirClass", "cause"])
      assert.equal(ours.thrown[key], thrown[key], `${key}: ${JSON.stringify([ours.thrown, thrown])}`);
    assert.equal(ours.result.success, false);
    return ours;
  };

  test("an authenticator that is registered already", async () => {
    const { passkey } = await register(OURS);
    const { thrown, result, cause, title } = await compare("startRegistration", {
      optionsJSON: await creation([passkey]),
    });
    assert.equal(thrown.code, "ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED");
    assert.equal(result.code.statusCode, "error-1001");
    assert.equal(cause.cause, "alreadyRegistered");
    assert.match(title, /\S/);
  });

  test("an RP ID of another domain", async () => {
    const { thrown, cause } = await compare("startAuthentication", {
      optionsJSON: { ...(await request()), rpId: "other.example" },
    });
    assert.equal(thrown.code, "ERROR_INVALID_RP_ID");
    assert.equal(cause.cause, "wrongDomain");
  });

  test("algorithms that no authenticator has", async () => {
    const optionsJSON = await creation();
    const { thrown, cause } = await compare("startRegistration", { optionsJSON }, () =>
      page.evaluate(fail, ["create", "NotSupportedError"]),
    );
    assert.equal(thrown.code, "ERROR_AUTHENTICATOR_NO_SUPPORTED_PUBKEYCREDPARAMS_ALG");
    assert.equal(cause.cause, "unsuitableDevice");
  });

  test("a user who does not confirm, a browser that is busy, an authenticator that fails", async () => {
    const optionsJSON = await request();
    for (const [name, expected, isClass] of [
      ["NotAllowedError", "ERROR_PASSTHROUGH_SEE_CAUSE_PROPERTY", true],
      ["UnknownError", "ERROR_AUTHENTICATOR_GENERAL_ERROR", true],
      // The number that a DOMException has for its name: 0 for the newer ones.
      ["OperationError", 0, false],
    ]) {
      const { thrown } = await compare("startAuthentication", { optionsJSON }, () =>
        page.evaluate(fail, ["get", name]),
      );
      assert.deepEqual([thrown.name, thrown.code, thrown.isTheirClass], [name, expected, isClass]);
      assert.equal(thrown.message, "Its text.");
    }
  });

  test("no WebAuthn in the browser", async () => {
    await page.evaluate(() => delete globalThis.PublicKeyCredential);
    const { thrown, cause } = await compare("startAuthentication", { optionsJSON: await request() });
    assert.equal(thrown.name, "Error");
    assert.equal(cause.cause, "noWebAuthn");
  });

  test("invalid options, whose property the message names", async () => {
    const optionsJSON = { ...(await request()), challenge: 7 };
    const { thrown, cause } = await page.evaluate(call, [OURS, "startAuthentication", { optionsJSON }]);
    assert.equal(thrown.message, "credentialRequestOptions.challenge must be a base64url string");
    assert.equal(cause.cause, "invalidOptions");
  });

  test("a ceremony ends the one before, and cancelCeremony() ends it", async () => {
    await session.send("WebAuthn.removeVirtualAuthenticator", { authenticatorId });
    const optionsJSON = await request();
    const ends = await page.evaluate(
      async ([library, options]) => {
        const { startAuthentication, WebAuthnAbortService, WebAuthnError } = await import(library);
        const { configure } = await import("/pkg/index.js");
        const { causeOf } = await import("/pkg/cause.js");
        const begin = () =>
          new Promise((started) => {
            // The prompt opens before the call returns.
            configure({ onProgress: () => queueMicrotask(() => started({ end })) });
            const end = startAuthentication({ optionsJSON: options }).catch((error) => ({
              name: error.name,
              code: error.code,
              isClass: error instanceof WebAuthnError,
              cause: causeOf(error.result).cause,
            }));
          });
        const calls = [await begin(), await begin()];
        WebAuthnAbortService.cancelCeremony();
        return Promise.all(calls.map(({ end }) => end));
      },
      [OURS, optionsJSON],
    );
    const aborted = { name: "AbortError", code: "ERROR_CEREMONY_ABORTED", isClass: true };
    assert.deepEqual(ends, [
      { ...aborted, cause: "superseded" },
      { ...aborted, cause: "aborted" },
    ]);
  });

  test("outputs of extensions have buffers, as SimpleWebAuthn returns them", async () => {
    const optionsJSON = { ...(await creation()), extensions: { credProps: true, prf: {} } };
    const [ours, same] = await page.evaluate(
      async ([options, ...libraries]) => {
        const original = navigator.credentials.create.bind(navigator.credentials);
        navigator.credentials.create = async (given) => {
          const credential = await original(given);
          const outputs = {
            ...credential.getClientExtensionResults(),
            prf: { results: { first: new ArrayBuffer(32) } },
          };
          credential.getClientExtensionResults = () => outputs;
          return credential;
        };
        const outputsOf = async (library) => {
          const { startRegistration } = await import(library);
          const { clientExtensionResults } = await startRegistration({ optionsJSON: options });
          const { first } = clientExtensionResults.prf.results;
          return [Object.keys(clientExtensionResults), first instanceof ArrayBuffer && first.byteLength];
        };
        return [await outputsOf(libraries[0]), await outputsOf(libraries[1])];
      },
      [optionsJSON, OURS, THEIRS],
    );
    assert.deepEqual(ours, same);
    assert.equal(ours[1], 32);
  });

  test("a password manager's credential without toJSON() and details is returned as far as it goes", async () => {
    await register(OURS);
    const optionsJSON = await creation();
    await page.evaluate(() => {
      const original = navigator.credentials.create.bind(navigator.credentials);
      navigator.credentials.create = async (options) => {
        const { rawId, id, type, response } = await original(options);
        const { clientDataJSON, attestationObject } = response;
        return { rawId, id, type, response: { clientDataJSON, attestationObject } };
      };
    });
    const { returned } = await page.evaluate(call, [OURS, "startRegistration", { optionsJSON }]);
    assert.deepEqual(Object.keys(returned.response).sort(), ["attestationObject", "clientDataJSON"]);
    assert.deepEqual(returned.clientExtensionResults, {});
    const { verified } = await verifyRegistrationResponse({
      response: returned,
      expectedChallenge: optionsJSON.challenge,
      expectedOrigin: origin,
      expectedRPID: rpID,
    });
    assert.equal(verified, true);
  });
});
