// The commands that a release needs beyond those of a build.

import { run, step } from "../run.mjs";

/** In exactly these versions: others may order or word their output differently. */
const VERSIONS = { "cargo-about": "ABOUT", "cargo-cyclonedx": "0.5.9" };

/** Installs what is missing. */
export const ensureReleaseTools = async () => {
  const installed = await run("cargo", ["install", "--list"], { capture: true });
  for (const [command, version] of Object.entries(VERSIONS)) {
    if (installed.split("\n").includes(`${command} v${version}:`)) continue;
    step(`Installing ${command} ${version}: a few minutes, once`);
    await run("cargo", ["install", command, "--version", version, "--locked"]);
  }
};
