// What `explain` promises to the user who reads it and to the page that calls it.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { afterEach, test } from "node:test";
import * as entry from "../../js/explain.js";
import { words } from "../../js/explain-words.js";
import {
  A_BASE_URL,
  AUTHENTICATION_PROMPT,
  CALL_AGAIN,
  CRASHED,
  NO_RESPONSE,
  OUTCOME_UNKNOWN,
  REGISTRATION_PROMPT,
  REJECTED,
  STATUS_FAILED,
  UNUSABLE,
} from "../../js/messages.js";

const { explain } = entry;

const LANGUAGES = ["en", "de", "fr", "it"];

// Every code of both result tables and of push and TOTP, with the cause that the code alone stands for.
const CODES = {
  "success-authentication": "approved",
  "error-0000": "integrationError",
  "error-0001": "generic",
  "error-0002": "generic",
  "error-0003": "integrationError",
  "error-0004": "integrationError",
  "error-0005": "unsuitableBrowser",
  "error-0099": "integrationError",
  "success-registration": "registered",
  "error-1000": "integrationError",
  "error-1001": "generic",
  "error-1002": "generic",
  "error-1004": "integrationError",
  "error-1005": "unsuitableBrowser",
  "error-1099": "integrationError",
  approved: "approved",
  access_denied: "declined",
  timeout: "pushTimeout",
  expired_token: "expired",
  cancelled: "aborted",
  error: "generic",
  invalid_code: "wrongCode",
  too_many_retries: "tooManyCodes",
  network_timeout: "unreachable",
  connection_failed: "unreachable",
  user_not_found: "noAccount",
  unknown_user_id: "noAccount",
  no_device_registered: "noDevice",
  temporarily_locked: "locked",
  http_429: "tooOften",
  slow_down: "tooOften",
  unexpected_response: "serviceProblem",
  server_error: "serviceProblem",
  temporarily_unavailable: "serviceProblem",
  invalid_argument: "integrationError",
  invalid_request: "integrationError",
  invalid_client: "integrationError",
  invalid_grant: "integrationError",
  invalid_scope: "integrationError",
  invalid_binding_message: "integrationError",
  unauthorized_client: "integrationError",
  unsupported_grant_type: "integrationError",
  tenant_not_found: "integrationError",
  module_not_loaded: "integrationError",
  module_crashed: "integrationError",
};

const passkey = (statusCode, message) => ({ success: false, code: { statusCode, message: "the fixed text" }, message });
const prompt = (name) => passkey("error-0001", `${AUTHENTICATION_PROMPT}${name}: the browser's own words.`);
const creation = (name) => passkey("error-1001", `${REGISTRATION_PROMPT}${name}: words.`);

function assertCause(outcome, cause) {
  for (const language of LANGUAGES) {
    const [title, advice] = words[cause][language];
    assert.deepEqual(explain(outcome, language), { title, advice }, `${JSON.stringify(outcome)} in ${language}`);
  }
}

// ---- The texts ----

test("every code has a text of its own in every language", () => {
  for (const [code, cause] of Object.entries(CODES)) {
    assertCause(code, cause);
    const shown = LANGUAGES.map((language) => explain(code, language));
    for (const member of ["title", "advice"]) {
      assert.equal(new Set(shown.map((text) => text[member])).size, 4, `${code}: ${member} differs by language`);
    }
  }
});

