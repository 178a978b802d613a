// npm run test:soak: what takes an hour or so, for nights and before a release. Builds nothing: run `npm test` before.

import { run, step } from "./run.mjs";

const seed = String(Math.floor(Math.random() * 1e6));
const endToEnd = (name) => ["node", "--test", "--test-concurrency=1", `tests/e2e/${name}.test.mjs`];

/**
 * What happens, the command, and the counts by which it goes further than in `npm test`.
 *
 * @type {[what: string, command: string[], env?: Record<string, string>][]}
 */
const STEPS = [
  ["100,000 generated calls", endToEnd("hostile"), { HOSTILE_CASES: "1000", HOSTILE_SEED: seed }],
  [
    "Every patch of a global, and 1,000 pairs of them",
    endToEnd("hostile-globals"),
    { GLOBALS_SINGLES: "Infinity", GLOBALS_PAIRS: "500", GLOBALS_SEED: seed },
  ],
  ["A trap at each entry into the module", endToEnd("traps"), { TRAPS: "1" }],
  ["10,000 calls in one page", endToEnd("long-life"), { LONG_LIFE: "10000" }],
  ["Every cell of the fault matrix", endToEnd("fault-matrix"), { FULL: "1" }],
  [
    "100,000 made-up inputs for each property of what decides without a browser",
    ["cargo", "nextest", "run", "--locked", "--package", "webauthn-result", "-E", "test(properties)"],
    { PROPTEST_CASES: "100000" },
  ],
  [
    "The local cloud: every byte flipped, 2,000 transactions at once, 50 kills, 1,000 sequences of operations",
    ["cargo", "nextest", "run", "--locked", "--package", "local-cloud", "--test", "cloud"],
    { SOAK: "1" },
  ],
  ["Any bytes at every parser", ["node", "scripts/fuzz.mjs"]],
];

for (const [what, command, env] of STEPS) {
  step(what);
  await run(command[0], command.slice(1), { env });
}
