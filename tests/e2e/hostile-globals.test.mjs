// With globals patched one at a time and in pairs, before and after the package loads, each call works or resolves to a
// documented code.
//
// GLOBALS_SINGLES and GLOBALS_PAIRS are the numbers of patches and of pairs (12 and 8 by default; Infinity singles are all);
// GLOBALS_SEED chooses them.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { readVariable } from "../../scripts/environment.mjs";
import { bundle, openBlankPage } from "./support/blank-page.mjs";
import { launchBrowser } from "./support/browser.mjs";
import { readsOfPackage, readsOfRust, readsOfScript } from "./support/hostile/reads.mjs";
import { TEXTS } from "./support/result-table.mjs";

const SINGLES = readVariable("GLOBALS_SINGLES");
const PAIRS = readVariable("GLOBALS_PAIRS");
const SEED = readVariable("GLOBALS_SEED");
/** The number of frames per slice. */
const SLICE = 25;

/** Patches that break promises, arrays or aborts for any code: excluded. */
const UNANSWERABLE = [
  // Promises that never settle, or throw, and none at all.
  /^Promise (throwing|doing|absent)/,
  /^Promise\.(prototype\.(then|catch)|resolve) (?!wrapped)/,
  /^queueMicrotask (?!wrapped)/,
  // Aborts without effect.
  /^AbortController\.prototype\.abort (?!wrapped)/,
  /^EventTarget\.prototype\.(add|remove)EventListener (?!wrapped)/,
  /^(clearTimeout|DOMException) (?!wrapped)/,
  // No symbols, or no Object.defineProperty: the client of push and TOTP cannot be constructed.
  /^(Symbol (is|has)|Object (throwing|doing|absent))/,
  // Broken strings, and arrays, sets and objects that lose what is added.
  /^TextDecoder\.prototype\.decode doing nothing/,
  /^JSON\.parse (doing|gives) nothing/,
  /^(Array\.prototype\.push|Set\.prototype\.(add|delete)|Object\.(create|defineProperty|keys)) (?!wrapped)/,
  /^String\.(prototype\.(charCodeAt|includes|replace)|fromCharCode) (?!wrapped)/,
  /^(RegExp\.prototype\.(test|exec)|URL) (?!wrapped)/,
  /^(Object|Array)\.prototype\.0 has a (getter|setter)/,
  /^an array's iterator (throws|ends)/,
  // Property descriptors inherit these: then no code can define a property.
  /^Object\.prototype\.(get|set|value|writable|enumerable|configurable) /,
];

/** Failed before, so always included. */
const ONCE_WORSE = [
  // A result was built by assignment, which setters intercept.
  /^Object\.prototype\.(success|code|token|message|statusCode) has a setter/,
  // Objects of the package inherited properties.
  /^Object\.prototype\.calls has a (setter|getter)/,
  /^Object\.prototype\.isOpen (has a value|is a function)/,
  /^Object\.prototype\.(onProgress|signal) has a getter/,
  // The client of push and TOTP inherited options.
  /^Object\.prototype\.(logger|routes|requestTimeout) has a value/,
  // Unreadable JSON led to no result; a race that threw left an unhandled rejection.
  /^JSON\.parse (throwing|absent)/,
  /^Promise\.race (throwing|doing nothing|absent)/,
  // support() read it unguarded.
  /^navigator\.credentials throws/,
  // The slot that copies of the package share was named while the package loaded.
  /^Symbol\.for (throwing|absent)/,
  // With it, a prompt that another call ended went before the user's consent.
  /^Promise wrapped/,
  // Autofill started one approval after the other, without a pause.
  /^(Date\.now|Math\.(min|random)) doing nothing/,
  /^Date\.now gives text/,
  // It could not be created.
  /^(AbortController|Object\.assign) (throwing|absent)/,
];

/** A linear congruential generator, so that a failure can be replayed. */
const createRandom = (seed) => {
  let state = seed >>> 0;
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
};

const isOneOf = (patterns) => (name) => patterns.some((pattern) => pattern.test(name));

let browser, options, names;

const open = () => openBlankPage(browser, options);

before(async () => {
  browser = await launchBrowser();
  options = {
    scripts: {
      "/page.js": await bundle("hostile/patching.mjs"),
      "/patches.js": await bundle("hostile/patches.mjs"),
      "/frame.js": await bundle("hostile/patched-frame.mjs"),
    },
    documents: {
      "/": '<script type="module" src="/page.js"></script>',
      "/frame": ["/patches.js", "/frame.js"].map((src) => `<script type="module" src="${src}"></script>`).join(""),
    },
  };
  const opened = await open();
  const all = await opened.page.evaluate(() => patching.names());
  await opened.close();
  names = all.filter((name) => !isOneOf(UNANSWERABLE)(name));
});
after(() => browser?.close());

