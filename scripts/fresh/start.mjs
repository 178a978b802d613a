// `npm start`, run as a user does, until it says which address to open, and ended as a user ends it.

import { spawn } from "node:child_process";

import { CommandFailure } from "../failure.mjs";
import { write } from "../progress.mjs";
import { isFree } from "../start/ports.mjs";

/** How long the servers may take to end, in milliseconds. */
const STOP_LIMIT = 10_000;

const PORTS = ["PORT", "CLOUD_PORT", "PHONE_PORT"];

/**
 * Starts it; resolves once its last line names the address, to `{ origin, stop }`. `stop` sends what Ctrl+C sends, and
 * rejects unless the servers end, in silence.
 *
 * @param {string} folder
 * @param {Record<string, string>} env names the three ports
 */
export const startAsUser = async (folder, env) => {
  // A group of its own, as a terminal makes one.
  const child = spawn("npm", ["start"], { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"], detached: true });
  const kill = () => {
    try {
      process.kill(-child.pid, "SIGKILL");
    } catch {
      // It has ended.
    }
  };
  process.once("exit", kill);
  let output = "";
  const closed = new Promise((resolve) => child.on("close", resolve));
  const origin = await new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text) => {
        output += text;
        write(text);
        const address = /^Ready .*Open (http:\/\/localhost:\d+) .*\n$/m.exec(output);
        if (address) resolve(address[1]);
      });
    closed.then((code) => reject(new CommandFailure(`npm start ended with exit code ${code}`)));
  });
  if (!output.trimEnd().split("\n").at(-1).includes(origin)) throw new Error("the last line does not name the address");
  return {
    origin,
    async stop() {
      const before = output.length;
      process.kill(-child.pid, "SIGINT");
      const late = new Promise((resolve) => setTimeout(resolve, STOP_LIMIT, "late").unref());
      const isLate = (await Promise.race([closed, late])) === "late";
      process.off("exit", kill);
      kill();
      if (isLate) throw new Error(`npm start did not end within ${STOP_LIMIT / 1000} s`);
      if (output.length > before) throw new Error(`npm start ended with the words: ${output.slice(before)}`);
      for (const name of PORTS)
        if (!(await isFree(Number(env[name])))) throw new Error(`port ${env[name]} is still in use`);
    },
  };
};
