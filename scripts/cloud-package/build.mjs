// Builds the server for this machine's platform, small, and on Linux without any library of the system's, so that it runs with
// every C library: that of Debian, and that of Alpine.

import { existsSync } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";

import { pathRemappings } from "../build/path-remappings.mjs";
import { ExpectedFailure } from "../failure.mjs";
import { findCommand, run, target } from "../run.mjs";
import { binaryOf, HERE, PLATFORMS } from "./platforms.mjs";

/** The variables for a target. On Linux, the server is static and gets its target's C compiler. */
const environmentFor = async (triple) => {
  const name = triple.replaceAll("-", "_");
  const flags = await pathRemappings();
  if (triple.includes("-linux-")) flags.push("-Ctarget-feature=+crt-static");
  return {
    // Separated by this character, since a path may have a blank.
    CARGO_ENCODED_RUSTFLAGS: flags.join("\u001f"),
    ...(triple.endsWith("-musl") ? { [`CC_${name}`]: "musl-gcc" } : {}),
  };
};

const hasTarget = async (triple) => {
  const libraries = await run("rustc", ["--print", "target-libdir", "--target", triple], { capture: true });
  return existsSync(libraries.trim());
};

/**
 * The target to build for. Where musl is missing, a test makes do with the GNU C library, as static, whose license does not let
 * us distribute it like this.
 */
const chooseTarget = async ({ isForRelease }) => {
  const triple = PLATFORMS[HERE];
  if (!triple)
    throw new ExpectedFailure(`There is no package for ${HERE}, only for ${Object.keys(PLATFORMS).join(", ")}.`);
  if (!triple.endsWith("-musl") || isForRelease) return triple;
  return (await hasTarget(triple)) && findCommand("musl-gcc") ? triple : triple.replace(/-musl$/, "-gnu");
};

/**
 * How Cargo builds the server: `{ flags, env, triple }`.
 *
 * @param {{ isForRelease?: boolean }} [options]
 */
export const chooseBuild = async ({ isForRelease = false } = {}) => {
  const triple = await chooseTarget({ isForRelease });
  return { flags: ["--locked", "--profile", "dist", "--target", triple], env: await environmentFor(triple), triple };
};

/**
 * Resolves to `{ binary, bytes, triple }`.
 *
 * @param {{ isForRelease?: boolean }} [options]
 */
export const buildServer = async (options) => {
  const { flags, env, triple } = await chooseBuild(options);
  await run("cargo", ["build", "--package", "local-cloud", ...flags], { env });
  const binary = join(target, triple, "dist", binaryOf(HERE));
  return { binary, bytes: (await stat(binary)).size, triple };
};
