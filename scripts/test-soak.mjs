// npm run test:soak: what takes an hour or so, for nights and before a release. Builds nothing: run `npm test` before.

import { run, step } from "./run.mjs";

/** What happens, the command, and the counts by which it goes further than in `npm test`. */
const STEPS = [
  [
    "Every cell of the fault matrix",
    ["node", "--test", "--test-concurrency=1", "tests/e2e/fault-matrix.test.mjs"],
    { FULL: "1" },
  ],
];

for (const [what, command, env] of STEPS) {
  step(what);
  await run(command[0], command.slice(1), { env });
}