test("a title is short, an advice has one or two sentences", () => {
  for (const [cause, texts] of Object.entries(words)) {
    assert.deepEqual(Object.keys(texts), LANGUAGES, cause);
    for (const [language, [title, advice, ...rest]] of Object.entries(texts)) {
      const where = `${cause} in ${language}`;
      assert.equal(rest.length, 0, where);
      assert.ok(title.length >= 5 && title.length <= 60, `${where}: title of ${title.length}`);
      assert.ok(advice.length >= 30 && advice.length <= 160, `${where}: advice of ${advice.length}`);
      assert.match(title, /^\p{Lu}.*[^.!?]$/u, where);
      assert.match(advice, /^\p{Lu}.*\.$/u, where);
      assert.ok(advice.match(/[.!?](?=\s|$)/g).length <= 2, `${where}: sentences`);
      assert.doesNotMatch(`${title} ${advice}`, /\s\s|["'<>&;:!?]|\s[.,]/, where);
    }
  }
});

test("no two causes have the same text", () => {
  for (const language of LANGUAGES) {
    for (const index of [0, 1]) {
      const texts = Object.values(words).map((text) => text[language][index]);
      assert.equal(new Set(texts).size, texts.length, language);
    }
  }
});

test("no text contains a code, an exception or jargon", () => {
  // `approved` and `cancelled` are words of English as well as codes; every other code is not.
  const codes = Object.keys(CODES).filter((code) => !["approved", "cancelled"].includes(code));
  const jargon =
    /\d|_|[a-z]Error\b|web-?authn|fido|token|credential|assertion|attestation|challenge|\brp\b|relying|totp|ciba|oauth|\bpush\b|http|\bapi\b|cloud|server|serveur|exception|ausnahme|\bnull\b|undefined|timeout|iframe|javascript|authenticat/i;
  for (const [cause, texts] of Object.entries(words)) {
    for (const [language, pair] of Object.entries(texts)) {
      for (const text of pair) {
        assert.doesNotMatch(text, jargon, `${cause} in ${language}`);
        for (const code of codes) {
          assert.doesNotMatch(text, new RegExp(`(?<![\\p{L}])${code}(?![\\p{L}])`, "iu"), `${cause} in ${language}`);
        }
      }
    }
  }
});

test("users are addressed formally, and German has no ß", () => {
  const informal = {
    de: /ß|\b(?:du|dich|dir|dein\w*|euch|euer|versuche|bitte warte)\b/i,
    fr: /(?<!\p{L})(?:tu|te|toi|ton|ta|tes|essaie|réessaie)(?!\p{L})/iu,
    it: /(?<!\p{L})(?:tu|ti|tuo|tua|tuoi|riprova|controlla|apri)(?!\p{L})/iu,
  };
  for (const [language, pattern] of Object.entries(informal)) {
    for (const [cause, texts] of Object.entries(words)) {
      assert.doesNotMatch(texts[language].join(" "), pattern, `${cause} in ${language}`);
    }
  }
});

test("some result leads to each text", () => {
  const reached = new Set(Object.values(CODES));
  for (const [, cause] of CAUSES) reached.add(cause);
  assert.deepEqual([...reached].sort(), Object.keys(words).sort());
});

// ---- The cause ----

const CAUSES = [
  // By the exception's name.
  [prompt("NotAllowedError"), "dismissed"],
  [prompt("TimeoutError"), "tooSlow"],
  [prompt("SecurityError"), "rpIdMismatch"],
  [prompt("AbortError"), "aborted"],
  [prompt("NotSupportedError"), "unsuitableDevice"],
  [prompt("ConstraintError"), "unsuitableDevice"],
  [prompt("OperationError"), "requestPending"],
  [prompt("TypeError"), "integrationError"],
  [prompt("RangeError"), "integrationError"],
  [prompt("SyntaxError"), "integrationError"],
  [prompt("EncodingError"), "integrationError"],
  [prompt("DataError"), "integrationError"],
  [prompt("InvalidStateError"), "generic"],
  [prompt("NotReadableError"), "generic"],
  [prompt("QuotaExceededError"), "generic"],
  [prompt("UnknownError"), "generic"],
  [prompt("constructor"), "generic"],
  [prompt("__proto__"), "generic"],
  [prompt("toString"), "generic"],
  [creation("NotAllowedError"), "dismissed"],
  [creation("TimeoutError"), "tooSlow"],
  [creation("SecurityError"), "rpIdMismatch"],
  [creation("AbortError"), "aborted"],
  [creation("NotSupportedError"), "unsuitableDevice"],
  [creation("ConstraintError"), "unsuitableDevice"],
  [creation("OperationError"), "requestPending"],
  [creation("TypeError"), "integrationError"],
  [creation("RangeError"), "integrationError"],
  [creation("InvalidStateError"), "alreadyRegistered"],
  [creation("UnknownError"), "generic"],
  [creation("hasOwnProperty"), "generic"],
  // Neither the exception's message nor a name elsewhere decides anything.
  [passkey("error-0001", `${AUTHENTICATION_PROMPT}UnknownError: not a NotAllowedError: really`), "generic"],
  [passkey("error-0001", "NotAllowedError: no prefix"), "generic"],
  [passkey("error-0001", `Then: ${AUTHENTICATION_PROMPT}NotAllowedError: x`), "generic"],
  [passkey("error-0001", `${AUTHENTICATION_PROMPT}NotAllowedError`), "generic"],
  [passkey("error-0001", ""), "generic"],
  [passkey("error-0005", `${AUTHENTICATION_PROMPT}NotAllowedError: x`), "unsuitableBrowser"],
  // Finalization and crashes, alike in both ceremonies. The texts are those that the module has: js/messages.js.
  ...["error-0002", "error-1002"].flatMap((code) => [
    [passkey(code, `${NO_RESPONSE}TypeError: Failed to fetch`), "unreachable"],
    [passkey(code, `${NO_RESPONSE}TypeError: Load failed`), "unreachable"],
    [passkey(code, `${NO_RESPONSE}TypeError: Failed to fetch${OUTCOME_UNKNOWN}`), "connectionLost"],
    [passkey(code, `${NO_RESPONSE}TypeError: Failed to fetch${STATUS_FAILED})`), "rejected"],
    [passkey(code, `${NO_RESPONSE}${REJECTED}`), "unreachable"],
    [passkey(code, `${UNUSABLE}: HTTP 503${OUTCOME_UNKNOWN}`), "outcomeUnknown"],
    [passkey(code, `${UNUSABLE}: HTTP 503${STATUS_FAILED}: expired)`), "rejected"],
    [passkey(code, `${UNUSABLE}: HTTP 503`), "generic"],
    [passkey(code, `${REJECTED}: HTTP 403: unknown authenticator`), "rejected"],
    [passkey(code, `${REJECTED}: ${NO_RESPONSE}`), "rejected"],
    [passkey(code, `${REJECTED}: HTTP 409${OUTCOME_UNKNOWN}`), "outcomeUnknown"],
    [passkey(code, "TypeError: Failed to fetch"), "generic"],
    [passkey(code, ""), "generic"],
  ]),
  ...["error-0099", "error-1099"].flatMap((code) => [
    [passkey(code, `${CRASHED}: RuntimeError: unreachable${OUTCOME_UNKNOWN}`), "outcomeUnknown"],
    [passkey(code, `${CRASHED}: RuntimeError: unreachable${CALL_AGAIN}`), "integrationError"],
    [passkey(code, `settings.baseUrl${A_BASE_URL}`), "integrationError"],
    [passkey(code, [OUTCOME_UNKNOWN]), "integrationError"],
    [passkey(code, undefined), "integrationError"],
  ]),
  // Successes, and results of push and TOTP.
  [{ success: true, code: { statusCode: "success-authentication", message: "…" }, token: "t" }, "approved"],
  [{ success: true, code: { statusCode: "success-registration", message: "…" }, token: "t" }, "registered"],
  [{ statusCode: "error-0005", message: "WebAuthn is not supported by this browser." }, "unsuitableBrowser"],
  [{ statusCode: "success-registration", message: "…" }, "registered"],
  [{ status: "approved", token: "t" }, "approved"],
  [{ status: "access_denied" }, "declined"],
  [{ status: "timeout" }, "pushTimeout"],
  [{ status: "expired_token" }, "expired"],
  [{ status: "cancelled" }, "aborted"],
  [{ status: "error" }, "generic"],
  [{ status: "error", error: "connection_failed" }, "unreachable"],
  [{ status: "error", error: "network_timeout" }, "unreachable"],
  [{ status: "error", error: "something else" }, "generic"],
  [{ success: true, token: "t", remaining: 3 }, "approved"],
  [{ success: true, token: "t" }, "approved"],
  [{ success: false, error: "invalid_code", remaining: 2 }, "wrongCode"],
  [{ success: false, error: "invalid_code", remaining: 0 }, "tooManyCodes"],
  [{ success: false, error: "too_many_retries", remaining: 0 }, "tooManyCodes"],
  // Sent while as many codes as there are attempts left were being verified.
  [{ success: false, error: "too_many_retries", remaining: 2 }, "generic"],
  // The server's own words decide nothing.
  [{ success: false, error: "user_not_found", message: "User not found", remaining: 3 }, "noAccount"],
  [{ success: false, error: "no_device_registered", error_description: "No devices", remaining: 3 }, "noDevice"],
  [{ success: false, error: "temporarily_locked", message: "too many failed attempts", remaining: 1 }, "locked"],
  [
    { status: "error", error: "invalid_client", error_description: "client authentication required" },
    "integrationError",
  ],
  [{ status: "error", error: "unexpected_response", message: "Invalid code" }, "serviceProblem"],
  ["http_429", "tooOften"],
  [{ success: false, error: "http_429", message: "Rate limit exceeded", remaining: 3 }, "tooOften"],
  ...[401, 404, 408, 500, 503].flatMap((status) => [
    [`http_${status}`, "serviceProblem"],
    [{ status: "error", error: `http_${status}` }, "serviceProblem"],
    [{ success: false, error: `http_${status}`, message: "Rate limit exceeded", remaining: 3 }, "serviceProblem"],
  ]),
  ["http_", "generic"],
  ["http_4040", "generic"],
  ["http_404 ", "generic"],
  ["https_404", "generic"],
  [{ success: false, error: "connection_failed" }, "unreachable"],
  [{ success: false, error: "access_denied" }, "declined"],
  [{ success: false, error: "timeout" }, "pushTimeout"],
];

test("the result decides the cause", () => {
  for (const [outcome, cause] of CAUSES) assertCause(outcome, cause);
});

test("the texts agree with docs/troubleshooting.md on whether trying again helps", async () => {
  const text = await readFile(new URL("../../docs/troubleshooting.md", import.meta.url), "utf8");
  const [section] = /^## error-0001.*?(?=^## )/ms.exec(text);
  const [, again, never] =
    /The user can try again after these:(.*)The same call would end the same way(.*)^`AbortError`/ms.exec(section);
  const repeatable = ["dismissed", "requestPending", "tooSlow", "aborted", "generic"];
  const final = ["alreadyRegistered", "rpIdMismatch", "unsuitableDevice", "integrationError"];
  const documented = new Set();
  for (const [table, causes] of [
    [again, repeatable],
    [never, final],
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
          const { advice } = explain(end(name), "en");
          assert.ok(
            causes.some((cause) => words[cause].en[1] === advice),
            `${name}: ${advice}`,
          );
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
  for (const [code, cause] of Object.entries(CODES)) {
    const success = cause === "approved" || cause === "registered";
    assertCause({ success, code: { statusCode: code, message: "…" }, message: "nothing of note" }, cause);
    assertCause({ status: code }, cause);
    if (!success) assertCause({ success: false, error: code }, cause);
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
    "Approved",
    "success",
  ]) {
    assertCause(outcome, "generic");
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
  const { title } = explain("approved", argument);
  return LANGUAGES.find((language) => words.approved[language][0] === title);
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
    ["es", "de", ["it"], "de"],
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
    // A page in none of the four languages, or without one: the browser's first that is one of them.
    [undefined, "pt-BR", ["it-IT", "de"], "it"],
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
  assert.equal(explain("approved").title, words.approved.en[0]);
  assert.equal(explain("approved", "it").title, words.approved.it[0]);

  replaceGlobal("document", { value: revoked() });
  replaceGlobal("navigator", { value: { languages: revoked() } });
  assert.equal(explain("approved").title, words.approved.en[0]);
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
  assert.deepEqual(Object.keys(explanation), ["title", "advice"]);
  assert.ok(typeof explanation.title === "string" && explanation.title.length > 0);
  assert.ok(typeof explanation.advice === "string" && explanation.advice.length > 0);
}

test("any other value gets the generic explanation", () => {
  for (const odd of oddValues()) {
    const { title } = explain(odd, "it");
    assert.equal(title, words.generic.it[0], typeof odd);
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
    assertCause("surprise", "generic");
    assertCause(prompt("surprise"), "generic");
    assertCause(creation("surprise"), "generic");
  } finally {
    delete Object.prototype.surprise;
  }
});

test("the text for a locked account says how long to wait, in every language", () => {
  const quarter = { en: "fifteen minutes", de: "fünfzehn Minuten", fr: "quinze minutes", it: "quindici minuti" };
  for (const [language, time] of Object.entries(quarter))
    assert.ok(explain("temporarily_locked", language).advice.includes(time), language);
});

test("every call returns a new object, which the page may change", () => {
  const first = explain("approved", "en");
  first.title = "changed";
  delete first.advice;
  assertExplanation(explain("approved", "en"));
  assert.equal(explain("approved", "en").title, words.approved.en[0]);
});

test("a result is never changed", () => {
  for (const [outcome] of CAUSES) {
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

  const exported = [...types.matchAll(/^export (?:declare )?(?:interface|type|function) (\w+)/gm)];
  assert.deepEqual(exported.map((match) => match[1]).sort(), [
    "Explainable",
    "ExplainableCode",
    "Explanation",
    "explain",
  ]);
  for (const match of exported) {
    const before = types.slice(0, match.index);
    const comment = before.slice(before.lastIndexOf("/**"));
    assert.match(comment, /@example\n \* ```ts\n[\s\S]+```\n \*\/\n$/, match[1]);
  }
});
