// Runs a command, and shows what it says as it says it.

import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The project's folder. */
export const root = fileURLToPath(new URL("..", import.meta.url));

/** One line that says what happens now. */
export const step = (text) => console.log(`\n▸ ${text}`);

/**
 * Runs a command to its end; throws unless it succeeds. With `capture` its output is returned instead of shown.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, capture?: boolean, cwd?: string }} [options]
 * @returns {Promise<string>}
 */
export const run = (command, args, { env, capture = false, cwd = root } = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ["ignore", capture ? "pipe" : "inherit", "inherit"],
    });
    let output = "";
    child.stdout?.setEncoding("utf8").on("data", (text) => (output += text));
    child.on("error", reject);
    child.on("close", (code) =>
      code === 0 ? resolve(output) : reject(new Error(`${command} ${args.join(" ")} ended with ${code}`)),
    );
  });

/** What a command prints, or undefined where it fails or is not there. */
export const tryRun = (command, args) => run(command, args, { capture: true }).catch(() => undefined);
