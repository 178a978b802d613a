// A tool's own server, as its npm script starts it, for as long as its page is looked at.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";

const LIMIT_MS = 60_000;

/** Starts it and resolves once it answers, to `{ output(), stop() }`. */
export const startToolServer = async (folder, { script, args }, port, env) => {
  // A group of its own: npm and the tool are two processes, and both have to end.
  const child = spawn("npm", ["run", "--silent", script, "--", ...args(String(port))], {
    cwd: folder,
    env,
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
    const answer = await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined);
    await answer?.arrayBuffer();
    if (answer?.ok) break;
    if (Date.now() > until) {
      await stop();
      throw new Error(`npm run ${script} does not answer:\n${output}`);
    }
    await wait(200);
  }
  return { output: () => output, stop };
};
