// What the texts of `explain` promise to the user who reads them.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { CAUSES, SILENT } from "../../js/cause-tables.js";
import { explain } from "../../js/explain.js";
import { words } from "../../js/explain-words.js";
import { CODES, LANGUAGES, OF_CODES, SHARING, textsOf } from "./explain-codes.mjs";

const KEYS = Object.keys(words.en);

/** Each text: `[language, key, { title, advice }]`. */
const TEXTS = LANGUAGES.flatMap((language) => KEYS.map((key) => [language, key, words[language][key]]));

const NEXTS = Object.entries(CAUSES).flatMap(([next, causes]) => causes.split(" ").map((cause) => [cause, next]));

test("every language has the same texts, in the same order", () => {
  assert.deepEqual(Object.keys(words), LANGUAGES);
  for (const language of LANGUAGES) assert.deepEqual(Object.keys(words[language]), KEYS, language);
});

test("each cause has texts of its own, or is known to share them", () => {
  const shared = new Set(Object.values(SHARING));
  for (const [cause] of NEXTS) assert.ok(KEYS.includes(textsOf(cause)), cause);
  for (const key of KEYS) {
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
    const { advice } = words.en[key];
    assert.match(advice, must, `${name}: ${next}`);
    assert.doesNotMatch(advice, mustNot, `${name}: ${next}`);
  }
});

/** What tells a user to try again, or to start again. */
const AGAIN = {
  de: /noch einmal|erneut|von vorn|neu beginnen/i,
  fr: /réessayer|recommencer/i,
  it: /riprov|ricominci/i,
  es: /de nuevo|volver a|vuelva a/i,
  pt: /novamente|de novo|outra vez/i,
};

test("no other language advises to try again where English does not", () => {
  for (const [language, key, { advice }] of TEXTS)
    if (language !== "en")
      assert.equal(
        AGAIN[language].test(advice),
        /(?:try|start) again/i.test(words.en[key].advice),
        `${key} in ${language}`,
      );
});

test("a call that was ended claims nothing about the transaction: outcome() may have been asking for one that was approved", () => {
  for (const cause of ["aborted", "superseded"])
    assert.doesNotMatch(Object.values(words.en[cause]).join(" "), /nothing|\bno\b|\bnot\b|confirmed|approved/i, cause);
});

test("where the page shows no error, nothing sounds like one", () => {
  for (const cause of SILENT.split(" "))
    assert.doesNotMatch(
      Object.values(words.en[cause]).join(" "),
      /wrong|fail|error|problem|sorry|fault|invalid|not accepted/i,
      cause,
    );
});

