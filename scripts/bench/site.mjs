// A site from memory: every page is isolated, so that its clock is fine, and what it loads comes compressed.

import { once } from "node:events";
import { createServer } from "node:http";
import { brotliCompressSync } from "node:zlib";

const TYPES = { js: "text/javascript; charset=utf-8", wasm: "application/wasm", json: "application/json" };

/**
 * Serves `files`, texts and bytes by their paths; what has no ending is a page.
 *
 * @param {Record<string, string | Buffer>} files
 * @returns {Promise<{ origin: string, stop: () => void }>}
 */
export const startSite = async (files) => {
  const compressed = new Map();
  const contentOf = (path) => {
    if (!compressed.has(path)) compressed.set(path, brotliCompressSync(files[path]));
    return compressed.get(path);
  };
  const server = createServer(({ url }, response) => {
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
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    origin: `http://localhost:${/** @type {import("node:net").AddressInfo} */ (server.address()).port}`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};
