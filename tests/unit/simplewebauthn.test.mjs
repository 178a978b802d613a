// The entry for those who come from SimpleWebAuthn: what it passes on, what it returns, and what it throws. The functions of
// `webauthn-result` are played.

import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";

import * as esbuild from "esbuild";

import { root } from "../../scripts/run.mjs";

/** The entry, with `index.js` played by `globalThis.played`. */
const loadEntry = async () => {
  const { outputFiles } = await esbuild.build({
    entryPoints: [`${root}/js/simplewebauthn.js`],
    bundle: true,
    format: "esm",
    write: false,
    plugins: [
      {
        name: "played",
        setup(build) {
          build.onResolve({ filter: /^\.\/index\.js$/ }, () => ({ path: "index", namespace: "played" }));
          build.onLoad({ filter: /.*/, namespace: "played" }, () => ({
            contents: ["authenticate", "register", "cancel", "support"]
              .map((name) => `export const ${name} = (...values) => globalThis.played.${name}(...values);`)
              .join("\n"),
          }));
        },
      },
    ],
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
};

const ours = await loadEntry();
const theirs = await import("@simplewebauthn/browser");

/** The calls that were made: `[name, argument, settings]`. */
let calls;
/** What the next call resolves to; without it, the user signs. */
let result;

/** What extensions return, with buffers. */
const OUTPUTS = { credProps: { rk: true }, prf: { enabled: true, results: { first: new ArrayBuffer(32) } } };
const CREDENTIAL = { id: "AQ", rawId: "AQ", type: "public-key", response: {}, clientExtensionResults: {} };

const play =
  (name) =>
  async (...values) => {
    calls.push([name, ...values]);
    if (result) return result;
    values[1].onExtensionResults(OUTPUTS);
    const { token } = await values[1].finalize({ ...CREDENTIAL }, {});
    assert.ok(token && typeof token === "string", "the call ends as a success");
    return { success: true, code: { statusCode: "success-authentication", message: "" }, token };
  };

beforeEach(() => {
  calls = [];
  result = undefined;
  globalThis.played = {
    authenticate: play("authenticate"),
    register: play("register"),
    cancel: (...values) => calls.push(["cancel", ...values]),
    support: async () => ({ webauthn: true, platformAuthenticator: true, autofill: false }),
  };
  globalThis.location = { hostname: "shop.example" };
});
afterEach(() => {
  for (const name of ["played", "location", "document", "PublicKeyCredential"]) delete globalThis[name];
});

const REQUEST = { challenge: "AQ", rpId: "shop.example", allowCredentials: [{ type: "public-key", id: "AQ" }] };
const CREATION = {
  challenge: "AQ",
  rp: { name: "Shop", id: "shop.example" },
  user: { id: "AQ", name: "zoe", displayName: "Zoë" },
  pubKeyCredParams: [{ type: "public-key", alg: -7 }],
};

const failed = (statusCode, message) => ({ success: false, code: { statusCode, message: "" }, message });
const PREFIXES = {
  startAuthentication: ["error-0001", "Error while trying to authenticate. "],
  startRegistration: ["error-1001", "Error while trying to create new credential. "],
};

/** What a call throws that ends with this exception. */
const thrownBy = async (name, exception, options) => {
  const [statusCode, prefix] = PREFIXES[name];
  result = failed(statusCode, prefix + exception);
  const error = await ours[name](options).then(
    () => assert.fail("it resolved"),
    (reason) => reason,
  );
  assert.ok(error instanceof Error);
  assert.equal(error.result, result, "it has the result");
  return error;
};

test("each function has the name and as many arguments as SimpleWebAuthn's", () => {
  const missing = Object.keys(theirs).filter((name) => !(name in ours) && !name.startsWith("_"));
  // docs/from-simplewebauthn.md names what takes their place.
  assert.deepEqual(missing.sort(), [
    "base64URLStringToBuffer",
    "browserSupportsPasskeys",
    "bufferToBase64URLString",
    "getBrowserCapabilities",
    "sendSignal",
  ]);
  for (const [name, value] of Object.entries(ours)) {
    assert.equal(typeof value, typeof theirs[name], name);
    if (typeof value === "function") assert.equal(value.length, theirs[name].length, name);
  }
});

describe("a prompt", () => {
  for (const [name, call, options, property] of [
    ["startAuthentication", "authenticate", REQUEST, "credentialRequestOptions"],
    ["startRegistration", "register", CREATION, "credentialCreationOptions"],
  ])
    test(`${name} passes the options on, and returns what the user signed`, async () => {
      const credential = await ours[name]({ optionsJSON: options });
      assert.deepEqual(credential, { ...CREDENTIAL, clientExtensionResults: OUTPUTS });
      assert.equal(credential.clientExtensionResults, OUTPUTS, "with buffers, as SimpleWebAuthn returns them");
      const [[called, argument, { mediation, ...rest }]] = calls;
      assert.equal(called, call);
      assert.deepEqual(argument, { [property]: options });
      assert.equal(mediation, "optional", "also if the page has configured another");
      assert.deepEqual(Object.keys(rest).sort(), ["finalize", "onExtensionResults"]);
    });

  test("a crash after the user's consent loses nothing", async () => {
    globalThis.played.authenticate = async (_, { finalize }) => {
      finalize(CREDENTIAL, {});
      return failed("error-0099", "The module crashed");
    };
    assert.deepEqual(await ours.startAuthentication({ optionsJSON: REQUEST }), CREDENTIAL);
  });

  test("a credential without outputs of extensions has an empty object", async () => {
    globalThis.played.authenticate = async (_, { finalize, onExtensionResults }) => {
      onExtensionResults(undefined);
      finalize({ ...CREDENTIAL }, {});
      return { success: true };
    };
    const { clientExtensionResults } = await ours.startAuthentication({ optionsJSON: REQUEST });
    assert.deepEqual(clientExtensionResults, {});
  });

  test("useBrowserAutofill offers every passkey of the site, and needs a field", async () => {
    let selector;
    globalThis.document = {
      querySelector(text) {
        selector = text;
        return null;
      },
    };
    const optionsJSON = REQUEST;
    await assert.rejects(ours.startAuthentication({ optionsJSON, useBrowserAutofill: true }), { name: "Error" });
    assert.match(selector, /^input\[autocomplete\$=['"]?webauthn['"]?\]$/);
    assert.deepEqual(calls, []);

    await ours.startAuthentication({
      optionsJSON,
      useBrowserAutofill: true,
      verifyBrowserAutofillInput: false,
    });
    globalThis.document.querySelector = () => ({});
    await ours.startAuthentication({ optionsJSON, useBrowserAutofill: true });
    for (const [, argument, { mediation }] of calls) {
      assert.equal(mediation, "conditional");
      assert.deepEqual(argument.credentialRequestOptions, { ...REQUEST, allowCredentials: [] });
    }
    assert.equal(calls.length, 2);
  });

  test("useAutoRegister creates a passkey without a prompt", async () => {
    await ours.startRegistration({ optionsJSON: CREATION, useAutoRegister: true });
    assert.equal(calls[0][2].mediation, "conditional");
  });

  test("without an argument it rejects, as there", async () => {
    for (const name of ["startAuthentication", "startRegistration"])
      for (const library of [ours, theirs]) await assert.rejects(library[name](), TypeError);
  });
});

/** By case: `[exception, code, options, hostname]`. */
const CASES = {
  startAuthentication: [
    ["NotAllowedError", "ERROR_PASSTHROUGH_SEE_CAUSE_PROPERTY"],
    ["AbortError", "ERROR_CEREMONY_ABORTED"],
    ["UnknownError", "ERROR_AUTHENTICATOR_GENERAL_ERROR"],
    ["SecurityError", "ERROR_INVALID_RP_ID", { rpId: "other.example" }],
    ["SecurityError", "ERROR_INVALID_RP_ID", { rpId: undefined }],
    ["SecurityError", undefined],
    ["SecurityError", undefined, { rpId: "localhost" }, "localhost"],
    ["SecurityError", "ERROR_INVALID_DOMAIN", {}, "127.0.0.1"],
    ["SecurityError", "ERROR_INVALID_DOMAIN", {}, "intranet"],
    ["SecurityError", "ERROR_INVALID_RP_ID", {}, "xn--mnchen-3ya.example"],
    ["SecurityError", "ERROR_INVALID_RP_ID", {}, "shop.xn--p1ai"],
    ["InvalidStateError", undefined],
    ["ConstraintError", undefined],
    ["NotSupportedError", undefined],
    ["OperationError", undefined],
  ],
  startRegistration: [
    ["NotAllowedError", "ERROR_PASSTHROUGH_SEE_CAUSE_PROPERTY"],
    ["AbortError", "ERROR_CEREMONY_ABORTED"],
    ["UnknownError", "ERROR_AUTHENTICATOR_GENERAL_ERROR"],
    ["InvalidStateError", "ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED"],
    ["SecurityError", "ERROR_INVALID_RP_ID", { rp: { name: "Shop", id: "other.example" } }],
    ["SecurityError", "ERROR_INVALID_DOMAIN", {}, "10.0.0.1"],
    ["SecurityError", undefined],
    ["NotSupportedError", "ERROR_AUTHENTICATOR_NO_SUPPORTED_PUBKEYCREDPARAMS_ALG"],
    ["NotSupportedError", "ERROR_MALFORMED_PUBKEYCREDPARAMS", { pubKeyCredParams: [] }],
    ["NotSupportedError", "ERROR_MALFORMED_PUBKEYCREDPARAMS", { pubKeyCredParams: [{ type: "key", alg: -7 }] }],
    ["ConstraintError", undefined],
    [
      "ConstraintError",
      "ERROR_AUTHENTICATOR_MISSING_DISCOVERABLE_CREDENTIAL_SUPPORT",
      { authenticatorSelection: { requireResidentKey: true, userVerification: "required" } },
    ],
    [
      "ConstraintError",
      "ERROR_AUTHENTICATOR_MISSING_USER_VERIFICATION_SUPPORT",
      { authenticatorSelection: { userVerification: "required" } },
    ],
    ["OperationError", undefined],
  ],
};

/** Plays the browser for SimpleWebAuthn, whose prompt throws this exception. Returns what SimpleWebAuthn throws. */
const thrownByTheirs = async (name, exception, options) => {
  globalThis.PublicKeyCredential = class {};
  const prompt = async () => {
    throw exception;
  };
  Object.defineProperty(globalThis, "navigator", {
    configurable: true,
    value: { credentials: { get: prompt, create: prompt } },
  });
  return theirs[name](options).then(
    () => assert.fail("it resolved"),
    (reason) => reason,
  );
};

describe("an exception of the browser gets the name and code that SimpleWebAuthn gives it", () => {
  for (const [name, cases] of Object.entries(CASES))
    for (const [exception, code, more, hostname] of cases)
      test(`${name}: ${exception}, ${JSON.stringify(more ?? {})} at ${hostname ?? "shop.example"}`, async () => {
        if (hostname) globalThis.location.hostname = hostname;
        const optionsJSON = { ...(name === "startRegistration" ? CREATION : REQUEST), ...more };
        const error = await thrownBy(name, `${exception}: Its text.`, { optionsJSON });
        assert.equal(error instanceof ours.WebAuthnError, code !== undefined);
        assert.equal(error.name, exception);
        if (code) assert.equal(error.code, code);
        assert.equal(error.message, "Its text.");
        if (code) assert.deepEqual([error.cause.name, error.cause.message], [exception, "Its text."]);

        const same = await thrownByTheirs(name, new DOMException("Its text.", exception), { optionsJSON });
        assert.deepEqual(
          [error.name, error.code, error instanceof ours.WebAuthnError],
          [same.name, same.code, same instanceof theirs.WebAuthnError],
        );
      });

  test("a conditional registration that cannot verify the user has a code of its own", async () => {
    const optionsJSON = { ...CREATION, authenticatorSelection: { userVerification: "required" } };
    const options = { optionsJSON, useAutoRegister: true };
    const error = await thrownBy("startRegistration", "ConstraintError: No.", options);
    assert.equal(error.code, "ERROR_AUTO_REGISTER_USER_VERIFICATION_FAILURE");
    const same = await thrownByTheirs("startRegistration", new DOMException("No.", "ConstraintError"), options);
    assert.equal(error.code, same.code);
  });

  test("a prompt that the module ended after its time limit is the NotAllowedError of browsers", async () => {
    const exception = "TimeoutError: Timed out after 90000 ms.";
    const error = await thrownBy("startAuthentication", exception, { optionsJSON: REQUEST });
    assert.equal(error.name, "NotAllowedError");
    assert.equal(error.code, "ERROR_PASSTHROUGH_SEE_CAUSE_PROPERTY");
  });

  test("a name that every object has is no code", async () => {
    for (const name of ["constructor", "toString", "__proto__", "valueOf"]) {
      const error = await thrownBy("startAuthentication", `${name}: Hm.`, { optionsJSON: REQUEST });
      assert.equal(error instanceof ours.WebAuthnError, false, name);
      assert.equal(error.name, name);
    }
  });

  test("the text of an exception may have several lines, and colons", async () => {
    const error = await thrownBy("startAuthentication", "NotAllowedError: One: two.\nThree.", { optionsJSON: REQUEST });
    assert.equal(error.message, "One: two.\nThree.");
  });
});

describe("any other failure is an Error with the result's message", () => {
  for (const [statusCode, message] of [
    ["error-0000", "credentialRequestOptions.challenge must be a base64url string"],
    ["error-0005", "This browser does not support WebAuthn (PublicKeyCredential is missing)."],
    ["error-0099", "The module could not be loaded: loadTimeout is over"],
  ])
    test(statusCode, async () => {
      result = failed(statusCode, message);
      for (const optionsJSON of [REQUEST, undefined, null, "text"])
        await assert.rejects(ours.startAuthentication({ optionsJSON }), (error) => {
          assert.deepEqual([error.name, error.message, error.result], ["Error", message, result]);
          assert.equal(error instanceof ours.WebAuthnError, false);
          return true;
        });
    });

  test("also on a server, which has no location", async () => {
    delete globalThis.location;
    result = failed("error-0005", "Not in a browser: call it in a page, not in server-side rendering.");
    await assert.rejects(ours.startRegistration({ optionsJSON: CREATION }), { name: "Error", message: result.message });
  });
});

test("cancelCeremony() ends the open prompt", () => {
  ours.WebAuthnAbortService.cancelCeremony();
  assert.deepEqual(calls, [["cancel"]]);
});

test("what the browser supports", async () => {
  assert.equal(ours.browserSupportsWebAuthn(), false);
  globalThis.PublicKeyCredential = class {};
  assert.equal(ours.browserSupportsWebAuthn(), true);
  assert.equal(await ours.browserSupportsWebAuthnAutofill(), false);
  assert.equal(await ours.platformAuthenticatorIsAvailable(), true);
});

test("WebAuthnError takes what SimpleWebAuthn's takes", () => {
  const cause = new DOMException("Its text.", "NotAllowedError");
  const parts = { message: "A text.", code: "ERROR_CEREMONY_ABORTED", cause };
  for (const { WebAuthnError } of [ours, theirs]) {
    const error = new WebAuthnError(parts);
    assert.deepEqual(
      [error.name, error.message, error.code, error.cause],
      ["NotAllowedError", "A text.", "ERROR_CEREMONY_ABORTED", cause],
    );
    assert.equal(new WebAuthnError({ ...parts, name: "Other" }).name, "Other");
  }
});
