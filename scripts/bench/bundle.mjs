// Bundles the benchmark's own scripts, without the package.

import { join } from "node:path";

import * as esbuild from "esbuild";

import { root } from "../run.mjs";

/**
 * Bundles and minifies a script. With `global`, it is a classic script, whose exports are properties of that global.
 *
 * @param {string} source a file in scripts/bench/page/, or with `isCode` the code itself
 * @param {{ global?: string, isCode?: boolean }} options
 */
export const bundle = async (source, { global, isCode } = {}) => {
  const folder = join(root, "scripts/bench/page");
  const { outputFiles } = await esbuild.build({
    ...(isCode ? { stdin: { contents: source, resolveDir: folder } } : { entryPoints: [join(folder, source)] }),
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
