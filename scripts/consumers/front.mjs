// Serves a consumer's files, or passes requests on to its tool's server, and on the same origin to the backend of the examples.
//
// So each tool's server keeps its default configuration, and the pages find the backend on their own origin. A tool's server that
// has a proxy of its own gets the requests to the backend, too.

import { once } from "node:events";
import { createServer, request as httpRequest } from "node:http";
import { connect } from "node:net";

import { join } from "node:path";
import { anonymousSessions } from "../../docs/examples/ciba-relay/anonymous-sessions.mjs";
import { cibaRelay } from "../../docs/examples/ciba-relay.mjs";
import { startServer } from "../../tests/e2e/support/processes.mjs";
import { staticFiles } from "../../www/static-files.mjs";
import { root } from "../run.mjs";
import { CLIENTS } from "./server-checks.mjs";

/**
 * Starts the server on a loopback port. `show(folder)` or `show(port)` sets the folder to serve, or the server to proxy;
 * `proxies` says whether that server proxies the backend.
 *
 * @param {{ port: number, cloud: string, accessKey: string }} options
 */
export const startFront = async ({ port, cloud, accessKey }) => {
  const origin = `http://localhost:${port}`;
  const backend = await startServer(process.execPath, [join(root, "docs/examples/backend.mjs")], {
    CLOUD_URL: cloud,
    ACCESS_KEY: accessKey,
    ORIGIN: origin,
    PORT: "0",
  });
  const [, backendPort] = /^backend listening on http:\S+:(\d+)$/m.exec(backend.log());
  // As the documentation of the relay has it.
  const [[clientId, clientSecret]] = Object.entries(CLIENTS);
  // The backend has a cookie of its own.
  const sessions = anonymousSessions({ name: "push", secure: false });
  const serveRelay = cibaRelay({
    ...{ origin, sessionOf: sessions.sessionOf, bindingMessages: /^Sign in to the shop$/ },
    ...{ baseUrl: cloud, clientId, clientSecret },
  });
  let shown;
  let hasProxy = false;

  const server = createServer(async (request, response) => {
    const path = request.url.split("?", 1)[0];
    try {
      if (path.startsWith("/api/") && !hasProxy) forward(request, response, Number(backendPort));
      else if (path.startsWith("/auth/ciba/")) await serveRelay(request, response);
      // Browsers request it automatically, and a missing icon would be an error in the console.
      else if (path === "/favicon.ico") response.writeHead(204).end();
      else {
        sessions.start(request, response);
        if (typeof shown === "number") forward(request, response, shown);
        else await shown(request, response, path);
      }
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  });
  const sockets = new Set();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  // Dev servers notify their pages of changes over a WebSocket.
  server.on("upgrade", (request, socket, head) => {
    if (typeof shown !== "number") return socket.destroy();
    const upstream = connect(shown, "127.0.0.1", () => {
      const headers = Object.entries(request.headers).map(([name, value]) => `${name}: ${value}\r\n`);
      upstream.write(`${request.method} ${request.url} HTTP/1.1\r\n${headers.join("")}\r\n`);
      upstream.write(head);
      upstream.pipe(socket).pipe(upstream);
    });
    upstream.on("error", () => socket.destroy());
    socket.on("error", () => upstream.destroy());
  });
  await new Promise((/** @type {(value?: unknown) => void} */ resolve, reject) => {
    server.on("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });

  return {
    origin,
    backend: `http://localhost:${backendPort}`,
    show(place, { proxies = false } = {}) {
      hasProxy = proxies;
      shown = typeof place === "number" ? place : staticFiles({ "/": place });
    },
    async stop() {
      await backend.stop();
      const closed = once(server, "close");
      server.close();
      // Also WebSockets, which `closeAllConnections` leaves open: without a reader, they keep no process alive, so it would end
      // before the server does.
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
};

const forward = (request, response, port) => {
  const { method, url: path, headers } = request;
  const upstream = httpRequest({ host: "127.0.0.1", port, method, path, headers }, (upstreamResponse) => {
    response.writeHead(upstreamResponse.statusCode, upstreamResponse.rawHeaders);
    upstreamResponse.pipe(response);
  });
  upstream.on("error", () => (response.headersSent ? response.destroy() : response.writeHead(502).end()));
  request.pipe(upstream);
};
