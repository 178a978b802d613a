// The entry as one minified file with the module inside.

import { join } from "node:path";

import * as esbuild from "esbuild";
import { minify } from "terser";

import { root } from "../run.mjs";
import { makeFactory } from "./glue.mjs";
import { assembleDecoder, encode } from "./text.mjs";

/**
 * A page that has such an entry is about to use it: Chromium compiles its functions in one go, and not those that they
 * contain anew with each. The first call finds them compiled, and took 2.3 ms instead of 4.6.
 */
const HINT = "//# allFunctionsCalledOnLoad\n";

/** The oldest browsers that have both passkeys and what the module needs: WebAssembly reference types. */
const TARGET = ["es2022"];

/**
 * What buildModule or buildFallback returned.
 *
 * @typedef {{ wasm?: Buffer, javascript?: string, glue: string, names: import("./module.mjs").Names }} Built
 */

/** @param {Built} built */
const modulePlugin = ({ wasm, javascript, glue, names }) => ({
  name: "module",
  setup(build) {
    const js = join(root, "js");
    build.onResolve({ filter: /^#/ }, ({ path }) => ({ path, namespace: "module" }));
    build.onLoad({ filter: /^#glue$/, namespace: "module" }, () => ({
      contents: makeFactory(glue, names, js, javascript && "#javascript"),
      resolveDir: js,
    }));
    build.onLoad({ filter: /^#javascript$/, namespace: "module" }, () => ({ contents: javascript }));
    build.onLoad({ filter: /^#module$/, namespace: "module" }, async () => {
      const { table, text, length } = encode(wasm);
      const values = [table, text, length].map((value) => JSON.stringify(value)).join(", ");
      return {
        contents: `import { decode } from "./decode.js";
import { compile } from "./compile.js";
export default async () => compile(decode(Uint8Array.of(${[...(await assembleDecoder())]}), ${values}));`,
        resolveDir: js,
      };
    });
  },
});

/**
 * Bundles and minifies `js/{entry}`; returns the text.
 *
 * @param {string} entry
 * @param {{ built?: Built, format?: "esm" | "cjs" | "iife" }} options
 */
export const bundle = async (entry, { built, format = "esm" } = {}) => {
  const { outputFiles } = await esbuild.build({
    entryPoints: [join(root, "js", entry)],
    bundle: true,
    format,
    target: TARGET,
    write: false,
    logLevel: "warning",
    // js/tsconfig.json is for the checker: by its `strict`, esbuild would add "use strict" to what is no ES module.
    tsconfigRaw: {},
    // A file of its own, where it is imported.
    external: ["./webauthn-result.fallback.js"],
    plugins: built ? [modulePlugin(built)] : [],
  });
  const { code } = await minify(outputFiles[0].text, {
    module: format === "esm",
    toplevel: format !== "iife",
    ecma: 2020,
    compress: { passes: 3, unsafe_arrows: true },
    format: { ascii_only: true },
  });
  return built?.wasm ? HINT + code : code;
};
