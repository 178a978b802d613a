// A page and its relay for push and TOTP, on this machine: see docs/ciba-relay.md.
//
//   AUTHSEC_URL=https://… CIBA_CLIENT_ID=… CIBA_CLIENT_SECRET=… PAGE_FOLDER=… node ciba-relay-server.mjs

import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, sep } from "node:path";
import { anonymousSessions } from "./ciba-relay/anonymous-sessions.mjs";
import { cibaRelay } from "./ciba-relay.mjs";

const { env } = process;
const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
};

// #region relay
/** For visitors who have not signed in. The cookie is not secure, because this page is on http. */
const sessions = anonymousSessions({ secure: false });

/** Tokens by their handles, for five minutes. A real backend verifies the token, and stores it with the session. */
const tokens = new Map();
function keepToken(token) {
  const handle = randomUUID();
  tokens.set(handle, token);
  setTimeout(() => tokens.delete(handle), 300_000).unref();
  return handle;
}

const createRelay = (origin) =>
  cibaRelay({
    origin,
    sessionOf: sessions.sessionOf,
    bindingMessages: /^Sign in, code [2-9A-HJ-NP-Z]{4}$/,
    baseUrl: env.AUTHSEC_URL,
    routes: env.CIBA_ROUTES || "workspace",
    clientId: env.CIBA_CLIENT_ID,
    clientSecret: env.CIBA_CLIENT_SECRET,
    privateKey: env.CIBA_PRIVATE_KEY_FILE && readFileSync(env.CIBA_PRIVATE_KEY_FILE, "utf8"),
    keyId: env.CIBA_KEY_ID,
    workspaceId: env.CIBA_WORKSPACE_ID || undefined,
    totp: env.CIBA_TOTP !== "0",
    keepToken: env.CIBA_KEEP_TOKENS === "1" ? keepToken : undefined,
  });

const handleRequest = (relay, files) => async (request, response) => {
  try {
    if (request.url.startsWith("/auth/ciba/")) return await relay(request, response);
    const file = request.method === "GET" && files.get(request.url.split("?", 1)[0]);
    if (!file) return response.writeHead(404).end();
    sessions.start(request, response);
    response.writeHead(200, { "Content-Type": file.type, "Cache-Control": "no-cache" }).end(file.content);
  } catch (error) {
    // Only the name: a message could quote what a client sent.
    console.error(`${request.method} failed with ${error?.name ?? "an unknown error"}`);
    if (response.headersSent) response.destroy();
    else response.writeHead(500).end();
  }
};
// #endregion relay

/** The files of a folder by their paths. Nothing else can be requested. */
function readFiles(folder) {
  const files = new Map();
  for (const name of readdirSync(folder, { encoding: "utf8", recursive: true })) {
    const type = TYPES[extname(name)];
    if (type) files.set(`/${name.split(sep).join("/")}`, { type, content: readFileSync(join(folder, name)) });
  }
  return files.set("/", files.get("/index.html"));
}

const server = createServer({ requestTimeout: 10_000 });
server.listen(Number(env.PORT ?? 4000), "127.0.0.1", () => {
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  const origin = `http://localhost:${port}`;
  try {
    for (const name of ["AUTHSEC_URL", "CIBA_CLIENT_ID"]) if (!env[name]) throw new Error(`${name} is not set.`);
    server.on("request", handleRequest(createRelay(origin), readFiles(env.PAGE_FOLDER ?? "page")));
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
  console.log(`relay listening on ${origin}`);
});
