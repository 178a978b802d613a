// Wherever the module traps, every pending call resolves, a new instance replaces the old one, which is not entered again.
//
// Every TRAPS-th entry into the module gets a trap: every fifth by default, each one with 1.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { readVariable } from "../../scripts/environment.mjs";
import { useBlankPage } from "./support/blank-page.mjs";
import { TEXTS } from "./support/result-table.mjs";

const STEP = readVariable("TRAPS");

const openPage = useBlankPage("hostile/trapping.mjs");

const open = async (t, { fallback = false, maximum } = {}) => {
  const opened = await openPage({ fallback });
  t.after(() => opened.close());
  await opened.page.evaluate((given) => trapping.setUp(given), { texts: TEXTS, fallback, maximum });
  return opened.page;
};

const isAnswer = (outcome) => !outcome.includes(" ");

for (const [entry, options, scenes] of [
  ["the module", {}, ["passkey", "consented", "ciba"]],
  ["the fallback", { fallback: true }, ["passkey", "consented"]],
])
  describe(`a trap at each entry into ${entry}, with two pending calls`, () => {
    for (const scene of scenes)
      test(`${scene}: both resolve, the next ones work, the old instance is not entered again`, async (t) => {
        const page = await open(t, options);
        const entries = await page.evaluate((of) => trapping.measure(of), scene);
        assert.ok(entries > 5, `${entries} entries`);
        // Few enough to try all of them.
        const step = scene === "ciba" ? 1 : STEP;
        const spread = {};
        let deaths = 0;
        for (let number = 1; number <= entries; number += step) {
          const seen = await page.evaluate((given) => trapping.playWithTrapAt(...given), [scene, number]);
          const at = `entry ${number} of ${entries}: ${JSON.stringify(seen)}`;
          assert.ok(seen.outcomes.every(isAnswer), at);
          assert.equal(seen.worksAgain, true, at);
          assert.equal(seen.touched, 0, at);
          assert.deepEqual(seen.errors, [], at);
          deaths += seen.deaths;
          for (const outcome of seen.outcomes) spread[outcome] = (spread[outcome] ?? 0) + 1;
        }
        assert.ok(deaths > 0);
        t.diagnostic(`${entries} entries, every ${step}. with a trap: ${JSON.stringify(spread)}`);
      });
  });

describe("no memory is left", () => {
  for (const [entry, options, limit] of [
    ["the module", { maximum: 8 }, undefined],
    ["the fallback", { fallback: true }, 3_000_000],
  ])
    for (const ceremony of ["authenticate", "register"])
      test(`${entry}, ${ceremony}: the call and the pending one resolve, and the next ones work`, async (t) => {
        const page = await open(t, options);
        const seen = await page.evaluate((given) => trapping.exhaust(given), { ceremony, limit });
        const text = JSON.stringify(seen);
        assert.ok(seen.outcomes.every(isAnswer), text);
        assert.match(seen.outcomes[1], /99$/, text);
        assert.equal(seen.worksAgain, true, text);
        assert.equal(seen.touched, 0, text);
        assert.deepEqual(seen.errors, [], text);
      });
});

describe("no stack is left", () => {
  for (const [entry, options, name] of [
    ["the module", {}, "passkey"],
    ["the module, after consent", {}, "consented"],
    ["the CIBA client", {}, "ciba"],
    ["the fallback", { fallback: true }, "passkey"],
  ])
    for (const step of [1, 20])
      test(`${entry}, every ${step} frames: a call throws in its caller or resolves, and the pending one resolves`, async (t) => {
        const page = await open(t, options);
        const seen = await page.evaluate((given) => trapping.callAtTheBrink(...given), [name, step]);
        const text = JSON.stringify(seen);
        assert.ok(seen.outcomes.every(isAnswer), text);
        assert.ok(step === 1 || seen.answered > 0, text);
        assert.equal(seen.worksAgain, true, text);
        assert.deepEqual(seen.errors, [], text);
        // What the cloud accepted is not lost.
        if (name === "consented") assert.equal(seen.other, "success-authentication", text);
        t.diagnostic(text);
      });

  for (const [entry, options] of [
    ["the module", {}],
    ["the fallback", { fallback: true }],
  ])
    for (const depth of [10_000, 1_000_000])
      test(`${entry}: values nested ${depth} deep are read no deeper than they are known`, async (t) => {
        const page = await open(t, options);
        const seen = await page.evaluate((of) => trapping.callWithDeepInput(of), depth);
        assert.ok(seen.outcomes.every(isAnswer), JSON.stringify(seen));
        assert.equal(seen.deaths, 0);
        assert.deepEqual(seen.errors, []);
      });
});
