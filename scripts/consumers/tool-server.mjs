// Runs the server of a tool, started by its npm script.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";

const LIMIT_MS = 60_000;

/** @type {(port: string) => string[]} */
const noArguments = () => [];

/** Starts the server. When it responds, resolves to `{ output(), stop() }`. */
export const startToolServer = async (folder, { script, args = noArguments }, port, env) => {
  // A process group of its own: npm and the tool are two processes, and both must be stopped.
  const child = spawn("npm", ["run", "--silent", script, "--", ...args(String(port))], {
    cwd: folder,
    // For servers that take no arguments.
    env: { ...env, HOST: "127.0.0.1", PORT: String(port) },
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (output += text));
  const closed = once(child, "close");
  const signal = (name) => {
    try {
      process.kill(-child.pid, name);
    } catch {}
  };
  const kill = () => signal("SIGKILL");
  process.on("exit", kill);
  const stop = async () => {
    signal("SIGTERM");
    await Promise.race([closed, wait(3000, undefined, { ref: false })]);
    kill();
    await closed;
    process.off("exit", kill);
  };

  const until = Date.now() + LIMIT_MS;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`npm run ${script} ended:\n${output}`);
    const response = await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined);
    await response?.arrayBuffer();
    if (response?.ok) break;
    if (Date.now() > until) {
      await stop();
      throw new Error(`npm run ${script} does not respond:\n${output}`);
    }
    await wait(200);
  }
  return { output: () => output, stop };
};
