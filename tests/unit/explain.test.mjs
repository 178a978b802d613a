// What `explain` promises to the user who reads it and to the page that calls it.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { afterEach, test } from "node:test";
import { causeOf } from "../../js/cause.js";
import * as entry from "../../js/explain.js";
import { words } from "../../js/explain-words.js";
import { failure } from "../../js/failure.js";
import { PROMPT_FAILED, UNKNOWN_ERROR } from "../../js/messages.js";
import { CODES, LANGUAGES, textsOf } from "./explain-codes.mjs";

const { explain } = entry;

const passkey = (statusCode, message) => ({ success: false, code: { statusCode, message: "the fixed text" }, message });
const prompt = (name) => passkey("error-0001", `Error while trying to authenticate. ${name}: the browser's own words.`);
const creation = (name) => passkey("error-1001", `Error while trying to create new credential. ${name}: words.`);
const UNKNOWN = " (outcome unknown: check the status from your backend before retrying)";

/** In each language it has the texts of `key`, which are those of the cause unless it says otherwise. */
function assertExplained(outcome, cause, key = textsOf(cause)) {
  for (const language of LANGUAGES) {
    const { title, advice } = words[language][key];
    assert.deepEqual(explain(outcome, language), { title, advice, cause }, `${JSON.stringify(outcome)} in ${language}`);
  }
}

// ---- The cause ----

test("every code has its cause, and texts that differ by language", () => {
  for (const [code, [cause, key]] of Object.entries(CODES)) {
    assertExplained(code, cause, key);
    const shown = LANGUAGES.map((language) => explain(code, language));
    assert.equal(new Set(shown.map(({ advice }) => advice)).size, LANGUAGES.length, `${code} differs by language`);
  }
});

