// npm run build: builds the package into pkg/, prints its sizes, and holds them against their budget.
//
//   node scripts/build.mjs [--sizes]         --sizes: lists the largest functions of both modules, too
//   node scripts/build.mjs --injection       --injection: the package that tests can crash, into target/pkg-injection/

import { BUILD_NEEDS, buildSteps, injectionSteps, sizesStep } from "./build/steps.mjs";
import { runScript } from "./failure.mjs";
import { readOptions } from "./options.mjs";
import { runSteps } from "./progress.mjs";
import { setUp } from "./setup.mjs";

await runScript(async () => {
  const { values } = readOptions({ injection: { type: "boolean" }, sizes: { type: "boolean" } });
  const setup = await setUp(...BUILD_NEEDS, ...(values.sizes ? ["twiggy"] : []));
  const steps = values.injection ? injectionSteps() : buildSteps();
  await runSteps([...setup, ...steps, ...(values.sizes ? [sizesStep] : [])]);
});
