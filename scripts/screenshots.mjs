// npm run screenshots: every state of the demo's pages, on a desktop and on a phone, in light and dark, as PNG files to look at.
//
//   node scripts/screenshots.mjs [--docs]     --docs: the pictures of the README instead, docs/demo-light.png and docs/demo-dark.png
//
// They go to target/screenshots/.

import { BUILD_NEEDS, buildSteps, localCloudStep } from "./build/steps.mjs";
import { runScript } from "./failure.mjs";
import { readOptions } from "./options.mjs";
import { runSteps } from "./progress.mjs";
import { setUp } from "./setup.mjs";

await runScript(async () => {
  const { docs } = readOptions({ docs: { type: "boolean" } }).values;
  const take = {
    title: docs ? "Take the pictures of the README" : "Take a picture of every state",
    run: async () => {
      // Imports npm packages.
      const { takeAll, takePictures, withDemo } = await import("./screenshots/take.mjs");
      return withDemo(docs ? takePictures : takeAll);
    },
  };
  await runSteps([...(await setUp(...BUILD_NEEDS, "chromium")), ...buildSteps(), localCloudStep, take]);
});