/** Tries combinations of patches, slice by slice. Returns the count of each outcome. */
const tryAll = async (t, combinations, when) => {
  const flaws = [];
  const spread = {};
  for (let start = 0; start < combinations.length; start += SLICE) {
    const opened = await open();
    try {
      const slice = combinations.slice(start, start + SLICE);
      const seen = await opened.page.evaluate((given) => patching.run(...given), [slice, when, TEXTS]);
      flaws.push(...seen.flaws);
      for (const [outcome, times] of Object.entries(seen.spread)) spread[outcome] = (spread[outcome] ?? 0) + times;
    } finally {
      await opened.close();
    }
  }
  const text = flaws.map(([patches, flaw]) => `${patches.join(" + ")}: ${flaw}`).join("\n");
  assert.ok(!flaws.length, `GLOBALS_SEED=${SEED}, patched ${when} loading:\n${text}`);
  const parts = Object.entries(spread).sort(([, one], [, other]) => other - one);
  t.diagnostic(`${combinations.length}: ${parts.map(([outcome, times]) => `${outcome} ${times}`).join(", ")}`);
  return spread;
};

test("each global that the code reads, and that a page can replace, is patched", async (t) => {
  const opened = await open();
  t.after(() => opened.close());
  const { replaceable, unpatched } = await opened.page.evaluate(
    (reads) => patching.unpatched(reads),
    await readsOfPackage(),
  );
  assert.deepEqual(unpatched, []);
  // The derivation finds reads of every kind: of JavaScript, the glue, Rust, and by destructuring.
  for (const path of ["performance.now", "fetch", "navigator.userAgent", "EventTarget.prototype.addEventListener"])
    assert.ok(replaceable.includes(path), path);
});

test("reads of a global are found in whatever form they are written", () => {
  const code = `
    import { imported } from "./other.js";
    const own = 1;
    function named(parameter, { inner } = {}) { return own + parameter + inner + imported + arguments.length; }
    export const read = async (list) => {
      try { named(own); } catch (error) { list.push(error); }
      const { one, two: renamed } = first.prototype ?? {};
      return [typeof second, third?.member.deep(), globalThis.fourth?.["quoted"], new fifth(), \`\${sixth}\`, renamed, one,
        { key: seventh, eighth }, ninth[list], Reflect.apply(tenth.method.call)];
    };`;
  assert.deepEqual([...readsOfScript(code)].sort(), [
    ...["Reflect", "Reflect.apply", "eighth", "fifth", "first", "first.prototype", "first.prototype.one"],
    ...["first.prototype.two", "fourth", "fourth.quoted", "ninth", "second", "seventh", "sixth", "tenth"],
    ...["tenth.method", "third", "third.member", "third.member.deep"],
  ]);
  assert.deepEqual(readsOfRust('fn one() { read(&global("navigator")?, "userAgent") }\npub fn global(name: &str) {}'), [
    { name: "navigator", names: ["userAgent"] },
  ]);
  assert.throws(() => readsOfRust("fn one() { global(name) }"), /only a literal name/);
});

const sample = (list, count, random) =>
  count >= list.length ? list : Array.from({ length: count }, () => list[random(list.length)]);

for (const when of ["before", "after"])
  describe(`globals patched ${when} the package loads`, () => {
    test("one at a time: each call resolves as documented", async (t) => {
      const chosen = sample(names, SINGLES, createRandom(SEED));
      await tryAll(
        t,
        chosen.map((name) => [name]),
        when,
      );
    });

    test("one at a time: those that failed before", async (t) => {
      const chosen = names.filter(isOneOf(ONCE_WORSE)).map((name) => [name]);
      assert.ok(chosen.length >= ONCE_WORSE.length);
      await tryAll(t, chosen, when);
    });

    test("in pairs: each call resolves as documented", async (t) => {
      const random = createRandom(SEED);
      const pairs = Array.from({ length: PAIRS }, () => [...sample(names, 1, random), ...sample(names, 1, random)]);
      await tryAll(t, pairs, when);
    });

    test("by wrappers that keep the behavior: the ceremonies succeed", async (t) => {
      const wrapped = names.filter((name) => / wrapped$/.test(name));
      const before = wrapped.filter(isOneOf(ONCE_WORSE));
      const chosen = [...new Set([...before, ...sample(wrapped, SINGLES, createRandom(SEED))])].map((name) => [name]);
      const spread = await tryAll(t, chosen, when);
      assert.equal(spread["success-authentication"], 2 * chosen.length);
      assert.equal(spread["success-registration"], 2 * chosen.length);
    });
  });
