// A blank page with only the package and a test's scripts.

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";

import * as esbuild from "esbuild";

import { root } from "../../../scripts/run.mjs";
import { launchBrowser } from "./browser.mjs";
import { serve } from "./processes.mjs";

const TYPES = { js: "text/javascript; charset=utf-8", cjs: "text/javascript; charset=utf-8", wasm: "application/wasm" };

/** A script of the folder support/ as one module, with all its imports except the package. */
export const bundle = async (path) => {
  const { outputFiles } = await esbuild.build({
    entryPoints: [fileURLToPath(new URL(path, import.meta.url))],
    bundle: true,
    format: "esm",
    target: "es2022",
    external: ["/pkg/*"],
    write: false,
    logLevel: "warning",
  });
  return outputFiles[0].text;
};

/** Serves the page; resolves to its `origin` and `stop`. See `openBlankPage` for the options. */
export const serveBlankPage = async ({ version = "pkg", policy = "", scripts = {}, documents = {} } = {}) => {
  const folder = version.startsWith("/") ? version : join(root, version);
  const files = new Map();
  for (const name of await readdir(folder)) files.set(`/pkg/${name}`, await readFile(join(folder, name)));
  for (const [path, text] of Object.entries(scripts)) files.set(path, text);
  return serve(({ url }, response) => {
    const { pathname } = new URL(url, "http://localhost");
    // Frames load the same files repeatedly.
    response.setHeader("Cache-Control", "max-age=3600");
    if (pathname === "/" || Object.hasOwn(documents, pathname)) {
      if (policy) response.setHeader("Content-Security-Policy", policy);
      response.setHeader("Content-Type", "text/html; charset=utf-8");
      return response.end(`<!doctype html><title>Page</title><body>${documents[pathname] ?? ""}`);
    }
    const type = TYPES[pathname.split(".").at(-1)];
    if (!files.has(pathname) || !type) return response.writeHead(404).end();
    response.setHeader("Content-Type", type);
    response.end(files.get(pathname));
  });
};

/**
 * Opens the page.
 *
 * @param {{ version?: string, policy?: string, scripts?: Record<string, string>,
 *   documents?: Record<string, string>, prepare?: (page) => Promise<void> }} options `version` is a folder of the project,
 *   or anywhere, that has the package; `policy` a Content-Security-Policy; `scripts` texts by their paths, likewise
 *   `documents`, of which "/" is the page; `prepare` runs before it is loaded.
 */
export const openBlankPage = async (browser, options = {}) => {
  const { origin, stop } = await serveBlankPage(options);
  const context = await browser.newContext();
  const page = await context.newPage();
  const errors = [];
  page.on("pageerror", (error) => errors.push(error));
  await options.prepare?.(page);
  await page.goto(origin);
  return {
    page,
    context,
    errors,
    async close() {
      await context.close();
      stop();
    },
  };
};

/**
 * One browser for the tests of a file or a suite. Returns a function that opens a blank page in it whose only script is
 * `path`, a file of support/. With `fallback` the page's policy refuses WebAssembly; see `openBlankPage` for the other options.
 */
export const useBlankPage = (path) => {
  let browser, script;
  before(async () => {
    browser = await launchBrowser();
    script = await bundle(path);
  });
  after(() => browser?.close());
  return ({ fallback = false, ...options } = {}) =>
    openBlankPage(browser, {
      policy: fallback ? "script-src 'self'" : "",
      scripts: { "/script.js": script },
      documents: { "/": '<script type="module" src="/script.js"></script>' },
      ...options,
    });
};
