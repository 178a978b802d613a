// npm run release: tests everything and makes the files of a release in target/npm/release/. It publishes nothing.
//
//   npm run release [-- --tagged] [-- --skip-tests]
//
// --tagged is for the release workflow: the version's tag has to be on this commit, instead of not to exist.
// --skip-tests is for tries: the files go to target/npm/untested/, which nothing publishes.

import { join } from "node:path";
import { parseArgs } from "node:util";

import { checkNotices } from "./release/notices.mjs";
import { findRefusals, Refusal } from "./release/refusals.mjs";
import { ensureReleaseTools } from "./release/tools.mjs";
import { root, run, step } from "./run.mjs";

const refuseIfUnfit = async (options) => {
  const reasons = await findRefusals(options);
  if (reasons.length) throw new Refusal(reasons.join("\n"));
};

const runScript = (name) =>
  run("npm", ["run", name]).catch(() => {
    throw new Refusal(`npm run ${name} failed, so nothing was made.`);
  });

const parseOptions = () => {
  try {
    const options = { tagged: { type: "boolean", default: false }, "skip-tests": { type: "boolean", default: false } };
    return parseArgs({ options }).values;
  } catch (error) {
    throw new Refusal(`${error.message.split(".")[0]}. The options are --tagged and --skip-tests.`);
  }
};

const release = async () => {
  const { tagged, "skip-tests": untested } = parseOptions();
  await refuseIfUnfit({ tagged });
  await ensureReleaseTools();
  step("The notices of what is compiled in");
  await checkNotices();
  if (!untested) for (const name of ["test", "test:browsers", "test:consumers"]) await runScript(name);
  await runScript("build");
  // Some tests write pages that are in the repository.
  await refuseIfUnfit({ tagged });

  step("The files of the release");
  // Imports npm packages, which the build has installed.
  const { makeRelease } = await import("./release/make.mjs");
  const folder = join("target/npm", untested ? "untested" : "release");
  for (const name of await makeRelease(join(root, folder), join(root, "target/npm")))
    console.log(`  ${join(folder, name)}`);
  console.log(
    untested
      ? "\nUNTESTED: these files are a try and must not be published."
      : "\nNothing is published yet. RELEASING.md has the next steps.",
  );
};

await release().catch((error) => {
  if (!(error instanceof Refusal)) throw error;
  console.error(error.message);
  process.exitCode = 1;
});