/** By outcome: the cause, and the texts where they are not those of the cause. */
const ROWS = [
  [prompt("NotAllowedError"), "dismissed"],
  [prompt("TimeoutError"), "tookTooLong"],
  [prompt("SecurityError"), "wrongDomain"],
  [prompt("AbortError"), "dismissed"],
  [prompt("NotSupportedError"), "unsuitableDevice"],
  [prompt("ConstraintError"), "unsuitableDevice"],
  [prompt("OperationError"), "requestPending"],
  [prompt("TypeError"), "invalidOptions"],
  [prompt("InvalidStateError"), "unknown"],
  [prompt("UnknownError"), "unknown"],
  [prompt("constructor"), "unknown"],
  [prompt("__proto__"), "unknown"],
  [creation("NotAllowedError"), "dismissed"],
  [creation("InvalidStateError"), "alreadyRegistered"],
  [creation("hasOwnProperty"), "unknown"],
  [passkey("error-0001", "Error while trying to authenticate. AbortError: x (the page aborted it)"), "aborted"],
  [passkey("error-1001", "Error while trying … AbortError: x (another ceremony took over)"), "superseded"],
  [passkey("error-0001", "DataError: credential.x must be where the call has no userId"), "noCredential"],
  // Neither the exception's message nor a name elsewhere decides anything.
  [prompt("UnknownError: not a NotAllowedError: really, an UnknownError"), "unknown"],
  [passkey("error-0001", "NotAllowedError: no prefix"), "unknown"],
  [passkey("error-0001", ""), "unknown"],
  ...["error-0002", "error-1002"].flatMap((code) => [
    [passkey(code, `No response from the server: TypeError: Failed to fetch${UNKNOWN}`), "outcomeUnknown"],
    [passkey(code, `Unusable response from the server: HTTP 503${UNKNOWN}`), "outcomeUnknown"],
    [passkey(code, "No response from the server: TypeError: x (status endpoint: failed)"), "refused"],
    [passkey(code, "Rejected by the server: HTTP 403: unknown authenticator"), "refused"],
    [passkey(code, "The transaction is still pending: ask again later, or with a longer wait"), "pending"],
    [passkey(code, ""), "outcomeUnknown"],
  ]),
  [passkey("error-0005", "This page is not a secure context: serve it over HTTPS."), "insecureContext"],
  [passkey("error-1005", "A Permissions Policy forbids WebAuthn here: allow …"), "policyForbids"],
  [passkey("error-0005", "This browser does not support WebAuthn."), "noWebAuthn"],
  ...["error-0099", "error-1099"].flatMap((code) => [
    [passkey(code, `The module crashed: RuntimeError: unreachable${UNKNOWN}`), "outcomeUnknown"],
    [passkey(code, "The module crashed: x (nothing was sent: call again)"), "crashed"],
    [passkey(code, "The module could not be loaded: TypeError"), "notLoaded"],
    [passkey(code, "settings.baseUrl must be …"), "invalidSettings"],
  ]),
  // Successes, the code of a result, and results of push and TOTP.
  [{ success: true, code: { statusCode: "success-authentication", message: "…" }, token: "t" }, "approved"],
  [{ success: true, code: { statusCode: "success-registration", message: "…" }, token: "t" }, "registered"],
  [{ statusCode: "error-0005", message: "WebAuthn is not supported by this browser." }, "noWebAuthn"],
  [{ statusCode: "success-registration", message: "…" }, "registered"],
  [{ status: "approved", token: "t" }, "approved"],
  [{ status: "access_denied" }, "access_denied"],
  [{ status: "timeout" }, "timeout"],
  [{ status: "expired_token" }, "expired_token"],
  [{ status: "cancelled" }, "cancelled"],
  [{ status: "error" }, "unknown"],
  [{ status: "error", error: "something else" }, "serverError"],
  [{ success: true, token: "t", remaining: 3 }, "approved"],
  [{ success: false, error: "invalid_code", remaining: 2 }, "invalid_code"],
  [{ success: false, error: "invalid_code", remaining: 0 }, "too_many_retries"],
  [{ success: false, error: "too_many_retries", remaining: 0 }, "too_many_retries"],
  // Sent while as many codes as there are attempts left were being verified: no code was wrong.
  [{ success: false, error: "too_many_retries", remaining: 2 }, "too_many_retries", "codesInCheck"],
  // The server's own words decide nothing.
  [{ success: false, error: "user_not_found", message: "No devices", remaining: 3 }, "user_not_found"],
  [{ success: false, error: "unknown_user_id", error_description: "locked" }, "unknown_user_id"],
  [{ status: "error", error: "unexpected_response", message: "Invalid code" }, "unexpected_response"],
  // What a code says beyond its cause.
  [{ success: false, error: "http_429", message: "Rate limit exceeded", remaining: 3 }, "unreachable", "tooOften"],
  [{ status: "error", error: "slow_down" }, "unreachable", "tooOften"],
  [{ success: false, error: "server_error" }, "unreachable", "serviceProblem"],
  [{ success: false, error: "connection_failed" }, "unreachable"],
  ...[500, 503].map((status) => [{ status: "error", error: `http_${status}` }, "unreachable", "serviceProblem"]),
  ["http_408", "unreachable"],
  ...[401, 404].map((status) => [{ success: false, error: `http_${status}` }, "serverError"]),
  // What the module said goes before the message.
  [failure(false, PROMPT_FAILED, "no text of ours", "superseded"), "superseded"],
  [failure(true, UNKNOWN_ERROR, "The module could not be loaded: x", "pending"), "pending"],
];

test("the result decides the cause", () => {
  for (const [outcome, cause, key] of ROWS) assertExplained(outcome, cause, key);
});

test("the cause is that of causeOf", () => {
  for (const outcome of [...Object.keys(CODES), ...ROWS.map(([row]) => row).filter((row) => !row.statusCode)])
    assert.equal(explain(outcome).cause, causeOf(outcome).cause);
});

test("some result leads to each text", () => {
  const reached = new Set(
    [...Object.values(CODES), ...ROWS.map((row) => row.slice(1))].map(([cause, key]) => key ?? textsOf(cause)),
  );
  assert.deepEqual([...reached].sort(), Object.keys(words.en).sort());
});

