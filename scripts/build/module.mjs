// Rust to WebAssembly: wasm-pack, then wasm-opt at its best, then short names at the boundary.

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";

import { root, run } from "../run.mjs";

const wasmOpt = join(root, "node_modules/binaryen/bin/wasm-opt");

// What the toolchain's own target features are. `-all` emits a module that no engine compiles.
const FEATURES = [
  "bulk-memory",
  "bulk-memory-opt",
  "nontrapping-float-to-int",
  "sign-ext",
  "mutable-globals",
  "reference-types",
  "multivalue",
  "extended-const",
  "call-indirect-overlong",
].map((name) => `--enable-${name}`);

/** Paths of this machine stay out of the module, so that every machine builds the same bytes. */
const remap = () => {
  const cargo = process.env.CARGO_HOME ?? join(homedir(), ".cargo");
  const rustup = process.env.RUSTUP_HOME ?? join(homedir(), ".rustup");
  return [
    [join(cargo, "registry/src"), "crates"],
    [rustup, "rust"],
    [root.replace(/\/$/, ""), "."],
  ].map(([from, to]) => `--remap-path-prefix=${from}=${to}`);
};

/**
 * Builds the module and returns its bytes, wasm-bindgen's JavaScript for it, and the short names of what crosses the
 * boundary: `{ wasm, glue, names: { imports: [[module, name, short]], exports: [[name, short]] } }`.
 *
 * @param {{ name: string, features: string[] }} options
 */
export const buildModule = async ({ name, features }) => {
  const folder = join(root, "target/module", name);
  await mkdir(folder, { recursive: true });
  const flags = ["--", "--no-default-features", "--features", features.join(",")];
  await run(
    "wasm-pack",
    ["--quiet", "build", "--release", "--target", "web", "--mode", "no-install", "--no-opt"].concat(
      ["--no-pack", "--out-dir", join(folder, "web"), "--out-name", "module"],
      flags,
    ),
    { env: { CARGO_ENCODED_RUSTFLAGS: remap().join("\x1f") } },
  );

  const [bare, small, named] = ["bare", "small", "named"].map((file) => join(folder, `${file}.wasm`));
  const optimize = (from, to, ...passes) =>
    run("node", [wasmOpt, ...FEATURES, from, "-o", to, ...passes], { capture: true });
  await optimize(
    join(folder, "web/module_bg.wasm"),
    small,
    ...["--flatten", "--rereloop", "-Oz", "-Oz", "--converge", "--strip-debug", "--strip-producers"],
  );
  const names = await optimize(small, named, "--minify-imports-and-exports-and-modules");
  // The section that names the features goes last: the passes before read it.
  await optimize(named, bare, "--strip-target-features");
  const parsed = JSON.parse(names);
  await writeFile(join(folder, "names.json"), names);
  return {
    wasm: await readFile(bare),
    glue: await readFile(join(folder, "web/module.js"), "utf8"),
    names: parsed,
  };
};
