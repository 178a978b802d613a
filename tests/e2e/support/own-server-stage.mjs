// A page with a WebAuthn server of its own, as an adopter has them: the example's page, and a server of its files that hands `/api/`
// to the backend. On the way a test can lose requests and responses, and change them.

import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { root } from "../../../scripts/run.mjs";
import { serve } from "./processes.mjs";

/** The page's files besides its document. */
const FILES = {
  "/pkg/index.js": "pkg/index.js",
  "/pkg/cause.js": "pkg/cause.js",
  "/page.js": "docs/examples/own-server/page.js",
};

/** The body of a request. */
const read = async (request) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
};

/** @typedef {(env: Record<string, string>) => Promise<{ log(): string, stop(): Promise<void> }>} StartBackend */

export const startStage = async (/** @type {StartBackend} */ startBackend) => {
  let backend, address;
  /** By path: what happens to the next requests. */
  let faults = new Map();
  /** The bodies of the requests, by path. */
  let sent = {};

  const pass = async (request, response) => {
    const body = await read(request);
    const path = request.url;
    (sent[path] ??= []).push(JSON.parse(body.toString()));
    const fault = faults.get(path);
    const isFaulty = fault && fault.times-- > 0;
    if (isFaulty && fault.when === "before") return request.socket.destroy();
    const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => name !== "connection"));
    const reply = await fetch(address + path, { method: request.method, headers, body });
    const text = await reply.text();
    if (isFaulty && fault.when === "after") return request.socket.destroy();
    const cookies = reply.headers.getSetCookie();
    response.writeHead(reply.status, { "Content-Type": "application/json", "Set-Cookie": cookies });
    response.end(fault?.change ? JSON.stringify(fault.change(JSON.parse(text))) : text);
  };

  const page = await serve(async (request, response) => {
    if (request.url.startsWith("/api/")) return pass(request, response).catch(() => request.socket.destroy());
    const file = FILES[request.url];
    response.writeHead(200, { "Content-Type": file ? "text/javascript; charset=utf-8" : "text/html" });
    if (!file) return response.end("<!doctype html><title>A page</title>");
    const text = await readFile(join(root, file), "utf8");
    response.end(text.replace('from "webauthn-result"', 'from "/pkg/index.js"'));
  });

  const settings = { ORIGIN: page.origin, PORT: "0" };
  backend = await startBackend(settings);
  [, address] = /^backend listening on (http:\S+)$/m.exec(backend.log());

  return {
    origin: page.origin,
    address,
    settings,
    log: () => backend.log(),
    /** The bodies of the requests to a path since the last `reset`. */
    sent: (path) => sent[path] ?? [],
    /** Loses the next requests to a path, `before` or `after` the backend has handled them. */
    lose: (path, when, times = Infinity) => faults.set(path, { when, times }),
    /** Changes the backend's responses. */
    change: (path, change) => faults.set(path, { times: 0, change }),
    reset() {
      faults = new Map();
      sent = {};
    },
    async stop() {
      page.stop();
      await backend.stop();
    },
  };
};
