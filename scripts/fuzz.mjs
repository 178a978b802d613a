// npm run fuzz: feeds arbitrary bytes to each parser.
//
//   node scripts/fuzz.mjs [--seconds 30] [NAME…]     NAME: a target of fuzz/fuzz_targets, or part of its name

import { ExpectedFailure, runScript } from "./failure.mjs";
import { FUZZ_NEEDS, fuzzSteps, fuzzTargets } from "./fuzz/steps.mjs";
import { readCount, readOptions } from "./options.mjs";
import { runSteps } from "./progress.mjs";
import { setUp } from "./setup.mjs";

await runScript(async () => {
  const { values, positionals } = readOptions(
    { seconds: { type: "string", default: "30" } },
    { allowPositionals: true },
  );
  const seconds = readCount("seconds", values.seconds);
  const all = await fuzzTargets();
  const targets = positionals.length ? all.filter((name) => positionals.some((part) => name.includes(part))) : all;
  if (!targets.length)
    throw new ExpectedFailure(`No fuzz target matches ${positionals.join(", ")}. Choose from ${all.join(", ")}.`);
  await runSteps([...(await setUp(...FUZZ_NEEDS)), ...fuzzSteps(targets, seconds)]);
  console.log(`\n${targets.length} fuzz targets: nothing found`);
});
