// The suites of `npm run test:soak`: those of `npm test` with larger counts, and from a seed of their own.

import { run } from "../run.mjs";
import { nodeTest } from "../test/suites.mjs";

const endToEnd = (title, name, env) => ({
  title,
  noun: "soak",
  runner: /** @type {const} */ ("node"),
  run: () => nodeTest([`tests/e2e/${name}.test.mjs`], { flags: ["--test-concurrency=1"], env }),
});
const native = (title, filter, env) => ({
  title,
  noun: "soak",
  runner: /** @type {const} */ ("nextest"),
  run: () =>
    run("cargo", ["nextest", "run", "--locked", "--color=never", "--no-fail-fast", ...filter], { env, merge: true }),
});

/** @param {string} seed for everything that is generated */
export const soakSuites = (seed) => [
  endToEnd(`100,000 generated calls, seed ${seed}`, "hostile", { HOSTILE_CASES: "1000", HOSTILE_SEED: seed }),
  endToEnd(`Every patch of a global, and 500 pairs, seed ${seed}`, "hostile-globals", {
    GLOBALS_SINGLES: "Infinity",
    GLOBALS_PAIRS: "500",
    GLOBALS_SEED: seed,
  }),
  endToEnd("A trap at each entry into the module", "traps", { TRAPS: "1" }),
  endToEnd("10,000 calls in one page", "long-life", { LONG_LIFE: "10000" }),
  endToEnd("Every cell of the fault matrix", "fault-matrix", { FULL: "1" }),
  native(
    `100,000 generated inputs for each native property, seed ${seed}`,
    ["--package", "webauthn-result", "-E", "test(properties)"],
    { PROPTEST_CASES: "100000", PROPTEST_RNG_SEED: seed },
  ),
  native(
    `The local cloud: every byte flipped, 2,000 transactions at once, 50 kills, 1,000 sequences of operations, seed ${seed}`,
    ["--package", "local-cloud", "--test", "cloud"],
    { SOAK: "1", PROPTEST_RNG_SEED: seed },
  ),
];
