// Serves the files of folders, and nothing outside of them. The browser revalidates each file on each request.

import { createHash } from "node:crypto";
import { readFile, realpath } from "node:fs/promises";
import { extname, join, sep } from "node:path";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".map": "application/json; charset=utf-8",
  ".ts": "text/plain; charset=utf-8",
  ".md": "text/plain; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".png": "image/png",
  ".woff2": "font/woff2",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** `folders` maps a path prefix to a folder, the longer prefix first. */
export function staticFiles(folders) {
  return async function serveFile(request, response, path) {
    if (request.method !== "GET" && request.method !== "HEAD") {
      return sendText(response, 405, "Method Not Allowed", { Allow: "GET, HEAD" });
    }
    const file = await readServedFile(folders, path);
    if (!file) {
      const message = path.startsWith("/pkg/")
        ? "Not found in pkg/. If the package is not built, run: npm run build"
        : "Not Found";
      return sendText(response, 404, message);
    }
    const etag = `"${createHash("sha256").update(file.content).digest("base64url")}"`;
    // `no-cache` makes the browser revalidate, so that a rebuilt package is used at once.
    const headers = { "Content-Type": file.type, "Cache-Control": "no-cache", ETag: etag };
    if (request.headers["if-none-match"]?.split(/\s*,\s*/).includes(etag))
      return response.writeHead(304, headers).end();
    response.writeHead(200, { ...headers, "Content-Length": file.content.length });
    response.end(request.method === "HEAD" ? undefined : file.content);
  };
}

/** The content and type of the file at a path, or `undefined` unless it is a file of a known type inside its folder. */
async function readServedFile(folders, path) {
  const prefix = Object.keys(folders).find((candidate) => path.startsWith(candidate));
  if (prefix === undefined) return undefined;
  try {
    const name = decodeURIComponent(path.slice(prefix.length)) || "index.html";
    if (/[\\\0]/.test(name)) return undefined;
    // Compared after symbolic links and dots are resolved.
    const folder = await realpath(folders[prefix]);
    const file = await realpath(join(folder, name));
    const type = TYPES[extname(file)];
    if (!type || !file.startsWith(folder + sep)) return undefined;
    return { type, content: await readFile(file) };
  } catch (error) {
    if (
      error instanceof URIError ||
      ["ENOENT", "ENOTDIR", "EISDIR", "EACCES", "ELOOP", "ENAMETOOLONG"].includes(error.code)
    )
      return undefined;
    throw error;
  }
}

function sendText(response, status, text, headers = {}) {
  response.writeHead(status, { "Content-Type": "text/plain; charset=utf-8", ...headers }).end(`${text}\n`);
}