test("docs/troubleshooting.md and the cause agree on whether trying again helps", async () => {
  const text = await readFile(new URL("../../docs/troubleshooting.md", import.meta.url), "utf8");
  const [section] = /^## error-0001.*?(?=^## )/ms.exec(text);
  const [, again, never] =
    /The user can try again after these:(.*)The same call would end the same way(.*)^`AbortError`/ms.exec(section);
  const documented = new Set();
  for (const [table, nexts] of [
    [again, ["retry"]],
    [never, ["otherWay", "fixCode"]],
  ])
    for (const [, cell] of table.matchAll(/^\| (.*?`.*?) \|/gm))
      for (const [, name] of cell.matchAll(/`(\w*Error)\b/g)) {
        documented.add(name);
        const ceremonies = /registration/.test(cell)
          ? [creation]
          : /approval/.test(cell)
            ? [prompt]
            : [prompt, creation];
        for (const end of ceremonies) {
          const { cause, next } = causeOf(end(name));
          assert.ok(nexts.includes(next), `${name}: ${cause}`);
          assert.equal(explain(end(name)).cause, cause);
        }
      }
  // What navigator.credentials.get and create throw in Chromium, Firefox and WebKit, and what the module itself throws.
  for (const name of [
    ...["NotAllowedError", "AbortError", "InvalidStateError", "ConstraintError", "NotSupportedError", "SecurityError"],
    ...["OperationError", "RangeError", "TypeError", "SyntaxError", "UnknownError", "DataError", "TimeoutError"],
    ...["EncodingError", "NotReadableError", "QuotaExceededError", "NetworkError", "Error"],
  ])
    assert.ok(documented.has(name), name);
});

test("a message that adds nothing leaves the cause of the code", () => {
  for (const [code, [cause, key]] of Object.entries(CODES)) {
    const success = cause === "approved" || cause === "registered";
    assertExplained({ success, code: { statusCode: code, message: "…" }, message: "nothing of note" }, cause, key);
    // A status of "error" is none.
    if (code !== "error") assertExplained({ status: code }, cause, key);
    if (!success) assertExplained({ success: false, error: code }, cause, key);
  }
});

test("no contradictory or incomplete result reads as approved", () => {
  for (const outcome of [
    { success: false, code: { statusCode: "success-authentication" } },
    { success: false, code: { statusCode: "success-registration" } },
    { success: "true", code: { statusCode: "success-authentication" } },
    { success: null, status: "approved" },
    { success: false, status: "approved" },
    { success: false, error: "approved" },
    { success: true },
    { success: true, token: "" },
    { success: true, token: {} },
    { success: 1, token: "t" },
    { success: false, token: "t" },
    { token: "t" },
    { status: "approved ", token: "t" },
    { code: { statusCode: { toString: () => "approved" } }, success: true },
    { statusCode: "success-authentication", success: false },
    "Approved",
    "success",
  ]) {
    const { cause, title } = explain(outcome, "en");
    assert.ok(["unknown", "serverError"].includes(cause), `${JSON.stringify(outcome)}: ${cause}`);
    assert.equal(title, words.en[textsOf(cause)].title);
  }
});

// ---- The language ----

const replaced = new Map();

/** Defines a property of `globalThis` for one test. */
function replaceGlobal(name, descriptor) {
  if (!replaced.has(name)) replaced.set(name, Object.getOwnPropertyDescriptor(globalThis, name));
  Object.defineProperty(globalThis, name, { configurable: true, ...descriptor });
}

afterEach(() => {
  for (const [name, descriptor] of replaced) {
    if (descriptor) Object.defineProperty(globalThis, name, descriptor);
    else delete globalThis[name];
  }
  replaced.clear();
});

function languageChosen(argument, pageLang, browserLanguages) {
  const documentElement = pageLang === undefined ? undefined : { lang: pageLang };
  replaceGlobal("document", { value: documentElement && { documentElement } });
  replaceGlobal("navigator", { value: browserLanguages && { languages: browserLanguages } });
  const { advice } = explain("approved", argument);
  return LANGUAGES.find((language) => words[language].approved.advice === advice);
}

test("the language is the argument's, else the page's, else the browser's, else English", () => {
  for (const [argument, page, browser, expected] of [
    ["en", "de", ["fr"], "en"],
    ["de", "fr", ["it"], "de"],
    ["fr", "it", ["en"], "fr"],
    ["it", "en", ["de"], "it"],
    ["de-CH", "fr", ["it"], "de"],
    ["fr-CA", "de", ["it"], "fr"],
    ["IT-ch", "de", ["fr"], "it"],
    ["en-GB-oxendict", "de", ["fr"], "en"],
    ["de_AT", "fr", ["it"], "de"],
    ["de-Latn-CH-1996", "fr", ["it"], "de"],
    // Unknown, empty or not a string: the page's language.
    [undefined, "fr-CH", ["it"], "fr"],
    ["rm", "de", ["it"], "de"],
    ["es-419", "de", ["it"], "es"],
    ["pt-PT", "de", ["it"], "pt"],
    [{ language: "pt-BR" }, "de", ["it"], "pt"],
    [{ language: "rm" }, "de", ["it"], "de"],
    [{ language: 7, words: 7 }, "de", ["it"], "de"],
    [{}, "de", ["it"], "de"],
    ["deu", "it", ["fr"], "it"],
    ["english", "it", ["fr"], "it"],
    ["x-de", "it", ["fr"], "it"],
    ["", "de", ["it"], "de"],
    [" de", "fr", ["it"], "fr"],
    [null, "de", ["it"], "de"],
    [7, "de", ["it"], "de"],
    [["fr"], "de", ["it"], "de"],
    [{ toString: () => "fr" }, "de", ["it"], "de"],
    ["__proto__", "de", ["it"], "de"],
    // A page in none of the languages, or without one: the browser's first that is one of them.
    [undefined, "rm", ["it-IT", "de"], "it"],
    [undefined, "", ["rm-CH", "de-CH", "fr"], "de"],
    [undefined, undefined, ["fr"], "fr"],
    ["ja", "ja", ["ja", "en-US"], "en"],
    [undefined, undefined, [null, 4, "it"], "it"],
    // None anywhere: English.
    [undefined, undefined, undefined, "en"],
    ["ja", "ja", ["ja"], "en"],
    [undefined, undefined, [], "en"],
    [undefined, undefined, 5, "en"],
    [undefined, null, "de", "en"],
  ]) {
    const where = JSON.stringify([argument, page, browser]);
    assert.equal(languageChosen(argument, page, browser), expected, where);
  }
});

test("a page or browser whose language throws gets English", () => {
  const throws = () => {
    throw new Error("not here");
  };
  replaceGlobal("document", { get: throws });
  replaceGlobal("navigator", { get: throws });
  assert.equal(explain("approved").title, words.en.approved.title);
  assert.equal(explain("approved", "it").title, words.it.approved.title);

  replaceGlobal("document", { value: revoked() });
  replaceGlobal("navigator", { value: { languages: revoked() } });
  assert.equal(explain("approved").title, words.en.approved.title);
});

// ---- Any argument ----

function revoked(target = {}) {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

function oddValues() {
  const throwing = {
    get() {
      throw new Error("hostile");
    },
  };
  const own = Object.create(null);
  const cyclic = {};
  cyclic.code = cyclic.error = cyclic.status = cyclic;
  return [
    undefined,
    null,
    true,
    false,
    0,
    -1,
    NaN,
    1n,
    "",
    " ",
    "\0",
    "\ud800",
    "error-0006",
    "error-1003",
    "ERROR-0001",
    "error-0001 ",
    "authorization_pending",
    "constructor",
    "__proto__",
    "toString",
    "generic",
    "integrationError",
    "x".repeat(100_000),
    Symbol("odd"),
    Symbol.iterator,
    () => "approved",
    class {},
    [],
    ["approved"],
    [["error-0001"]],
    new Date(NaN),
    /approved/,
    new Error("approved"),
    new Map([["status", "approved"]]),
    new String("approved"),
    new Uint8Array(3),
    Promise.resolve(),
    globalThis,
    own,
    cyclic,
    Object.freeze({}),
    revoked(),
    revoked([]),
    revoked(() => {}),
    new Proxy({}, throwing),
    new Proxy(() => {}, throwing),
    new Proxy({}, { get: (_, key, self) => (key === "status" ? self : undefined) }),
    { toString: () => "approved" },
    { valueOf: () => "approved", [Symbol.toPrimitive]: () => "approved" },
    {
      [Symbol.toPrimitive]() {
        throw new Error("hostile");
      },
    },
  ];
}

function assertExplanation(explanation) {
  assert.equal(Object.getPrototypeOf(explanation), Object.prototype);
  assert.deepEqual(Object.keys(explanation), ["title", "advice", "cause"]);
  assert.ok(typeof explanation.title === "string" && explanation.title.length > 0);
  assert.ok(typeof explanation.advice === "string" && explanation.advice.length > 0);
  assert.ok(words.en[textsOf(explanation.cause)], explanation.cause);
}

test("any other value gets the generic explanation, and any other string that of a server's code", () => {
  for (const odd of oddValues()) {
    const isCode = typeof odd === "string" && odd !== "" && !/^error-\d{4}$/.test(odd);
    const { title, cause } = explain(odd, "it");
    assert.equal(title, words.it[textsOf(cause)].title, typeof odd);
    if (odd !== "error-1003") assert.equal(cause, isCode ? "serverError" : "unknown", String(cause));
  }
});

test("no value in any property makes it throw", () => {
  const odds = oddValues();
  const members = ["success", "code", "statusCode", "status", "error", "message", "token", "remaining"];
  let calls = 0;
  const check = (outcome, language) => {
    assertExplanation(explain(outcome, language));
    calls += 1;
  };
  for (const odd of odds) {
    for (const language of odds) check(odd, language);
    for (const member of members) {
      for (const other of odds) {
        check({ [member]: odd, error: other }, "de");
        check({ [member]: odd, code: { statusCode: other } }, "fr");
        check({ code: other, [member]: odd }, "it");
        check({ status: other, [member]: odd }, odd);
      }
    }
    for (const code of Object.keys(CODES)) {
      for (const member of members) {
        check({ code: { statusCode: code }, [member]: odd });
        check({ success: false, error: code, [member]: odd });
        check({ [member]: odd, status: code });
      }
    }
  }
  assert.ok(calls > 100_000, `${calls} calls`);
});

test("a getter that throws does not make it throw", () => {
  for (const member of ["success", "code", "statusCode", "status", "error", "message", "token", "remaining"]) {
    for (const code of Object.keys(CODES)) {
      const outcome = { success: false, code: { statusCode: code }, message: "" };
      Object.defineProperty(outcome, member, {
        get() {
          throw new Error("hostile");
        },
      });
      assertExplanation(explain(outcome, "de"));
    }
  }
  const inCode = { success: false, code: new Proxy({}, { get: () => revoked() }) };
  assertExplanation(explain(inCode));
});

test("a polluted Object.prototype adds no codes", () => {
  Object.prototype.surprise = "approved";
  try {
    assertExplained("surprise", "serverError");
    assertExplained(prompt("surprise"), "unknown");
    assertExplained(creation("surprise"), "unknown");
  } finally {
    delete Object.prototype.surprise;
  }
});

test("every call returns a new object, which the page may change", () => {
  const first = explain("approved", "en");
  first.title = "changed";
  delete first.advice;
  assertExplanation(explain("approved", "en"));
  assert.equal(explain("approved", "en").title, words.en.approved.title);
});

test("a result is never changed", () => {
  for (const [outcome] of ROWS) {
    const before = JSON.stringify(outcome);
    explain(Object.freeze(outcome), "fr");
    assert.equal(JSON.stringify(outcome), before);
  }
});

// ---- The entry ----

test("importing has no side effects, and exports explain alone", async () => {
  const touched = () => assert.fail("touched at import");
  replaceGlobal("document", { get: touched });
  replaceGlobal("navigator", { get: touched });
  const before = Reflect.ownKeys(globalThis);
  const fresh = await import("../../js/explain.js?fresh");
  assert.deepEqual(Reflect.ownKeys(globalThis), before);
  assert.notEqual(fresh.explain, explain);
  assert.deepEqual(Object.keys(entry), ["explain"]);
});

test("the types list every code, and every exported name has an example", async () => {
  const types = await readFile(new URL("../../js/explain.d.cts", import.meta.url), "utf8");
  const union = /export type ExplainableCode =([^;]+);/.exec(types)[1];
  const named = [...union.matchAll(/"([^"]+)"/g)].map((match) => match[1]);
  assert.deepEqual(named.sort(), Object.keys(CODES).sort());
  assert.match(types, /^ {2}cause: Cause;$/m);

  const exported = [...types.matchAll(/^export (?:declare )?(?:interface|type|function) (\w+)/gm)];
  assert.deepEqual(exported.map((match) => match[1]).sort(), [
    "ExplainOptions",
    "Explainable",
    "ExplainableCode",
    "Explanation",
    "ExplanationKey",
    "ExplanationText",
    "ExplanationWords",
    "explain",
  ]);
  for (const match of exported) {
    const before = types.slice(0, match.index);
    const comment = before.slice(before.lastIndexOf("/**"));
    assert.match(comment, /@example\n \* ```ts\n[\s\S]+```\n \*\/\n$/, match[1]);
  }
});
