// The benchmark's own scripts, each with all that it imports but the package.

import { join } from "node:path";

import * as esbuild from "esbuild";

import { root } from "../run.mjs";

/**
 * A script as one minified text; as a classic script its exports are members of the global `global`.
 *
 * @param {string} source a file of scripts/bench/page/, or where `isText` the text itself
 * @param {{ global?: string, isText?: boolean }} options
 */
export const bundle = async (source, { global, isText } = {}) => {
  const folder = join(root, "scripts/bench/page");
  const { outputFiles } = await esbuild.build({
    ...(isText ? { stdin: { contents: source, resolveDir: folder } } : { entryPoints: [join(folder, source)] }),
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
