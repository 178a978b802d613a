// Compiles Rust to WebAssembly: cargo, wasm-bindgen, wasm-opt, and short names for imports and exports.

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { root, run, target } from "../run.mjs";
import { removePanics } from "./panics.mjs";
import { pathRemappings } from "./path-remappings.mjs";

const wasmOpt = join(root, "node_modules/binaryen/bin/wasm-opt");

// The target features of the toolchain. With `-all`, wasm-opt emits a module that no engine compiles.
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

/**
 * Runs wasm-bindgen on a module, and returns its JavaScript. The module is in the same folder.
 *
 * @param {string} wasm the path of the module
 * @param {string} folder the path for the result
 */
export const bind = async (wasm, folder) => {
  // Every engine with reference types, and every one with passkeys, has `encodeInto`.
  const flags = ["--target", "bundler", "--no-typescript", "--encode-into", "always"];
  await run("wasm-bindgen", [wasm, ...flags, "--out-dir", folder, "--out-name", "module"]);
  return readFile(join(folder, "module_bg.js"), "utf8");
};

const optimize = (from, to, ...passes) =>
  run("node", [wasmOpt, ...FEATURES, from, "-o", to, ...passes], { capture: true });

/**
 * The short names of imports and exports.
 *
 * @typedef {{ imports: [module: string, name: string, short: string][], exports: [name: string, short: string][] }} Names
 */

/**
 * Shrinks a module with wasm-opt, shortens the names of its imports and exports, and returns these.
 *
 * @param {string} from the path of the module
 * @param {string} to the path of the result
 * @param {{ first?: string[], named?: boolean }} options `first`: passes of wasm-opt to run first; `named`: whether to keep the
 *   names of functions, which changes no other byte
 * @returns {Promise<Names>}
 */
export const shrink = async (from, to, { first = [], named = false } = {}) => {
  const small = `${to}.small`;
  await optimize(
    from,
    small,
    "-g",
    ...first,
    ...["--flatten", "--rereloop", "-Oz", "-Oz", "--converge", "--strip-producers"],
  );
  const last = ["--minify-imports-and-exports-and-modules", named ? "-g" : "--strip-debug"];
  return JSON.parse(await optimize(small, to, ...last));
};

/**
 * Builds the module. Returns `{ wasm, glue, names, linked }`: its bytes; wasm-bindgen's JavaScript; the short names of imports and
 * exports; and the module that wasm-bindgen took. The same module with the names of its functions is `named.wasm` in
 * `target/module/{name}/`.
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
    { env: { CARGO_ENCODED_RUSTFLAGS: [...(await pathRemappings()), "-Clink-arg=--emit-relocs"].join("\x1f") } },
  );
  const compiled = await readFile(join(target, "wasm32-unknown-unknown/release/webauthn_result.wasm"));
  const linked = removePanics(compiled);
  await writeFile(join(folder, "linked.wasm"), linked);
  const bound = join(folder, "bound");
  const glue = await bind(join(folder, "linked.wasm"), bound);

  const [bare, named] = ["bare", "named"].map((file) => join(folder, `${file}.wasm`));
  const names = await shrink(join(bound, "module_bg.wasm"), named, { named: true });
  // The section of target features is stripped last, because the earlier passes read it.
  await optimize(named, bare, "--strip-debug", "--strip-target-features");
  return { wasm: await readFile(bare), glue, names, linked };
};
