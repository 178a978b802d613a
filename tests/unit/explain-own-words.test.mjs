// What `explain` promises to a page that has words of its own.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { explain } from "../../js/explain.js";
import { words as builtIn } from "../../js/explain-words.js";
import { CODES, LANGUAGES, SHARING } from "./explain-codes.mjs";

const text = (name) => ({ title: `Title of ${name}`, advice: `Advice of ${name}.` });

const KEYS = Object.keys(builtIn.en);
/** A text for each key, which names its set. */
const setOf = (name, keys = KEYS) => Object.fromEntries(keys.map((key) => [key, text(`${key} in ${name}`)]));

const titleOf = (outcome, language, words) => explain(outcome, { language, words }).title;

const environment = ["document", "navigator"].map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)]);

/** The page's language and the browser's, for one test. */
function setLanguages(lang, languages) {
  Object.defineProperty(globalThis, "document", { configurable: true, value: { documentElement: { lang } } });
  Object.defineProperty(globalThis, "navigator", { configurable: true, value: { languages } });
}

afterEach(() => {
  for (const [name, descriptor] of environment)
    if (descriptor) Object.defineProperty(globalThis, name, descriptor);
    else delete globalThis[name];
});

// ---- Single texts ----

test("a text of the page replaces the built-in one of its language and key, and no other", () => {
  for (const language of LANGUAGES)
    for (const [code, [cause, key]] of Object.entries(CODES)) {
      const shown = key ?? SHARING[cause] ?? cause;
      const words = { [language]: { [shown]: text("the page") } };
      assert.deepEqual(explain(code, { language, words }), { ...text("the page"), cause }, `${code} in ${language}`);
      for (const other of LANGUAGES)
        if (other !== language)
          assert.deepEqual(explain(code, { language: other, words }), explain(code, other), `${code} in ${other}`);
      const rest = {
        [language]: setOf(
          "the page",
          KEYS.filter((name) => name !== shown),
        ),
      };
      assert.deepEqual(explain(code, { language, words: rest }), explain(code, language), `${code} in ${language}`);
    }
});

test("a cause without a built-in text of its own may have one of the page's, which comes before the shared one", () => {
  for (const [code, [cause]] of Object.entries(CODES).filter(([, [name]]) => Object.hasOwn(SHARING, name))) {
    const words = { en: { [cause]: text("the cause"), [SHARING[cause]]: text("the shared key") } };
    assert.equal(titleOf(code, "en", words), "Title of the cause", code);
    delete words.en[cause];
    assert.equal(titleOf(code, "en", words), "Title of the shared key", code);
  }
});

test("what a code says beyond its cause is not replaced by the text of the cause", () => {
  const words = { en: { unreachable: text("the cause"), too_many_retries: text("the cause") } };
  for (const outcome of ["http_429", "slow_down", "server_error", "http_503"])
    assert.equal(titleOf(outcome, "en", words), explain(outcome, "en").title, outcome);
  const inCheck = { success: false, error: "too_many_retries", remaining: 2 };
  assert.equal(titleOf(inCheck, "en", words), builtIn.en.codesInCheck.title);
  assert.equal(titleOf("connection_failed", "en", words), "Title of the cause");
  assert.equal(titleOf("too_many_retries", "en", words), "Title of the cause");
});

// ---- Languages ----

test("the most specific language of the page that is the tag's comes first, then the less specific, then the built-in", () => {
  const words = {
    pt: setOf("pt"),
    "pt-PT": setOf("pt-PT", ["timeout"]),
    de: setOf("de", ["timeout"]),
    "de-CH": setOf("de-CH", ["refused"]),
    "de-CH-1996": setOf("de-CH-1996", ["refused"]),
    nl_be: setOf("nl-BE"),
    "zh-Hant": setOf("zh-Hant"),
  };
  for (const [code, language, expected] of [
    ["timeout", "pt", "timeout in pt"],
    ["timeout", "pt-BR", "timeout in pt"],
    ["timeout", "pt-PT", "timeout in pt-PT"],
    ["timeout", "PT_pt", "timeout in pt-PT"],
    ["timeout", "pt-PT-x-formal", "timeout in pt-PT"],
    ["access_denied", "pt-PT", "access_denied in pt"],
    ["timeout", "de-CH", "timeout in de"],
    ["timeout", "de-CH-1996", "timeout in de"],
    ["timeout", "nl-BE", "timeout in nl-BE"],
    ["timeout", "zh-Hant-TW", "timeout in zh-Hant"],
  ])
    assert.equal(titleOf(code, language, words), `Title of ${expected}`, `${code} in ${language}`);
  const refused = { success: false, code: { statusCode: "error-0002" }, message: "Rejected by the server: HTTP 403" };
  assert.equal(titleOf(refused, "de-CH", words), "Title of refused in de-CH");
  assert.equal(titleOf(refused, "de-CH-1996", words), "Title of refused in de-CH-1996");
  assert.equal(titleOf(refused, "de-AT", words), builtIn.de.refused.title);
  // A part of a subtag is none, and a language of one country is not that of all.
  for (const language of ["pta", "pt1-PT", "nl", "nl-NL", "zh", "zh-Hans"])
    assert.equal(titleOf("timeout", language, words), builtIn.en.timeout.title, language);
});

