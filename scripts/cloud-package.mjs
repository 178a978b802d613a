// npm run cloud:package: builds the local cloud for this platform, and packs it for npm into target/npm/cloud/.
//
//   node scripts/cloud-package.mjs [--release]     --release: as it is published, on Linux with musl, which is installed if missing

import { CLOUD_PACKAGE_NEEDS, CLOUD_RELEASE_NEEDS, cloudPackageStep } from "./cloud-package/steps.mjs";
import { runScript } from "./failure.mjs";
import { readOptions } from "./options.mjs";
import { runSteps } from "./progress.mjs";
import { setUp } from "./setup.mjs";

await runScript(async () => {
  const { values } = readOptions({ release: { type: "boolean" } });
  const isForRelease = Boolean(values.release);
  const setup = await setUp(...(isForRelease ? CLOUD_RELEASE_NEEDS : CLOUD_PACKAGE_NEEDS));
  await runSteps([...setup, cloudPackageStep({ isForRelease })]);
});
