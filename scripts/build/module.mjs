// Rust to WebAssembly: cargo and wasm-bindgen, then wasm-opt at its best, then short names at the boundary.

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

import { root, run, target } from "../run.mjs";
import { trapAtPanics } from "./panics.mjs";

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
const remap = async () => {
  // Where cargo unpacked each crate: a registry's folder has a name of its own on each machine.
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

const optimize = (from, to, ...passes) =>
  run("node", [wasmOpt, ...FEATURES, from, "-o", to, ...passes], { capture: true });

/**
 * The short names of what crosses the boundary.
 *
 * @typedef {{ imports: [module: string, name: string, short: string][], exports: [name: string, short: string][] }} Names
 */

/**
 * Makes a module as small as it gets, with short names for what crosses its boundary, and returns those.
 *
 * @param {string} from its path
 * @param {string} to where the small one goes
 * @param {{ first?: string[], named?: boolean }} options passes of wasm-opt that come before; whether the names of
 *   functions stay: they change no other byte
 * @returns {Promise<Names>}
 */
export const shrink = async (from, to, { first = [], named = false } = {}) => {
  const [trapping, small] = [`${to}.trapping`, `${to}.small`];
  await writeFile(trapping, trapAtPanics(await readFile(from)));
  await optimize(
    trapping,
    small,
    "-g",
    ...first,
    ...["--flatten", "--rereloop", "-Oz", "-Oz", "--converge", "--strip-producers"],
  );
  const last = ["--minify-imports-and-exports-and-modules", named ? "-g" : "--strip-debug"];
  return JSON.parse(await optimize(small, to, ...last));
};

/**
 * Builds the module and returns its bytes, the same module with the names of its functions, wasm-bindgen's JavaScript
 * for it, the short names of what crosses the boundary, and what rustc linked before all that:
 * `{ wasm, named, glue, names, linked }`.
 *
 * @param {{ name: string, features: string[] }} options
 */
export const buildModule = async ({ name, features }) => {
  const folder = join(root, "target/module", name);
  await mkdir(folder, { recursive: true });
  await run(
    "cargo",
    ["build", "--lib", "--release", "--locked", "--target", "wasm32-unknown-unknown"].concat([
      "--no-default-features",
      "--features",
      features.join(","),
    ]),
    { env: { CARGO_ENCODED_RUSTFLAGS: (await remap()).join("\x1f") } },
  );
  const linked = join(target, "wasm32-unknown-unknown/release/webauthn_result.wasm");
  const web = join(folder, "web");
  await run("wasm-bindgen", [linked, "--target", "web", "--no-typescript", "--out-dir", web, "--out-name", "module"]);

  const [bare, named] = ["bare", "named"].map((file) => join(folder, `${file}.wasm`));
  const names = await shrink(join(web, "module_bg.wasm"), named, { named: true });
  // Names have served. The section that names the features goes last: the passes before read it.
  await optimize(named, bare, "--strip-debug", "--strip-target-features");
  return {
    wasm: await readFile(bare),
    named: await readFile(named),
    glue: await readFile(join(web, "module.js"), "utf8"),
    names,
    linked: await readFile(linked),
  };
};
