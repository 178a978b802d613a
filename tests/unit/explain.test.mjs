// What `explain` promises to the person who reads it and to the page that calls it.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { afterEach, test } from "node:test";
import * as entry from "../../js/explain.js";
import { words } from "../../js/explain-words.js";

const { explain } = entry;

const LANGUAGES = ["en", "de", "fr", "it"];

// Every code of the two result tables and of the push and TOTP table, with the cause that it alone stands for.
const CODES = {
  "success-authentication": "approved",
  "error-0000": "ours",
  "error-0001": "generic",
  "error-0002": "generic",
  "error-0003": "ours",
  "error-0004": "ours",
  "error-0005": "unsuitableBrowser",
  "error-0099": "ours",
  "success-registration": "registered",
  "error-1000": "ours",
  "error-1001": "generic",
  "error-1002": "generic",
  "error-1004": "ours",
  "error-1005": "unsuitableBrowser",
  "error-1099": "ours",
  approved: "approved",
  access_denied: "declined",
  timeout: "phoneSilent",
  expired_token: "expired",
  cancelled: "ended",
  error: "generic",
  invalid_code: "wrongCode",
  too_many_retries: "tooManyCodes",
  network_timeout: "unreachable",
  connection_failed: "unreachable",
};

const passkey = (statusCode, message) => ({ success: false, code: { statusCode, message: "the fixed text" }, message });
const prompt = (name) => passkey("error-0001", `Error while trying to authenticate. ${name}: the browser's own words.`);
const creation = (name) => passkey("error-1001", `Error while trying to create new credential. ${name}: words.`);

function assertCause(outcome, cause) {
  for (const language of LANGUAGES) {
    const [title, advice] = words[cause][language];
    assert.deepEqual(explain(outcome, language), { title, advice }, `${JSON.stringify(outcome)} in ${language}`);
  }
}

// ---- The words ----

test("every_code_has_its_words_in_every_language", () => {
  for (const [code, cause] of Object.entries(CODES)) {
    assertCause(code, cause);
    const shown = LANGUAGES.map((language) => explain(code, language));
    for (const member of ["title", "advice"]) {
      assert.equal(new Set(shown.map((text) => text[member])).size, 4, `${code}: ${member} differs by language`);
    }
  }
});