test("a title is short, an advice has one or two sentences", () => {
  for (const [language, key, { title, advice, ...rest }] of TEXTS) {
    const where = `${key} in ${language}`;
    assert.deepEqual(rest, {}, where);
    assert.ok(title.length >= 5 && title.length <= 60, `${where}: title of ${title.length}`);
    assert.ok(advice.length >= 30 && advice.length <= 160, `${where}: advice of ${advice.length}`);
    assert.match(title, /^\p{Lu}.*[^.!?]$/u, where);
    assert.match(advice, /^\p{Lu}.*\.$/u, where);
    assert.ok(advice.match(/[.!?](?=\s|$)/g).length <= 2, `${where}: sentences`);
    assert.doesNotMatch(`${title} ${advice}`, /\s\s|["'<>&;:!?¡¿]|\s[.,]/, where);
  }
});

test("no two causes have the same text", () => {
  for (const language of LANGUAGES) {
    for (const part of ["title", "advice"]) {
      const texts = KEYS.map((key) => words[language][key][part]);
      assert.equal(new Set(texts).size, texts.length, language);
    }
  }
});

test("no text contains a code, an exception or jargon", () => {
  // `approved` and `cancelled` are words of English as well as codes; every other code is not.
  const codes = Object.keys(CODES).filter((code) => !["approved", "cancelled"].includes(code));
  const jargon =
    /\d|_|[a-z]Error\b|web-?authn|fido|token|credential|assertion|attestation|challenge|\brp\b|relying|totp|ciba|oauth|\bpush\b|http|\bapi\b|cloud|server|serveur|servidor|credenci|exception|excep|ausnahme|\bnull\b|undefined|timeout|iframe|javascript|authenticat/i;
  for (const [language, key, { title, advice }] of TEXTS)
    for (const text of [title, advice]) {
      assert.doesNotMatch(text, jargon, `${key} in ${language}`);
      for (const code of codes)
        assert.doesNotMatch(text, new RegExp(`(?<![\\p{L}])${code}(?![\\p{L}])`, "iu"), `${key} in ${language}`);
    }
});

/** A pattern that matches any of these as a whole word. `\b` knows no letters with accents. */
const anyWord = (list) => new RegExp(`(?<!\\p{L})(?:${list.split(" ").join("|")})(?!\\p{L})`, "iu");

function assertWithout(patterns) {
  for (const [language, key, { title, advice }] of TEXTS)
    if (patterns[language]) assert.doesNotMatch(`${title} ${advice}`, patterns[language], `${key} in ${language}`);
}

test("users are addressed formally", () => {
  assertWithout({
    de: anyWord("du dich dir dein deine deinem deinen deiner euch euer versuch wähle warte öffne prüfe beginne"),
    fr: anyWord("tu te toi ton ta tes essaie réessaie choisis vérifie ouvre attends"),
    it: anyWord("tu ti tuo tua tuoi tue riprova controlla apri scegli attendi inserisci chiudi ricomincia"),
    es: anyWord(
      "tú tu tus ti te vosotros os vuestro elige inténtalo espera escribe abre revisa cierra empieza puedes tienes",
    ),
    pt: anyWord("tu te ti teu tua teus tuas vós vosso tenta escolhe aguarda abre verifica fecha começa podes tens"),
  });
});

test("each language has one spelling: Switzerland's German, Brazil's Portuguese, Spanish of both sides of the Atlantic", () => {
  assertWithout({
    de: /ß/,
    es: anyWord("ordenador computadora móvil celular pulse ingrese introduzca clave"),
    pt: anyWord("telemóvel ecrã utilizador palavra-passe contacto contacte ligação registo aplicação ficheiro guardar"),
  });
});

test("passkey and screen lock have the words of the platforms, which docs/words.md lists", async () => {
  const table = await readFile(new URL("../../docs/words.md", import.meta.url), "utf8");
  const platform = {
    en: ["passkey", "screen lock"],
    de: ["Passkey", "Displaysperre"],
    fr: ["clé d’accès", "verrouillage de l’écran"],
    it: ["passkey", "blocco schermo"],
    es: ["llave de acceso", "bloqueo de pantalla"],
    pt: ["chave de acesso", "bloqueio de tela"],
  };
  for (const [language, [passkey, lock]] of Object.entries(platform)) {
    for (const key of ["registered", "alreadyRegistered"])
      assert.ok(words[language][key].title.toLowerCase().includes(passkey.toLowerCase()), `${key} in ${language}`);
    assert.ok(words[language].noCredential.advice.includes(passkey), language);
    assert.ok(words[language].unsuitableDevice.advice.includes(lock), language);
    const row = table.split("\n").find((line) => line.startsWith(`| \`${language}\` |`));
    for (const term of [passkey, lock]) assert.ok(row?.includes(term), `${term} in docs/words.md`);
  }
});

test("docs/words.md has every key with its text in English, to translate from", async () => {
  const page = await readFile(new URL("../../docs/words.md", import.meta.url), "utf8");
  const [, table] = /^## The keys$(.*?)^## /ms.exec(page);
  const rows = [...table.matchAll(/^\| `(\w+)` \| (.*) \| (.*) \|$/gm)];
  assert.deepEqual(
    Object.fromEntries(rows.map(([, key, title, advice]) => [key, { title, advice }])),
    Object.fromEntries(KEYS.map((key) => [key, words.en[key]])),
  );
});

test("the text for a locked account says how long to wait, in every language", () => {
  const quarter = {
    en: "fifteen minutes",
    de: "fünfzehn Minuten",
    fr: "quinze minutes",
    it: "quindici minuti",
    es: "quince minutos",
    pt: "quinze minutos",
  };
  for (const [language, time] of Object.entries(quarter))
    assert.ok(explain("temporarily_locked", language).advice.includes(time), language);
});
