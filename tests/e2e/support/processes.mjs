// Starts a server as a process of its own, waits until it listens, and leaves nothing of it behind.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";

// Whoever ends the tests with a signal ends what they started as well: without a handler the exit handlers do not run.
for (const [signal, number] of /** @type {const} */ ([
  ["SIGINT", 2],
  ["SIGTERM", 15],
]))
  process.once(signal, () => process.exit(128 + number));

/** Ports that nobody listens on: the page and the cloud have to know each other's before either starts. */
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

/** Starts a server; resolves once it prints that it listens, to `{ log(), stop() }`. */
export const startServer = async (command, args, env) => {
  const child = spawn(command, args, {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let log = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (log += text));
  // Should the test process itself end early.
  const kill = () => child.kill("SIGKILL");
  process.on("exit", kill);

  await new Promise((/** @type {(value?: unknown) => void} */ resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code) => reject(new Error(`${command} ended with ${code}:\n${log}`)));
    child.stdout.on("data", () => / listening on http/.test(log) && resolve());
  });
  return {
    log: () => log,
    async stop() {
      process.off("exit", kill);
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGTERM");
      // A request that was asked to wait for minutes is nothing to wait for.
      const limit = setTimeout(() => child.kill("SIGKILL"), 1000);
      await once(child, "exit");
      clearTimeout(limit);
    },
  };
};
