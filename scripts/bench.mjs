// npm run bench: compares the cost of the package with plain JavaScript and its peers. Writes docs/bench.md and its chart.
//
//   node scripts/bench.mjs [PART…]     PART: a name in scripts/bench/steps.mjs; with parts, nothing is written
//
// Compare ratios, which are of times in the same round. Absolute times depend on the machine.

import { benchSteps, PARTS } from "./bench/steps.mjs";
import { BUILD_NEEDS, buildSteps, localCloudStep } from "./build/steps.mjs";
import { ExpectedFailure, runScript } from "./failure.mjs";
import { readOptions } from "./options.mjs";
import { runSteps } from "./progress.mjs";
import { setUp } from "./setup.mjs";

await runScript(async () => {
  const { positionals: parts } = readOptions({}, { allowPositionals: true });
  for (const part of parts)
    if (!Object.hasOwn(PARTS, part))
      throw new ExpectedFailure(`The benchmark has no part ${part}. Choose from ${Object.keys(PARTS).join(", ")}.`);
  const setup = await setUp(...BUILD_NEEDS, "chromium", "firefox", "geckodriver");
  const { steps, close } = benchSteps(parts);
  try {
    await runSteps([...setup, ...buildSteps(), localCloudStep, ...steps]);
  } finally {
    close();
  }
});
