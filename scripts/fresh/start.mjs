// Runs `npm start` like a user: waits for the address to open, and stops it with Ctrl+C.

import { spawn } from "node:child_process";

import { CommandFailure } from "../failure.mjs";
import { write } from "../progress.mjs";
import { isFree } from "../start/ports.mjs";

/** How long the servers may take to stop, in milliseconds. */
const STOP_LIMIT = 10_000;

const PORTS = ["PORT", "CLOUD_PORT", "PHONE_PORT"];

/**
 * Starts it. `ready` resolves to the address in its last line; `stop` sends SIGINT like Ctrl+C, and rejects unless the servers
 * end silently; `kill` ends all remaining processes.
 *
 * @param {string} folder
 * @param {Record<string, string>} env names the three ports
 */
export const startAsUser = (folder, env) => {
  // A process group of its own, as in a terminal.
  const child = spawn("npm", ["start"], { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"], detached: true });
  const kill = () => {
    try {
      process.kill(-child.pid, "SIGKILL");
    } catch {
      // It has already ended.
    }
  };
  process.once("exit", kill);
  let output = "";
  const closed = new Promise((resolve) => child.on("close", resolve));
  const address = new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text) => {
        output += text;
        write(text);
        const last = /^Ready .*Open (http:\/\/localhost:\d+) .*\n$/.exec(output.split(/^(?=Ready )/m).at(-1));
        if (last) resolve(last[1]);
      });
    closed.then((code) => reject(new CommandFailure(`npm start ended with exit code ${code}`)));
  });
  return {
    ready: () => address,
    kill,
    async stop() {
      const before = output.length;
      process.kill(-child.pid, "SIGINT");
      const late = new Promise((resolve) => setTimeout(resolve, STOP_LIMIT, "late").unref());
      if ((await Promise.race([closed, late])) === "late")
        throw new Error(`npm start did not end within ${STOP_LIMIT / 1000} s`);
      if (output.length > before) throw new Error(`npm start printed after Ctrl+C: ${output.slice(before)}`);
      for (const name of PORTS)
        if (!(await isFree(Number(env[name])))) throw new Error(`port ${env[name]} is still in use`);
    },
  };
};
