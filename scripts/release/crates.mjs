// Lists the crates that are compiled into the modules, without those for building, testing or macros.

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
  ciba: ["pkg/ciba.js", "pkg/ciba.cjs", "pkg/ciba.fallback.js"],
  server: ["pkg/ciba-node.js", "pkg/ciba-node.cjs", "pkg/ciba.wasm"],
};

export const TARGET = "wasm32-unknown-unknown";

/**
 * The crates of a module as `{ name, version }`, without the module's own.
 *
 * @param {string} feature a key of MODULES
 */
export const compiledCrates = async (feature) => {
  const args = ["tree", "--locked", "--package", "webauthn-result", "--target", TARGET, "--no-default-features"];
  args.push("--features", feature, "--edges", "normal,no-proc-macro", "--prefix", "none", "--format", "{p}");
  const lines = (await run("cargo", args, { capture: true })).trim().split("\n");
  const distinct = new Set(lines.map((line) => line.split(" ").slice(0, 2).join(" ")));
  return [...distinct]
    .map((line) => ({ name: line.split(" ")[0], version: line.split(" ")[1].slice(1) }))
    .filter(({ name }) => name !== "webauthn-result")
    .sort((a, b) => a.name.localeCompare(b.name, "en"));
};
