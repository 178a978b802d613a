// npm run docs: builds the documentation's site, a static folder. With --serve, serves it on this machine.

import { relative } from "node:path";

import { BUILD_NEEDS, buildSteps } from "./build/steps.mjs";
import { serveSite } from "./docs/serve-site.mjs";
import { site, siteStep } from "./docs/site.mjs";
import { runScript } from "./failure.mjs";
import { readOptions } from "./options.mjs";
import { runSteps } from "./progress.mjs";
import { root } from "./run.mjs";
import { setUp } from "./setup.mjs";

const PORT = 5185;

await runScript(async () => {
  const { values } = readOptions({ serve: { type: "boolean" } });
  await runSteps([...(await setUp(...BUILD_NEEDS)), ...buildSteps(), siteStep], { details: false });
  const folder = relative(root, site);
  if (!values.serve) return console.log(`\nThe site is in ${folder}. To read it here: npm run docs -- --serve`);
  const { address } = await serveSite(PORT);
  console.log(`\nThe site of ${folder} is at ${address}. Ctrl+C stops.`);
});
