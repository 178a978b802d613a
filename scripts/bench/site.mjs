// Serves a site from memory: compressed, and with cross-origin isolation, so that pages have a precise clock.

import { brotliCompressSync } from "node:zlib";

import { serve } from "../../tests/e2e/support/processes.mjs";

const TYPES = { js: "text/javascript; charset=utf-8", wasm: "application/wasm", json: "application/json" };

/**
 * Serves `files`, which maps paths to contents. A path without an extension is a page.
 *
 * @param {Record<string, string | Buffer>} files
 * @returns {Promise<{ origin: string, stop: () => void }>}
 */
export const startSite = (files) => {
  const compressed = new Map();
  const contentOf = (path) => {
    if (!compressed.has(path)) compressed.set(path, brotliCompressSync(files[path]));
    return compressed.get(path);
  };
  return serve(({ url }, response) => {
    const { pathname } = new URL(url, "http://localhost");
    if (!Object.hasOwn(files, pathname)) return response.writeHead(404).end();
    const content = contentOf(pathname);
    response.writeHead(200, {
      "Content-Type": TYPES[pathname.split(".")[1]] ?? "text/html; charset=utf-8",
      "Content-Encoding": "br",
      "Content-Length": content.length,
      "Cache-Control": "max-age=3600",
      "Cross-Origin-Opener-Policy": "same-origin",
      "Cross-Origin-Embedder-Policy": "require-corp",
    });
    response.end(content);
  });
};
