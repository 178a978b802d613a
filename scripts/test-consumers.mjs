// npm run test:consumers: both ceremonies in Chromium, on a page of every supported tool with the packed package.
//
//   node scripts/test-consumers.mjs [--lock] [NAME…]     NAME: part of a consumer's name in scripts/consumers/table.mjs
//
// --lock resolves the tools' dependencies anew and writes the lock files. Without a NAME, it also writes docs/consumers.md,
// and checks that two builds from scratch are the same.

import { BUILD_NEEDS } from "./build/steps.mjs";
import { consumerSteps, lockSteps } from "./consumers/steps.mjs";
import { runScript } from "./failure.mjs";
import { formatElapsed, runSteps } from "./progress.mjs";
import { setUp } from "./setup.mjs";
import { buildStepsIfMissing } from "./test/run-tests.mjs";
import { localCloudStep } from "./test/suites.mjs";

await runScript(async () => {
  const started = Date.now();
  const names = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
  const setup = [...(await setUp(...BUILD_NEEDS, "chromium")), ...buildStepsIfMissing()];
  if (process.argv.includes("--lock")) return runSteps([...setup, ...lockSteps(names)], { details: false });
  const { steps, close, count } = consumerSteps(names);
  try {
    await runSteps([...setup, localCloudStep, ...steps], { details: false });
  } finally {
    await close();
  }
  console.log(`\n${count} consumers: all passed in ${formatElapsed(Date.now() - started)}`);
});
