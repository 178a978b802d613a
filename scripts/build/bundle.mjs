// Bundles an entry with the module into one minified file.

import { join } from "node:path";

import * as esbuild from "esbuild";
import { minify } from "terser";

import { root } from "../run.mjs";
import { wrapGlueAsFactory } from "./glue.mjs";
import { assembleDecoder, encode } from "./text.mjs";

/**
 * Asks Chromium to compile all functions of the entry at once, instead of each when it is first called. A page with this
 * entry is about to use it. The first call took 2.3 ms instead of 4.6.
 */
const HINT = "//# allFunctionsCalledOnLoad\n";

/** The oldest browsers with both passkeys and WebAssembly reference types, which the module needs. */
const TARGET = ["es2022"];

/**
 * The result of buildModule or buildFallback.
 *
 * @typedef {{ wasm?: Buffer, javascript?: string, glue: string, names: import("./module.mjs").Names }} Built
 */

/**
 * Where an entry runs. A page gets no credentials, and neither gets its bundle the code for them. workerd compiles no
 * WebAssembly from bytes, so there the module is a file of its own.
 *
 * @typedef {"page" | "node" | "workerd"} Place
 */

/** @type {Record<Place, string>} */
const SERVERS = {
  page: "export const createAuthenticate = undefined, hasCacheOption = false;",
  node: 'export { createAuthenticate } from "./ciba-credentials-node.js"; export const hasCacheOption = true;',
  workerd: 'export { createAuthenticate } from "./ciba-credentials.js"; export const hasCacheOption = false;',
};

/**
 * @param {Built} built
 * @param {Place} place
 */
const modulePlugin = ({ wasm, javascript, glue, names }, place) => ({
  name: "module",
  setup(build) {
    const js = join(root, "js");
    build.onResolve({ filter: /^#/ }, ({ path }) => ({ path, namespace: "module" }));
    build.onLoad({ filter: /^#glue$/, namespace: "module" }, () => ({
      contents: wrapGlueAsFactory(glue, names, javascript && "#javascript"),
      resolveDir: js,
    }));
    // wasm-bindgen copies the files of js/ that Rust imports from. The package has one of each.
    build.onResolve({ filter: /^\.\/snippets\// }, ({ path }) => ({
      path: join(js, path.replace(/^\.\/snippets\/[^/]+\/js\//, "")),
    }));
    build.onLoad({ filter: /^#javascript$/, namespace: "module" }, () => ({ contents: javascript }));
    build.onLoad({ filter: /^#server$/, namespace: "module" }, () => ({
      contents: SERVERS[place],
      resolveDir: js,
    }));
    build.onLoad({ filter: /^#module$/, namespace: "module" }, async () => {
      if (place === "workerd")
        return { contents: 'import module from "./ciba.wasm"; export default async () => module;', resolveDir: js };
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

/** The bindings of frameworks, which only adapt: what they call is the page's own copy. */
const BINDINGS = /^(react|vue|svelte)(-push)?\.js$/;

/**
 * Leaves the import of `webauthn-result` to the page's own instance, and in a binding that of the other entries.
 *
 * @param {string} entry
 * @param {"esm" | "cjs" | "iife"} format
 */
const entriesPlugin = (entry, format) => ({
  name: "entries",
  setup(build) {
    const filter = BINDINGS.test(entry) ? /^\.\/(index|cause|create-autofill)\.js$/ : /^\.\/index\.js$/;
    build.onResolve({ filter }, ({ path }) => ({
      path: format === "cjs" ? path.replace(/js$/, "cjs") : path,
      external: true,
    }));
  },
});

/**
 * Makes the exports of a CommonJS module plain properties. Those of esbuild are getters, which a test cannot replace:
 * `jest.spyOn(require("webauthn-result"), "authenticate")`.
 */
const PLAIN_EXPORTS = 'module.exports = Object.defineProperty({ ...module.exports }, "__esModule", { value: true });';

/**
 * Bundles and minifies `js/{entry}`, and returns the code.
 *
 * @param {string} entry
 * @param {{ built?: Built, format?: "esm" | "cjs" | "iife", place?: Place }} options
 */
export const bundle = async (entry, { built, format = "esm", place = "page" } = {}) => {
  const { outputFiles } = await esbuild.build({
    entryPoints: [join(root, "js", entry)],
    bundle: true,
    format,
    target: TARGET,
    write: false,
    footer: format === "cjs" ? { js: PLAIN_EXPORTS } : {},
    logLevel: "warning",
    // Ignore js/tsconfig.json: because of its `strict`, esbuild would add "use strict" outside ES modules.
    tsconfigRaw: {},
    // Separate files, Node's own, and the page's framework.
    external: [
      "./fallback.js",
      "./webauthn-result.fallback.js",
      "./ciba.fallback.js",
      "./ciba.wasm",
      "node:crypto",
      "react",
      "vue",
      "svelte",
    ],
    plugins: [entriesPlugin(entry, format), ...(built ? [modulePlugin(built, place)] : [])],
  });
  const { code } = await minify(outputFiles[0].text, {
    module: format === "esm",
    toplevel: format !== "iife",
    ecma: 2020,
    compress: { passes: 3 },
    // Node prints the whole line of an exception that nobody catches: in one line, that is the file.
    format: { ascii_only: true, max_line_len: place === "node" && 300 },
  });
  // terser drops it. Without it, Next.js takes hooks for code of the server.
  if (entry.startsWith("react")) return `"use client";${code}`;
  return built?.wasm && place === "page" ? HINT + code : code;
};
