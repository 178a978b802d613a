// npm run release: tests everything and makes the files of a release in target/npm/release/. It publishes nothing.
//
//   node scripts/release.mjs [--tagged] [--skip-tests]
//
// --tagged is for the release workflow: the version's tag must be on this commit, and the packages of the local cloud that other
// machines made in target/npm/cloud-others/. Without it, the tag must not exist, and only this platform's is made.
// --skip-tests is for trying out: the files go to target/npm/untested/, which is never published.

import { join } from "node:path";

import { BUILD_NEEDS, buildSteps } from "./build/steps.mjs";
import { CLOUD_RELEASE_NEEDS, cloudPackageStep, listOthers, packedNames } from "./cloud-package/steps.mjs";
import { siteStep } from "./docs/site.mjs";
import { runScript } from "./failure.mjs";
import { readOptions } from "./options.mjs";
import { runSteps } from "./progress.mjs";
import { checkNotices, NOTICES_NEEDS } from "./release/notices.mjs";
import { refuseIfUnfit } from "./release/refusals.mjs";
import { root, run } from "./run.mjs";
import { setUp } from "./setup.mjs";

const everything = {
  title: "Run everything that must pass",
  run: async () => {
    await run("bash", [".ci/run"]);
  },
};

await runScript(async () => {
  const { values } = readOptions({ tagged: { type: "boolean" }, "skip-tests": { type: "boolean" } });
  const [tagged, untested] = [Boolean(values.tagged), Boolean(values["skip-tests"])];
  await refuseIfUnfit({ tagged });
  const setup = await setUp(...new Set([...BUILD_NEEDS, ...NOTICES_NEEDS, ...CLOUD_RELEASE_NEEDS, "cargo-cyclonedx"]));
  const folder = join("target/npm", untested ? "untested" : "release");
  let names;
  await runSteps(
    [
      ...setup,
      { title: "Compare the third-party notices with what is compiled in", run: checkNotices },
      ...(untested ? [] : [everything]),
      // A file may have changed while the tests ran.
      { title: "Check that the commit is still what is checked out", run: () => refuseIfUnfit({ tagged }) },
      ...buildSteps(),
      cloudPackageStep({ isForRelease: true }),
      siteStep,
      {
        title: "Make the files of the release",
        run: async () => {
          // Imports npm packages.
          const { makeRelease } = await import("./release/make.mjs");
          const clouds = { cloud: await packedNames(), others: await listOthers(), isForAll: tagged };
          names = await makeRelease(join(root, folder), join(root, "target/npm"), clouds);
        },
      },
    ],
    { details: false },
  );
  console.log(`\n${names.map((name) => join(folder, name)).join("\n")}\n`);
  console.log(
    untested
      ? "UNTESTED: these files are a try and must not be published."
      : "Nothing is published yet. RELEASING.md has the next steps.",
  );
});
