// What the build and the tests need beyond rustup, Node, npm, git and Python: installed where it is missing.

import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { root, run, step, tryRun } from "./run.mjs";

/** The version that Cargo.lock has of a crate. */
const lockedVersion = async (crate) => {
  const lock = await readFile(join(root, "Cargo.lock"), "utf8");
  return lock.match(new RegExp(`name = "${crate}"\\nversion = "([^"]+)"`))[1];
};

const ensureCommand = async (command, version, install) => {
  const found = (await tryRun(command, ["--version"]))?.trim();
  if (found && (!version || found.split(/\s+/).includes(version))) return;
  step(`Installing ${command}${version ? ` ${version}` : ""}: a few minutes, once`);
  await run("cargo", ["install", ...install]);
};

const ensureNpmPackages = async () => {
  const lock = join(root, "package-lock.json");
  const installed = join(root, "node_modules/.package-lock.json");
  if (existsSync(installed)) {
    const [wanted, have] = await Promise.all([lock, installed].map((file) => readFile(file, "utf8")));
    const versions = (text) =>
      Object.entries(JSON.parse(text).packages)
        .filter(([path, entry]) => path && !entry.optional)
        .map(([path, entry]) => `${path}@${entry.version}`)
        .sort()
        .join();
    if (versions(wanted) === versions(have)) return;
  }
  step("Installing the npm packages that package-lock.json names");
  // Not `npm ci`: it refuses a lock file that lacks another platform's optional binaries, and a lock file holds those of
  // the registry it was written with. The versions are the lock file's all the same.
  await run("npm", ["install", "--no-save", "--no-audit", "--no-fund"]);
};

/** For a build: the WebAssembly target, wasm-pack, the wasm-bindgen command line, and the npm packages. */
export const ensureBuildTools = async () => {
  const sysroot = (await run("rustc", ["--print", "sysroot"], { capture: true })).trim();
  if (!existsSync(join(sysroot, "lib/rustlib/wasm32-unknown-unknown"))) {
    step("Adding the WebAssembly target to the Rust toolchain");
    await run("rustup", ["target", "add", "wasm32-unknown-unknown"]);
  }
  await ensureNpmPackages();
  const wasmBindgen = await lockedVersion("wasm-bindgen");
  // Without --locked: the crates that its own lock file names have been yanked.
  await ensureCommand("wasm-bindgen", wasmBindgen, ["wasm-bindgen-cli", "--version", wasmBindgen]);
  await ensureCommand("wasm-pack", undefined, ["wasm-pack", "--locked"]);
};

/** For the tests: a test runner, and Chromium with its driver. */
export const ensureTestTools = async () => {
  await ensureCommand("cargo-nextest", undefined, ["cargo-nextest", "--locked"]);
  await ensureDebianPackages({ chromium: "chromium", chromedriver: "chromium-driver" });
};

/** For fuzzing: nightly Rust, whose compiler can count what is covered, and the command that builds with it. */
export const ensureFuzzTools = async () => {
  const toolchains = await run("rustup", ["toolchain", "list"], { capture: true });
  if (!/^nightly/m.test(toolchains)) {
    step("Installing nightly Rust");
    await run("rustup", ["toolchain", "install", "nightly", "--profile", "minimal"]);
  }
  await ensureCommand("cargo-fuzz", undefined, ["cargo-fuzz", "--locked"]);
};

/** For the tests in other browsers: Firefox and WebKitGTK with their drivers, beside Chromium. */
export const ensureBrowsers = async () => {
  await ensureDebianPackages({
    chromium: "chromium",
    chromedriver: "chromium-driver",
    "firefox-esr": "firefox-esr",
    WebKitWebDriver: "webkit2gtk-driver",
    "xvfb-run": "xvfb",
    // What xvfb-run makes its display's key with.
    xauth: "xauth",
  });
  await ensureCommand("geckodriver", undefined, ["geckodriver", "--locked"]);
};

const ensureDebianPackages = async (packages) => {
  const missing = [];
  for (const [command, name] of Object.entries(packages)) if (!(await tryRun("which", [command]))) missing.push(name);
  if (!missing.length) return;
  if (process.getuid?.() !== 0 || !(await tryRun("which", ["apt-get"])))
    throw new Error(
      `The tests need ${missing.join(" and ")}: install them (on Debian: sudo apt-get install ${missing.join(" ")}), then run this again.`,
    );
  step(`Installing ${missing.join(", ")} from Debian`);
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  await run("apt-get", ["update", "-qq"], { env });
  await run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...missing], { env });
};
