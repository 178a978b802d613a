// The demo shop's backend: serves the page and the built package, makes the calls that need the access key, and relays push and
// TOTP to AuthSec.

import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { anonymousSessions } from "../docs/examples/ciba-relay/anonymous-sessions.mjs";
import { cibaRelay } from "../docs/examples/ciba-relay.mjs";
import { shopApi } from "./shop-api.mjs";
import { staticFiles } from "./static-files.mjs";

const HOST = "127.0.0.1";
const CIBA_CLIENT_ID = "harbour-and-pine";
/** What the page has the phone show: see page/sign-in-ways.js and page/payment.js. */
const BINDING_MESSAGES = /^(?:Sign in to|Pay CHF 72\.50 to) Harbour & Pine, code [2-9A-HJ-NP-Z]{4}$/;
const LOOPBACK = /^(?:(?:[a-z0-9-]+\.)*localhost|127(?:\.\d+){3}|\[::1\])$/;
/** How long a client may take to send a request. */
const REQUEST_TIMEOUT_MS = 10_000;

const { values: options } = parseArgs({ options: { port: { type: "string", default: "5180" } } });
const accessKey = readSecret("LOCAL_CLOUD_ACCESS_KEY", "the access key of the cloud");
const clientSecret = readSecret("CIBA_CLIENT_SECRET", `the secret of AuthSec's client ${CIBA_CLIENT_ID}`);
const cloud = readAddress("CLOUD_URL", "http://localhost:5190");
const phoneUrl = readAddress("PHONE_URL", "http://localhost:5195");
if (!/^\d{1,5}$/.test(options.port) || Number(options.port) > 65535) fail("--port must be a number from 0 to 65535.");

const securityHeaders = {
  "Content-Security-Policy": [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "img-src 'self' data:",
    `connect-src 'self' ${cloud}/_app/ ${cloud}/api/v1/status`,
    "frame-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
    "require-trusted-types-for 'script'",
  ].join("; "),
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
};

// The page signs in with the relay, so its visitors have no account's session yet. The cookie has no port, so its name is the shop's.
const sessions = anonymousSessions({ name: "harbour-and-pine", secure: false });
const serveApi = shopApi({ cloud, phoneUrl, accessKey, sessionOf: sessions.sessionOf });
/** Set once the page's origin is known. */
let serveRelay;
const serveFile = staticFiles({
  "/pkg/": fileURLToPath(new URL("../pkg/", import.meta.url)),
  "/": fileURLToPath(new URL("./page/", import.meta.url)),
});

const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS }, async (request, response) => {
  for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
  try {
    const origin = readOrigin();
    if (rejectOtherHost(request, response, origin)) return;
    // Not parsed as a URL: a request target can also be absolute or malformed.
    const path = request.url.split("?", 1)[0];
    if (path.startsWith("/api/")) await serveApi(request, response, { path, origin });
    else if (path.startsWith("/auth/ciba/")) await serveRelay(request, response);
    else {
      sessions.start(request, response);
      await serveFile(request, response, path);
    }
  } catch (error) {
    // Only the name: a message could quote what a client sent.
    console.error(`page: ${request.method} failed with ${error?.name ?? "an unknown error"}`);
    if (response.headersSent) response.destroy();
    else response.writeHead(500, { "Content-Type": "text/plain; charset=utf-8" }).end("Internal Server Error\n");
  }
});

server.on("error", (/** @type {NodeJS.ErrnoException} */ error) =>
  fail(`Cannot listen on ${HOST}:${options.port}: ${error.code ?? error.name}.`),
);
server.listen(Number(options.port), HOST, () => {
  serveRelay = cibaRelay({
    origin: readOrigin(),
    sessionOf: sessions.sessionOf,
    bindingMessages: BINDING_MESSAGES,
    baseUrl: cloud,
    clientId: CIBA_CLIENT_ID,
    clientSecret,
    // The local cloud has only one workspace.
    workspaceId: process.env.CIBA_WORKSPACE_ID || undefined,
  });
  console.log(`page listening on ${readOrigin()}`);
});

for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, () => {
    server.close();
    server.closeIdleConnections();
    // A browser may keep a connection busy for long.
    setTimeout(() => server.closeAllConnections(), 1000).unref();
  });
}

function readOrigin() {
  return `http://localhost:${/** @type {import("node:net").AddressInfo} */ (server.address()).port}`;
}

/**
 * Passkeys belong to a host name, so the page works only on `localhost`. Requests to the bare address are redirected there.
 * Other names are rejected, which protects against DNS rebinding.
 */
function rejectOtherHost(request, response, origin) {
  const { host, port } = new URL(origin);
  if (request.headers.host === host) return false;
  if (request.headers.host === `${HOST}:${port}` && request.method === "GET" && request.url.startsWith("/")) {
    response.writeHead(307, { Location: origin + request.url }).end();
  } else {
    response.writeHead(421, { "Content-Type": "text/plain; charset=utf-8" }).end(`This page is at ${origin}\n`);
  }
  return true;
}

/** Reads a secret from the environment, because other users of the machine can read command lines. */
function readSecret(name, meaning) {
  const secret = process.env[name];
  if (!secret) fail(`${name} is not set. Set it to ${meaning}.`);
  return secret;
}

/**
 * Reads an address from the environment, and removes a trailing slash. It must be a plain URL, because it becomes part of a
 * header, and https, because it gets secrets. This machine can also have http.
 */
function readAddress(name, defaultAddress) {
  const text = process.env[name] ?? defaultAddress;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (
    !url ||
    !(url.protocol === "https:" || (url.protocol === "http:" && LOOPBACK.test(url.hostname))) ||
    url.username ||
    url.search ||
    url.hash ||
    /[\s;,']/.test(text)
  ) {
    fail(`${name} must be an https address, or an http address of this machine.`);
  }
  return (url.origin + url.pathname).replace(/\/+$/, "");
}

function fail(reason) {
  console.error(reason);
  process.exit(1);
}
