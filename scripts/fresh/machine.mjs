// Simulates a machine without installed tools: a clone, and a PATH without them.

import { mkdir, readdir, symlink } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";

import { ExpectedFailure } from "../failure.mjs";
import { findCommand, root, run } from "../run.mjs";

/** The requirements of the README besides rustup. */
const GIVEN = ["node", "npm", "npx", "git", "python3"];
const SYSTEM = ["/usr/bin", "/bin", "/usr/sbin", "/sbin"];

/** Clones the repository into `scratch`. Resolves to the clone's folder. */
export const clone = async (scratch) => {
  const folder = join(scratch, "webauthn-result");
  await run("git", ["clone", "--quiet", "--no-hardlinks", root, folder]);
  return folder;
};

/**
 * The environment of that machine. Downloads are shared with this one, installed commands are not.
 *
 * @param {string} scratch
 */
export const freshEnvironment = async (scratch) => {
  const [rustup, given, installed] = ["rustup", "given", "installed"].map((name) => join(scratch, name));
  for (const folder of [rustup, given, installed]) await mkdir(folder);
  const rustupCommand = findCommand("rustup");
  if (!rustupCommand)
    throw new ExpectedFailure("This test needs a Rust that rustup installed: install it from https://rustup.rs.");
  const rustupBin = dirname(rustupCommand);
  // rustup's commands are links to rustup, which runs the command of the link's name.
  for (const name of await readdir(rustupBin))
    if (/^(?:rust|cargo$|cargo-(?:clippy|fmt|miri)$|clippy)/.test(name))
      await symlink(join(rustupBin, name), join(rustup, name));
  for (const name of GIVEN) {
    const command = findCommand(name);
    if (command) await symlink(command, join(given, name));
  }
  const inherited = Object.entries(process.env).filter(([name]) => !/^(?:npm_|CARGO_TARGET_DIR$|INIT_CWD$)/.test(name));
  return {
    ...Object.fromEntries(inherited),
    CARGO_INSTALL_ROOT: installed,
    PATH: [join(installed, "bin"), rustup, given, ...SYSTEM].join(delimiter),
  };
};
