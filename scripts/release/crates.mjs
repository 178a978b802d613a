// Lists the crates that are compiled into the modules and into the local cloud, without those for building, testing or macros.

import { PLATFORMS } from "../cloud-package/platforms.mjs";
import { run } from "../run.mjs";

/** The published modules by feature, with the files that contain them. */
export const MODULES = {
  passkey: [
    "pkg/index.js",
    "pkg/index.cjs",
    "pkg/webauthn-result.wasm",
    "pkg/webauthn-result.script.js",
    "pkg/webauthn-result.fallback.js",
  ],
  ciba: ["pkg/ciba.js", "pkg/ciba.cjs"],
  server: ["pkg/ciba-node.js", "pkg/ciba-node.cjs", "pkg/ciba.wasm"],
};

export const TARGET = "wasm32-unknown-unknown";

/** The crates that `cargo tree` lists, by the name of their package, without itself. */
const listCrates = async (name, choice) => {
  const args = ["tree", "--quiet", "--locked", "--package", name, ...choice, "--edges", "normal,no-proc-macro"];
  args.push("--prefix", "none", "--format", "{p}");
  const lines = (await run("cargo", args, { capture: true })).split("\n").filter(Boolean);
  const distinct = new Set(lines.map((line) => line.split(" ").slice(0, 2).join(" ")));
  return [...distinct]
    .map((line) => ({ name: line.split(" ")[0], version: line.split(" ")[1].slice(1) }))
    .filter((crate) => crate.name !== name)
    .sort((a, b) => a.name.localeCompare(b.name, "en"));
};

/**
 * The crates of a module as `{ name, version }`, without the module's own.
 *
 * @param {string} feature a key of MODULES
 */
export const compiledCrates = (feature) =>
  listCrates("webauthn-result", ["--target", TARGET, "--no-default-features", "--features", feature]);

/** The crates of the local cloud, on any platform that npm has a package for. */
export const cloudCrates = () =>
  listCrates(
    "local-cloud",
    Object.values(PLATFORMS).flatMap((triple) => ["--target", triple]),
  );
