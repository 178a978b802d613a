// A machine with Node and npm, and without Rust: an empty project whose commands see a PATH with neither cargo nor rustc.

import { spawn, spawnSync } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { delimiter, join } from "node:path";

import { findCommand } from "../../../scripts/run.mjs";

/** Debian's commands, among which there is no Rust unless somebody has installed its package. */
const SYSTEM = ["/usr/bin", "/bin"];

/**
 * Creates the project. `registry` is the address of the npm registry.
 *
 * @param {import("node:test").TestContext | { after: (clean: () => unknown) => void }} t
 * @param {{ registry: string }} options
 */
export const createProject = async (t, { registry }) => {
  const scratch = await mkdtemp(join(tmpdir(), "webauthn-result-cloud-"));
  t.after(() => rm(scratch, { recursive: true, force: true }));
  const [bin, home, folder] = ["bin", "home", "shop"].map((name) => join(scratch, name));
  for (const path of [bin, home, folder]) await mkdir(path);
  for (const name of ["node", "npm", "npx"]) await symlink(findCommand(name), join(bin, name));
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(?:npm_|CARGO|RUST|INIT_CWD$|NODE_ENV$|LOCAL_CLOUD)/i.test(name),
  );
  const env = {
    ...Object.fromEntries(inherited),
    CI: "1",
    PATH: [bin, ...SYSTEM].join(delimiter),
    HOME: home,
    npm_config_registry: registry,
    // How this machine reaches registries: proxies, certificates.
    npm_config_userconfig: join(homedir(), ".npmrc"),
    npm_config_cache: join(scratch, "cache"),
    npm_config_audit: "false",
    npm_config_fund: "false",
    npm_config_update_notifier: "false",
  };
  for (const name of ["cargo", "rustc"])
    if (spawnSync("which", [name], { env }).status === 0) throw new Error(`the machine has ${name}`);
  return { folder, home, env };
};

/**
 * Runs a command to its end. Resolves to `{ code, output }`.
 *
 * @param {{ folder: string, env: Record<string, string> }} project
 * @param {string} command
 * @param {string[]} args
 */
export const runIn = async ({ folder, env }, command, args) => {
  const child = spawn(command, args, { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"], timeout: 300_000 });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (output += text));
  const code = await new Promise((resolve, reject) => child.on("error", reject).on("close", resolve));
  return { code, output };
};
