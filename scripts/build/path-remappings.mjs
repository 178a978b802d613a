// Keeps this machine's paths out of what is compiled.

import { homedir } from "node:os";
import { dirname, join } from "node:path";

import { root, run } from "../run.mjs";

/** Flags of rustc with which every machine compiles the same bytes. */
export const pathRemappings = async () => {
  // The folders of unpacked crates: a registry's folder has a different name on each machine.
  const metadata = await run("cargo", ["metadata", "--format-version", "1", "--locked"], { capture: true });
  const registries = JSON.parse(metadata)
    .packages.filter(({ source }) => source)
    .map(({ manifest_path }) => dirname(dirname(manifest_path)));
  const rustup = process.env.RUSTUP_HOME ?? join(homedir(), ".rustup");
  return [
    ...[...new Set(registries)].map((folder) => [folder, "crates"]),
    [rustup, "rust"],
    [dirname(join(root, "x")), "."],
  ].map(([from, to]) => `--remap-path-prefix=${from}=${to}`);
};
