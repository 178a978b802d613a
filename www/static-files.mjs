// Serves folders of files, always checked for change by the browser and never anything outside of them.

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
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** `folders` maps a path prefix to a folder, the longer prefix first. */
export function staticFiles(folders) {
  return async function serveFile(request, response, path) {
    if (request.method !== "GET" && request.method !== "HEAD") {
      return answer(response, 405, "Method Not Allowed", { Allow: "GET, HEAD" });
    }
    const file = await fileFor(folders, path);
    if (!file) {
      const unbuilt = path.startsWith("/pkg/")
        ? "There is no such file in pkg/. Is the package built? npm run build"
        : "Not Found";
      return answer(response, 404, unbuilt);
    }
    const etag = `"${createHash("sha256").update(file.content).digest("base64url")}"`;
    // `no-cache` asks each time, so that a rebuilt package shows at once; the tag makes the answer cheap.
    const headers = { "Content-Type": file.type, "Cache-Control": "no-cache", ETag: etag };
    if (request.headers["if-none-match"]?.split(/\s*,\s*/).includes(etag))
      return response.writeHead(304, headers).end();
    response.writeHead(200, { ...headers, "Content-Length": file.content.length });
    response.end(request.method === "HEAD" ? undefined : file.content);
  };
}

/** The content and type of what a path names, or `undefined` for whatever is no file of known type inside its folder. */
async function fileFor(folders, path) {
  const prefix = Object.keys(folders).find((candidate) => path.startsWith(candidate));
  if (prefix === undefined) return undefined;
  try {
    const name = decodeURIComponent(path.slice(prefix.length)) || "index.html";
    if (/[\\\0]/.test(name)) return undefined;
    // Compared after links and dots are resolved: what counts is where the file really is.
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

function answer(response, status, text, headers = {}) {
  response.writeHead(status, { "Content-Type": "text/plain; charset=utf-8", ...headers }).end(`${text}\n`);
}
