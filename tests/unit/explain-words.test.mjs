// What the texts of `explain` promise to the user who reads them.

import assert from "node:assert/strict";
import { test } from "node:test";

import { CAUSES, SILENT } from "../../js/cause-tables.js";
import { explain } from "../../js/explain.js";
import { words } from "../../js/explain-words.js";
import { CODES, LANGUAGES, OF_CODES, SHARING, textsOf } from "./explain-codes.mjs";

const NEXTS = Object.entries(CAUSES).flatMap(([next, causes]) => causes.split(" ").map((cause) => [cause, next]));

test("each cause has texts of its own, or is known to share them", () => {
  const shared = new Set(Object.values(SHARING));
  for (const [cause] of NEXTS) assert.ok(Object.hasOwn(words, textsOf(cause)), cause);
  for (const key of Object.keys(words)) {
    const isOfCause = NEXTS.some(([cause]) => cause === key);
    assert.ok(isOfCause ? !Object.hasOwn(SHARING, key) : shared.has(key) || Object.hasOwn(OF_CODES, key), key);
  }
});

/** By what a page does next: what the advice in English must say, and what it must not. */
const RULES = {
  none: [/carry on|continue/i, /again|another way/i],
  retry: [/try again|enter the digits/i, /from the beginning|before you/i],
  otherWay: [/another way|use the passkey you have/i, /again|from the beginning|later/i],
  fixCode: [/not your fault.*contact us/i, /again|later|from the beginning/i],
  newTransaction: [/start again from the beginning/i, /try again/i],
  checkOutcome: [/check .*before you (?:try|start) again/i, /(?<!before you )(?:try|start) again/i],
};

test("an advice fits what the page does next: trying again only where it can help", () => {
  const rows = NEXTS.map(([cause, next]) => [cause, textsOf(cause), next]);
  for (const [key, cause] of Object.entries(OF_CODES)) rows.push([key, key, NEXTS.find(([name]) => name === cause)[1]]);
  for (const [name, key, next] of rows) {
    const [must, mustNot] = RULES[next];
    const [, advice] = words[key].en;
    assert.match(advice, must, `${name}: ${next}`);
    assert.doesNotMatch(advice, mustNot, `${name}: ${next}`);
  }
});

/** What tells a user to try again, or to start again. */
const AGAIN = {
  de: /noch einmal|erneut|von vorn|neu beginnen/i,
  fr: /réessayer|recommencer/i,
  it: /riprov|ricominci/i,
};

test("no other language advises to try again where English does not", () => {
  for (const [key, texts] of Object.entries(words))
    for (const [language, pattern] of Object.entries(AGAIN))
      assert.equal(pattern.test(texts[language][1]), /(?:try|start) again/i.test(texts.en[1]), `${key} in ${language}`);
});

test("a call that was ended claims nothing about the transaction: outcome() may have been asking for one that was approved", () => {
  for (const cause of ["aborted", "superseded"])
    assert.doesNotMatch(words[cause].en.join(" "), /nothing|\bno\b|\bnot\b|confirmed|approved/i, cause);
});

test("where the page shows no error, nothing sounds like one", () => {
  for (const cause of SILENT.split(" "))
    assert.doesNotMatch(words[cause].en.join(" "), /wrong|fail|error|problem|sorry|fault|invalid|not accepted/i, cause);
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

test("the text for a locked account says how long to wait, in every language", () => {
  const quarter = { en: "fifteen minutes", de: "fünfzehn Minuten", fr: "quinze minutes", it: "quindici minuti" };
  for (const [language, time] of Object.entries(quarter))
    assert.ok(explain("temporarily_locked", language).advice.includes(time), language);
});
