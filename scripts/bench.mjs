// npm run bench: what the package costs, beside plain JavaScript and its peers. Writes docs/bench.md and its chart.
//
//   node scripts/bench.mjs [PART…]     PART: one of scripts/bench/steps.mjs; with parts nothing is written
//
// Compare ratios of pairs that were timed in one round; absolute times are those of this machine.

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
      throw new ExpectedFailure(`The benchmark has no part ${part}: choose from ${Object.keys(PARTS).join(", ")}.`);
  const setup = await setUp(...BUILD_NEEDS, "chromium", "firefox", "geckodriver");
  const { steps, close } = benchSteps(parts);
  try {
    await runSteps([...setup, ...buildSteps(), localCloudStep, ...steps]);
  } finally {
    close();
  }
});
