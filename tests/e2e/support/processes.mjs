// Servers: as a separate process, which always ends with the tests, and within this process.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { createServer } from "node:net";

// A signal that ends the tests must also end what they started: without a handler, the exit handlers do not run.
for (const [signal, number] of /** @type {const} */ ([
  ["SIGINT", 2],
  ["SIGTERM", 15],
]))
  process.once(signal, () => process.exit(128 + number));

/** Free ports: the page and the cloud have to know each other's port before either starts. */
export const freePorts = async (count) => {
  const servers = Array.from({ length: count }, () => createServer());
  for (const server of servers) {
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
  }
  const ports = servers.map((server) => /** @type {import("node:net").AddressInfo} */ (server.address()).port);
  for (const server of servers) {
    server.close();
    await once(server, "close");
  }
  return ports;
};

/** Serves HTTP from this process, on a free port; `act` handles each request. */
export const serve = async (act) => {
  const server = createHttpServer(act);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    port,
    origin: `http://localhost:${port}`,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
};

/** Starts a server. Resolves to `{ log(), stop() }` when its log matches `ready`. */
export const startServer = async (command, args, env, ready = / listening on http/) => {
  const child = spawn(command, args, {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let log = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (log += text));
  // In case the test process ends early.
  const kill = () => child.kill("SIGKILL");
  process.on("exit", kill);

  await new Promise((/** @type {(value?: unknown) => void} */ resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code) => reject(new Error(`${command} ended with ${code}:\n${log}`)));
    child.stdout.on("data", () => ready.test(log) && resolve());
  });
  return {
    log: () => log,
    async stop() {
      process.off("exit", kill);
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGTERM");
      // Don't wait for a request that is delayed for minutes.
      const limit = setTimeout(() => child.kill("SIGKILL"), 1000);
      await once(child, "exit");
      clearTimeout(limit);
    },
  };
};
