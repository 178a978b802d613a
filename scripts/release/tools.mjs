// The commands that a release needs beyond those of a build.

import { run, step } from "../run.mjs";

/** In exactly these versions: others may order or word their output differently. */
const VERSIONS = { "cargo-about": "0.9.3", "cargo-cyclonedx": "0.5.9" };

/** Without this feature cargo-about is only a library. */
const FEATURES = { "cargo-about": ["--features", "cli"] };

/** The commands that are installed in their version. */
export const installedReleaseTools = async () => {
  const lines = (await run("cargo", ["install", "--list"], { capture: true })).split("\n");
  return Object.keys(VERSIONS).filter((command) => lines.includes(`${command} v${VERSIONS[command]}:`));
};

/** Installs what is missing. */
export const ensureReleaseTools = async () => {
  const installed = await installedReleaseTools();
  for (const [command, version] of Object.entries(VERSIONS)) {
    if (installed.includes(command)) continue;
    step(`Installing ${command} ${version}: a few minutes, once`);
    await run("cargo", ["install", command, "--version", version, "--locked", ...(FEATURES[command] ?? [])]);
  }
};