test("a_title_is_short_and_an_advice_is_one_or_two_sentences", () => {
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

test("no_two_causes_read_the_same", () => {
  for (const language of LANGUAGES) {
    for (const index of [0, 1]) {
      const texts = Object.values(words).map((text) => text[language][index]);
      assert.equal(new Set(texts).size, texts.length, language);
    }
  }
});

test("no_text_holds_a_code_an_exception_or_jargon", () => {
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

test("people_are_addressed_formally_and_german_reads_right_in_switzerland", () => {
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

test("every_text_is_reached_by_some_result", () => {
  const reached = new Set(Object.values(CODES));
  for (const [, cause] of CAUSES) reached.add(cause);
  assert.deepEqual([...reached].sort(), Object.keys(words).sort());
});

// ---- The cause ----

const CAUSES = [
  // What the browser or the authenticator said, by the exception's name.
  [prompt("NotAllowedError"), "dismissed"],
  [prompt("TimeoutError"), "tooSlow"],
  [prompt("SecurityError"), "wrongAddress"],
  [prompt("AbortError"), "ended"],
  [prompt("NotSupportedError"), "unsuitableDevice"],
  [prompt("ConstraintError"), "unsuitableDevice"],
  [prompt("InvalidStateError"), "generic"],
  [prompt("NotReadableError"), "generic"],
  [prompt("UnknownError"), "generic"],
  [prompt("constructor"), "generic"],
  [prompt("__proto__"), "generic"],
  [prompt("toString"), "generic"],
  [creation("NotAllowedError"), "dismissed"],
  [creation("TimeoutError"), "tooSlow"],
  [creation("SecurityError"), "wrongAddress"],
  [creation("AbortError"), "ended"],
  [creation("NotSupportedError"), "unsuitableDevice"],
  [creation("ConstraintError"), "unsuitableDevice"],
  [creation("InvalidStateError"), "alreadyRegistered"],
  [creation("UnknownError"), "generic"],
  [creation("hasOwnProperty"), "generic"],
  // The exception's own words decide nothing, nor does a name in another place.
  [passkey("error-0001", "Error while trying to authenticate. UnknownError: not a NotAllowedError: really"), "generic"],
  [passkey("error-0001", "NotAllowedError: no prefix"), "generic"],
  [passkey("error-0001", "Then: Error while trying to authenticate. NotAllowedError: x"), "generic"],
  [passkey("error-0001", "Error while trying to authenticate. NotAllowedError"), "generic"],
  [passkey("error-0001", ""), "generic"],
  [passkey("error-0005", "Error while trying to authenticate. NotAllowedError: x"), "unsuitableBrowser"],
  // Finalization and crashes, alike in both ceremonies.
  ...["error-0002", "error-1002"].flatMap((code) => [
    [passkey(code, "no answer from the cloud"), "unreachable"],
    [passkey(code, "no answer: TypeError: Failed to fetch"), "unreachable"],
    [passkey(code, "Failed to fetch"), "unreachable"],
    [passkey(code, "NetworkError when attempting to fetch resource."), "unreachable"],
    [passkey(code, "TypeError: cancelled"), "unreachable"],
    [passkey(code, "Load failed"), "unreachable"],
    [passkey(code, "no answer (TypeError: Failed to fetch); the outcome is unknown"), "connectionLost"],
    [passkey(code, "the outcome is unknown: no answer"), "connectionLost"],
    [passkey(code, "HTTP 503; the outcome is unknown"), "outcomeUnknown"],
    [passkey(code, "HTTP 409: refused; the outcome is unknown"), "outcomeUnknown"],
    [passkey(code, "HTTP 403: the cloud refused it: unknown authenticator"), "refused"],
    [passkey(code, "refused: there was no answer from the authenticator"), "refused"],
    [passkey(code, "no answer: connection refused"), "unreachable"],
    [passkey(code, "HTTP 418"), "generic"],
  ]),
  ...["error-0099", "error-1099"].flatMap((code) => [
    [passkey(code, "the module crashed; the outcome is unknown"), "outcomeUnknown"],
    [passkey(code, "the module crashed: TypeError: x is no function"), "ours"],
    [passkey(code, "settings.baseUrl is not https"), "ours"],
    [passkey(code, ["the outcome is unknown"]), "ours"],
    [passkey(code, undefined), "ours"],
  ]),
  // Successes and the shapes of push and TOTP.
  [{ success: true, code: { statusCode: "success-authentication", message: "…" }, token: "t" }, "approved"],
  [{ success: true, code: { statusCode: "success-registration", message: "…" }, token: "t" }, "registered"],
  [{ statusCode: "error-0005", message: "WebAuthn is not supported by this browser." }, "unsuitableBrowser"],
  [{ statusCode: "success-registration", message: "…" }, "registered"],
  [{ status: "approved", token: "t" }, "approved"],
  [{ status: "access_denied" }, "declined"],
  [{ status: "timeout" }, "phoneSilent"],
  [{ status: "expired_token" }, "expired"],
  [{ status: "cancelled" }, "ended"],
  [{ status: "error" }, "generic"],
  [{ status: "error", error: "connection_failed" }, "unreachable"],
  [{ status: "error", error: "network_timeout" }, "unreachable"],
  [{ status: "error", error: "something else" }, "generic"],
  [{ success: true, token: "t", remaining: 3 }, "approved"],
  [{ success: true, token: "t" }, "approved"],
  [{ success: false, error: "invalid_code", remaining: 2 }, "wrongCode"],
  [{ success: false, error: "invalid_code", remaining: 0 }, "tooManyCodes"],
  [{ success: false, error: "too_many_retries", remaining: 0 }, "tooManyCodes"],
  [{ success: false, error: "connection_failed" }, "unreachable"],
  [{ success: false, error: "access_denied" }, "declined"],
  [{ success: false, error: "timeout" }, "phoneSilent"],
];

test("the_cause_is_read_from_the_result", () => {
  for (const [outcome, cause] of CAUSES) assertCause(outcome, cause);
});

test("a_result_says_the_same_as_its_code_where_the_message_tells_no_more", () => {
  for (const [code, cause] of Object.entries(CODES)) {
    const success = cause === "approved" || cause === "registered";
    assertCause({ success, code: { statusCode: code, message: "…" }, message: "nothing of note" }, cause);
    assertCause({ status: code }, cause);
    if (!success) assertCause({ success: false, error: code }, cause);
  }
});

test("no_contradictory_or_incomplete_result_reads_as_approved", () => {
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

/** Gives `globalThis` a member for one test; `undefined` takes it away. */
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

test("the_language_is_the_argument_then_the_page_then_the_browser_then_english", () => {
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
    // Unknown, empty or no text: the page's own language.
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
    // A page in none of the four, or without a language: the browser's, in its order.
    [undefined, "pt-BR", ["it-IT", "de"], "it"],
    [undefined, "", ["rm-CH", "de-CH", "fr"], "de"],
    [undefined, undefined, ["fr"], "fr"],
    ["ja", "ja", ["ja", "en-US"], "en"],
    [undefined, undefined, [null, 4, "it"], "it"],
    // None of all: English.
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

test("a_page_or_browser_that_throws_when_asked_leaves_english", () => {
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

// ---- Whatever a page hands over ----

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
    "ours",
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

test("anything_else_gets_the_generic_words", () => {
  for (const odd of oddValues()) {
    const { title } = explain(odd, "it");
    assert.equal(title, words.generic.it[0], typeof odd);
  }
});

test("no_value_in_any_place_makes_it_throw", () => {
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

test("a_getter_that_throws_in_any_member_is_survived", () => {
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

test("a_polluted_object_prototype_makes_no_code_of_a_word", () => {
  Object.prototype.surprise = "approved";
  try {
    assertCause("surprise", "generic");
    assertCause(prompt("surprise"), "generic");
    assertCause(creation("surprise"), "generic");
  } finally {
    delete Object.prototype.surprise;
  }
});

test("every_call_gives_an_object_of_its_own_that_the_page_may_change", () => {
  const first = explain("approved", "en");
  first.title = "changed";
  delete first.advice;
  assertExplanation(explain("approved", "en"));
  assert.equal(explain("approved", "en").title, words.approved.en[0]);
});

test("a_result_is_only_read_never_changed", () => {
  for (const [outcome] of CAUSES) {
    const before = JSON.stringify(outcome);
    explain(Object.freeze(outcome), "fr");
    assert.equal(JSON.stringify(outcome), before);
  }
});

// ---- The entry ----

test("importing_does_nothing_and_exports_explain_alone", async () => {
  const touched = () => assert.fail("touched at import");
  replaceGlobal("document", { get: touched });
  replaceGlobal("navigator", { get: touched });
  const before = Reflect.ownKeys(globalThis);
  const fresh = await import("../../js/explain.js?fresh");
  assert.deepEqual(Reflect.ownKeys(globalThis), before);
  assert.notEqual(fresh.explain, explain);
  assert.deepEqual(Object.keys(entry), ["explain"]);
});

test("the_types_name_every_code_and_give_every_name_an_example", async () => {
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
