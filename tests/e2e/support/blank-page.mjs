// A page of its own: the package, the scripts that a test gives it, and nothing else.

import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import * as esbuild from "esbuild";

import { root } from "../../../scripts/run.mjs";

const TYPES = { js: "text/javascript; charset=utf-8", cjs: "text/javascript; charset=utf-8", wasm: "application/wasm" };

/** A script of the folder support/, with all that it imports but the package, as the text of one module. */
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

/** Serves the page; its `origin`, and what ends it. See `openBlankPage`. */
const serve = async ({ version, policy, scripts, documents }) => {
  const folder = version.startsWith("/") ? version : join(root, version);
  const files = new Map();
  for (const name of await readdir(folder)) files.set(`/pkg/${name}`, await readFile(join(folder, name)));
  for (const [path, text] of Object.entries(scripts)) files.set(path, text);
  const server = createServer(({ url }, response) => {
    const { pathname } = new URL(url, "http://localhost");
    // Frames load the same again and again.
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
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    origin: `http://localhost:${server.address().port}`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
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
  const { version = "pkg", policy = "", scripts = {}, documents = {} } = options;
  const { origin, stop } = await serve({ version, policy, scripts, documents });
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
