// npm run test:consumers: both ceremonies in Chromium, on a page of every supported tool with the packed package.
//
//   node scripts/test-consumers.mjs [--lock | --write] [all | NAME…]     NAME: part of a name in scripts/consumers/table.mjs
//
// `all` are also those in table-all.mjs. --write writes docs/consumers.md, with the last run of each. --lock resolves the
// tools' dependencies anew and writes the lock files.

import { BUILD_NEEDS, buildSteps, localCloudStep } from "./build/steps.mjs";
import { workshop } from "./consumers/project.mjs";
import { consumerSteps, lockSteps } from "./consumers/steps.mjs";
import { runScript } from "./failure.mjs";
import { readOptions } from "./options.mjs";
import { formatElapsed, runSteps } from "./progress.mjs";
import { setUp } from "./setup.mjs";

await runScript(async () => {
  const started = Date.now();
  const flag = /** @type {const} */ ({ type: "boolean" });
  const { values, positionals: names } = readOptions({ lock: flag, write: flag }, { allowPositionals: true });
  console.log(`The consumers' own tools are installed into ${workshop}, once.`);
  const setup = [...(await setUp(...BUILD_NEEDS, "chromium")), ...buildSteps()];
  if (values.lock) return runSteps([...setup, ...lockSteps(names)], { details: false });
  const { steps, close, count } = consumerSteps(names, { writes: values.write });
  try {
    await runSteps([...setup, localCloudStep, ...steps], { details: false });
  } finally {
    await close();
  }
  console.log(`\n${count} consumers: all passed in ${formatElapsed(Date.now() - started)}`);
});