test("the page's languages are found in the page and in the browser, too", () => {
  const words = { nl: setOf("nl"), "fr-CA": setOf("fr-CA") };
  setLanguages("nl-BE", ["it"]);
  assert.equal(titleOf("timeout", undefined, words), "Title of timeout in nl");
  assert.equal(titleOf("timeout", "rm", words), "Title of timeout in nl");
  assert.equal(titleOf("timeout", "it", words), builtIn.it.timeout.title);
  setLanguages("", ["rm-CH", "fr-CA", "nl"]);
  assert.equal(titleOf("timeout", undefined, words), "Title of timeout in fr-CA");
});

test("a text that a further language lacks is taken from the next language, English at the end", () => {
  const words = { nl: setOf("nl", ["timeout"]), en: setOf("en", ["access_denied"]) };
  assert.equal(titleOf("access_denied", "nl", words), "Title of access_denied in en");
  assert.equal(titleOf("approved", "nl", words), builtIn.en.approved.title);
  setLanguages("nl", ["nl-NL", "de"]);
  assert.equal(titleOf("timeout", undefined, words), "Title of timeout in nl");
  assert.equal(titleOf("approved", undefined, words), builtIn.de.approved.title);
});

// ---- Anything else ----

function revoked(target = {}) {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

const throwing = () => {
  throw new Error("hostile");
};

const getter = (name, get) => Object.defineProperty({}, name, { enumerable: true, get });

const ODDS = [
  ...[null, true, 7, 1n, "", "timeout", Symbol("odd"), () => ({}), [], ["timeout"], new Map([["title", "x"]])],
  ...[new String("title"), new Date(NaN), Object.create(null), globalThis, revoked(), revoked([])],
  new Proxy({}, { get: throwing }),
  new Proxy({}, { ownKeys: throwing }),
  new Proxy({}, { get: (_, _name, self) => self }),
  new Proxy({}, { ownKeys: () => ["de"], getOwnPropertyDescriptor: () => ({ configurable: true, enumerable: true }) }),
  { toString: throwing, [Symbol.toPrimitive]: throwing },
];

test("words that are not of the documented form count as missing, and nothing makes it throw", () => {
  const expected = explain("timeout", "de");
  const check = (words) => assert.deepEqual(explain("timeout", { language: "de", words }), expected);
  for (const odd of ODDS) {
    check(odd);
    check({ de: odd });
    check({ "de-CH": odd, DE: odd });
    check({ de: { timeout: odd } });
    if (typeof odd !== "string") {
      check({ de: { timeout: { title: odd, advice: "Advice." } } });
      check({ de: { timeout: { title: "Title", advice: odd } } });
    }
    // A good one beside it is still found.
    const words = { "de-CH": odd, "de-CH-x": { timeout: odd }, de: { timeout: text("de") } };
    assert.equal(titleOf("timeout", "de-CH-x", words), "Title of de");
    assert.deepEqual(Object.keys(explain("timeout", odd)), ["title", "advice", "cause"]);
    assert.deepEqual(Object.keys(explain(odd, { language: odd, words: odd })), ["title", "advice", "cause"]);
  }
  check(getter("de", throwing));
  check({ de: getter("timeout", throwing) });
  check({ de: { timeout: Object.assign(getter("title", throwing), { advice: "Advice." }) } });
  // Each option alone.
  assert.deepEqual(explain("timeout", Object.assign(getter("words", throwing), { language: "de" })), expected);
  const words = { en: { timeout: text("en") } };
  assert.equal(explain("timeout", Object.assign(getter("language", throwing), { words })).title, "Title of en");
});

test("a text without a title or an advice counts as missing: the two are never of different texts", () => {
  for (const incomplete of [{ title: "Title" }, { advice: "Advice." }, { title: "", advice: "Advice." }, {}])
    assert.deepEqual(
      explain("timeout", { language: "it", words: { it: { timeout: incomplete } } }),
      explain("timeout", "it"),
    );
});

test("a getter of a text is read once, so that what was checked is what is returned", () => {
  let reads = 0;
  const once = Object.assign(
    getter("title", () => (reads++ ? throwing() : "Title")),
    { advice: "Advice." },
  );
  const { title } = explain("timeout", { language: "de", words: { de: { timeout: once } } });
  assert.equal(title, "Title");
  assert.equal(reads, 1);
});

test("the words are left as they are, and the explanation is a new object", () => {
  const words = Object.freeze({ nl: Object.freeze({ timeout: Object.freeze(text("nl")) }) });
  const first = explain("timeout", { language: "nl", words });
  assert.notEqual(first, explain("timeout", { language: "nl", words }));
  first.title = "changed";
  assert.equal(titleOf("timeout", "nl", words), "Title of nl");
});
