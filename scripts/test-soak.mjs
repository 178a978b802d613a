// npm run test:soak: the suites that take an hour together, to be run at night and before a release.

import { BUILD_NEEDS, buildSteps, injectionSteps, localCloudStep } from "./build/steps.mjs";
import { runScript } from "./failure.mjs";
import { FUZZ_NEEDS, fuzzSteps, fuzzTargets } from "./fuzz/steps.mjs";
import { runSteps } from "./progress.mjs";
import { run } from "./run.mjs";
import { setUp } from "./setup.mjs";
import { nodeTest, suiteStep } from "./test/suites.mjs";

const seed = String(Math.floor(Math.random() * 1e6));

const endToEnd = (title, name, env) => ({
  title,
  runner: /** @type {const} */ ("node"),
  run: () => nodeTest([`tests/e2e/${name}.test.mjs`], { flags: ["--test-concurrency=1"], env }),
});
const native = (title, filter, env) => ({
  title,
  runner: /** @type {const} */ ("nextest"),
  run: () => run("cargo", ["nextest", "run", "--locked", "--color=never", ...filter], { env, merge: true }),
});

/** Suites of `npm test` with larger counts. */
const SUITES = [
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
    "100,000 generated inputs for each native property",
    ["--package", "webauthn-result", "-E", "test(properties)"],
    { PROPTEST_CASES: "100000" },
  ),
  native(
    "The local cloud: every byte flipped, 2,000 transactions at once, 50 kills, 1,000 sequences of operations",
    ["--package", "local-cloud", "--test", "cloud"],
    { SOAK: "1" },
  ),
];

await runScript(async () => {
  const totals = new Map();
  const suites = SUITES.map((suite) => ({ ...suiteStep({ ...suite, noun: "soak" }, totals), continues: true }));
  const setup = await setUp(...BUILD_NEEDS, "nextest", "chromium", ...FUZZ_NEEDS);
  await runSteps(
    [...setup, ...buildSteps(), ...injectionSteps(), localCloudStep, ...suites, ...fuzzSteps(await fuzzTargets(), 30)],
    { details: false },
  );
  console.log(`\n${totals.get("soak")} soak tests and the fuzz targets: all passed, seed ${seed}`);
});
