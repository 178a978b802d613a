// Serves the documentation's site on this machine.

import { createServer } from "node:http";

import { staticFiles } from "../../www/static-files.mjs";
import { site } from "./site.mjs";

/**
 * Serves the site on a loopback port, or a free one for 0. Resolves to its address, and a function that stops it.
 *
 * @param {number} port
 */
export const serveSite = async (port) => {
  const serve = staticFiles({ "/": site });
  const server = createServer((request, response) => {
    serve(request, response, request.url.split(/[?#]/, 1)[0]).catch((error) => response.destroy(error));
  });
  await new Promise((resolve, reject) => {
    server.on("error", reject);
    server.listen(port, "127.0.0.1", () => resolve(undefined));
  });
  const { port: listening } = /** @type {import("node:net").AddressInfo} */ (server.address());
  const stop = () =>
    new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  return { address: `http://localhost:${listening}`, stop };
};
