// The shop's one origin, in front of whatever serves a consumer: its API is here, everything else comes from behind.
//
// So each tool's server stays as it is by default, and the pages find their backend where a shop has it.

import { createServer, request as httpRequest } from "node:http";
import { connect } from "node:net";

import { shopApi } from "../../www/shop-api.mjs";
import { staticFiles } from "../../www/static-files.mjs";

/**
 * Starts it on a loopback port. `show(folder)` or `show(port)` says what is behind.
 *
 * @param {{ port: number, cloud: string, accessKey: string }} options
 */
export const startFront = async ({ port, cloud, accessKey }) => {
  const origin = `http://localhost:${port}`;
  const serveApi = shopApi({ cloud, accessKey });
  let behind;

  const server = createServer(async (request, response) => {
    const path = request.url.split("?", 1)[0];
    try {
      if (path.startsWith("/api/")) await serveApi(request, response, { path, origin });
      // A browser asks for it by itself, and its absence would be an error in the console.
      else if (path === "/favicon.ico") response.writeHead(204).end();
      else if (typeof behind === "number") forward(request, response, behind);
      else await behind(request, response, path);
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  });
  // Dev servers tell their pages of changes over a WebSocket.
  server.on("upgrade", (request, socket, head) => {
    if (typeof behind !== "number") return socket.destroy();
    const upstream = connect(behind, "127.0.0.1", () => {
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
    show(place) {
      behind = typeof place === "number" ? place : staticFiles({ "/": place });
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

const forward = (request, response, port) => {
  const { method, url: path, headers } = request;
  const upstream = httpRequest({ host: "127.0.0.1", port, method, path, headers }, (answer) => {
    response.writeHead(answer.statusCode, answer.rawHeaders);
    answer.pipe(response);
  });
  upstream.on("error", () => (response.headersSent ? response.destroy() : response.writeHead(502).end()));
  request.pipe(upstream);
};
