// A page with its backend, as an adopter has them: a server of the page's files that hands `/api/` to the backend, as development
// servers do, and a cloud behind a proxy that a test can make fail.

import { readFile } from "node:fs/promises";
import { request as httpRequest } from "node:http";
import { join } from "node:path";

import { root } from "../../../scripts/run.mjs";
import { WILLING } from "./browser.mjs";
import { startCloud } from "./cloud.mjs";
import { serve } from "./processes.mjs";

/** The page's files besides its document. */
const FILES = { "/pkg/index.js": "pkg/index.js" };

/** @typedef {(env: Record<string, string>) => Promise<{ log(): string, stop(): Promise<void> }>} StartBackend */

/** Starts them; `env` is added to the backend's environment. */
export const startStage = async (/** @type {StartBackend} */ startBackend, env = {}) => {
  let backend, backendPort;
  const page = await serve(async (request, response) => {
    if (request.url.startsWith("/api/")) return forward(request, response, backendPort);
    const file = FILES[request.url];
    response.writeHead(200, { "Content-Type": file ? "text/javascript" : "text/html" });
    response.end(file ? await readFile(join(root, file)) : "<!doctype html><title>A page</title>");
  });
  const cloud = await startCloud({ origin: page.origin });

  /** The requests of the backend, and what it gets in their place. */
  const proxy = { asked: [], failures: [] };
  const front = await serve((request, response) => {
    proxy.asked.push(request.url);
    const index = proxy.failures.findIndex(({ path }) => path === request.url);
    if (index < 0) return forward(request, response, new URL(cloud.baseUrl).port);
    const [{ status, cut, headers }] = proxy.failures.splice(index, 1);
    if (cut) return request.socket.destroy();
    response.writeHead(status, headers).end("The service is not available");
  });

  const settings = {
    CLOUD_URL: front.origin,
    ACCESS_KEY: cloud.accessKey,
    ORIGIN: page.origin,
    PORT: "0",
    ...env,
  };
  backend = await startBackend(settings);
  const [, address] = /^backend listening on (http:\S+)$/m.exec(backend.log());
  backendPort = new URL(address).port;
  return {
    origin: page.origin,
    address,
    settings,
    cloud,
    proxy,
    log: () => backend.log(),
    async stop() {
      page.stop();
      front.stop();
      await backend.stop();
      await cloud.stop();
    },
  };
};

/** Sends a request on, with its own headers: so the backend sees the page's `Host` and `Origin`. */
const forward = (request, response, port) => {
  const { url: path, method, headers } = request;
  const upstream = httpRequest({ host: "127.0.0.1", port, method, path, headers }, (upstreamResponse) => {
    response.writeHead(upstreamResponse.statusCode, upstreamResponse.rawHeaders);
    upstreamResponse.pipe(response);
  });
  upstream.on("error", () => response.destroy());
  request.pipe(upstream);
};

/** A browser of a visitor. */
export const openVisit = async (t, browser, { origin, cloud }) => {
  const context = await browser.newContext();
  t.after(() => context.close());
  return {
    context,
    cookie: async (name) => (await context.cookies(origin)).find((cookie) => cookie.name === name),
    /** A tab with an authenticator of its own. */
    async openTab() {
      const page = await context.newPage();
      const cdp = await context.newCDPSession(page);
      await cdp.send("WebAuthn.enable");
      await cdp.send("WebAuthn.addVirtualAuthenticator", { options: WILLING });
      const queries = [];
      page.on("request", (request) => queries.push(request.url()));
      await page.goto(origin);
      await page.evaluate(async (baseUrl) => {
        const { configure, ...module } = await import(/** @type {string} */ ("/pkg/index.js"));
        configure({ baseUrl, statusUrl: "/api/status" });
        const post = async (path, body) => {
          const response = await fetch(path, {
            method: "POST",
            headers: { "Content-Type": "application/json" },
            body: JSON.stringify(body),
          });
          return {
            status: response.status,
            retryAfter: response.headers.get("Retry-After"),
            body: await response.json(),
          };
        };
        globalThis.tab = { ...module, post };
      }, cloud.baseUrl);
      const post = (path, body) => page.evaluate(([at, value]) => tab.post(at, value), [path, body]);
      /** Prompts open in the tab that has the focus. */
      const run = async (name, argument) => {
        await page.bringToFront();
        return page.evaluate(([call, given]) => tab[call](given), [name, argument]);
      };
      const finish = async (name, argument) => {
        const { success, token, message } = await run(name, argument);
        if (!success) throw new Error(message);
        return { statusToken: argument.statusToken, token };
      };
      const start = async (path, username) => {
        const { status, body } = await post(path, { username });
        if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
        return body;
      };
      return {
        page,
        post,
        run,
        /** The addresses that the page asked. */
        queries,
        /** Starts a registration and finishes it at the cloud. Resolves to what the backend verifies. */
        register: async (username) => finish("register", (await start("/api/enroll", username)).enrollment),
        /** The same of an approval. */
        approve: async (username) => finish("authenticate", await start("/api/approve", username)),
        verify: (transaction) => post("/api/introspect", transaction),
      };
    },
  };
};
