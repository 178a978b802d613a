// For generated arguments and responses, every call resolves as documented.
//
// HOSTILE_CASES is the number of cases in hundreds (28 by default: 2,800 in total); HOSTILE_SEED is the first seed. A failure
// prints the seed of its slice, which replays it first.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { readVariable } from "../../scripts/environment.mjs";
import { useBlankPage } from "./support/blank-page.mjs";
import { WILLING } from "./support/browser.mjs";
import { CEREMONIES, TEXTS } from "./support/result-table.mjs";

const PERCENT = readVariable("HOSTILE_CASES");
const SEED = readVariable("HOSTILE_SEED");
/** The number of cases per slice. */
const SLICE = 250;
/** The number of slices per page: some cases leave a lot of garbage. */
const SLICES_PER_PAGE = 20;
/** The time limit of a slice in milliseconds; most take less than a second. */
const HANG = 180_000;

const openPage = useBlankPage("hostile/page.mjs");

const open = async ({ fallback = false, hasAuthenticator = false } = {}) => {
  const opened = await openPage({ fallback });
  if (hasAuthenticator) {
    const cdp = await opened.context.newCDPSession(opened.page);
    await cdp.send("WebAuthn.enable");
    await cdp.send("WebAuthn.addVirtualAuthenticator", { options: WILLING });
  }
  await opened.page.evaluate((given) => hostile.setUp(given), { texts: TEXTS, fallback, hasAuthenticator });
  return opened;
};

const within = (promise, what) => {
  let timer;
  const limit = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(what)), HANG);
  });
  return Promise.race([promise, limit]).finally(() => clearTimeout(timer));
};

/** Runs so many cases of a property, slice by slice. */
const play = async (t, name, count, options) => {
  let opened;
  const spread = {};
  t.after(() => opened?.close());
  for (let slice = 0; slice * SLICE < count; slice++) {
    if (slice % SLICES_PER_PAGE === 0) {
      await opened?.close();
      opened = await open(options);
    }
    const seed = SEED + slice;
    const size = Math.min(SLICE, count - slice * SLICE);
    const { flaw, seen } = await within(
      opened.page.evaluate(([of, given]) => hostile.run(of, given), [name, { seed, count: size }]),
      `HOSTILE_SEED=${seed}: ${name} keeps the page from answering`,
    );
    assert.ok(flaw === false, `HOSTILE_SEED=${seed}: ${name} ${flaw}`);
    assert.deepEqual(opened.errors, []);
    for (const [outcome, times] of Object.entries(seen)) spread[outcome] = (spread[outcome] ?? 0) + times;
  }
  const parts = Object.entries(spread).sort(([, one], [, other]) => other - one);
  t.diagnostic(
    `${count} cases from seed ${SEED}: ${parts.map(([outcome, times]) => `${outcome} ${times}`).join(", ")}`,
  );
  return spread;
};

describe("generated arguments, settings, credentials and responses lead to a documented result", () => {
  for (const [name, percent, what] of [
    ["authenticate", 34, "authenticate"],
    ["register", 34, "register"],
    ["configure", 4, "configure, and then all that the module has"],
    ["constructor", 4, "new CIBAClient, and then a call"],
    ["outcome", 8, "outcome"],
    ["method", 12, "the methods of the CIBA client, up to three at once"],
    ["explain", 4, "explain"],
  ])
    test(what, async (t) => {
      const spread = await play(t, name, percent * PERCENT);
      // The cases must reach every code; with WebAuthn except 05.
      if (["authenticate", "register"].includes(name) && PERCENT >= 28)
        for (const code of Object.keys(TEXTS))
          if (CEREMONIES[name].success === code || (code.startsWith(CEREMONIES[name].prefix) && !code.endsWith("5")))
            assert.ok(spread[code], `no case ended in ${code}`);
      if (name === "outcome" && PERCENT >= 28)
        for (const code of ["success-authentication", "success-registration", "error-0002", "error-1002", "error-0004"])
          assert.ok(spread[code], `no case ended in ${code}`);
      if (name === "explain" && PERCENT >= 28) assert.ok(spread["Own words."], "no case has words of the page");
    });
});

describe("likewise where the browser refuses WebAssembly", () => {
  for (const name of ["authenticate", "register"]) test(name, (t) => play(t, name, 4 * PERCENT, { fallback: true }));
});

describe("likewise with the browser's own WebAuthn and a virtual authenticator", () => {
  // The requested passkeys do not exist, so the browser refuses; creating passkeys works.
  for (const [name, code] of [
    ["authenticate", "error-0001"],
    ["register", "success-registration"],
  ])
    test(name, async (t) => {
      const spread = await play(t, name, PERCENT, { hasAuthenticator: true });
      if (PERCENT >= 28) assert.ok(spread[code], `no case ended in ${code}`);
    });
});
