// npm run test:consumers: the packed package in every tool that takes it, each page through both ceremonies in Chromium.
//
//   node scripts/test-consumers.mjs [--lock] [NAME…]     NAME: part of a consumer's name, as the table has it
//
// --lock chooses the versions of the tools' own dependencies anew and writes the lock files. Without a NAME,
// docs/consumers.md is written, and two builds from nothing have to be the same.

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
