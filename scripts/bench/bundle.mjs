// The benchmark's own scripts, each with all that it imports but the package.

import { join } from "node:path";

import * as esbuild from "esbuild";

import { root } from "../run.mjs";

/**
 * A file of bench/ as one minified text; as a classic script its exports are members of the global `global`.
 *
 * @param {string} path
 * @param {{ global?: string }} options
 */
export const bundle = async (path, { global } = {}) => {
  const { outputFiles } = await esbuild.build({
    entryPoints: [join(root, "bench", path)],
    bundle: true,
    format: global ? "iife" : "esm",
    globalName: global,
    external: ["/pkg/*"],
    minify: true,
    write: false,
    logLevel: "warning",
  });
  return outputFiles[0].text;
};
