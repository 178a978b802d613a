// A program at a terminal: a real one (a pty), where a person reads what it prints and types.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";

/** Node has no pty of its own; Python's standard library has. */
const PTY = "import os, pty, sys; status = pty.spawn(sys.argv[1:]); sys.exit(os.waitstatus_to_exitcode(status))";

const LIMIT_MS = 60_000;

/**
 * Starts a program at a terminal.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: object, cwd?: string }} options
 */
export const startAtTerminal = (command, args, { env = {}, cwd } = {}) => {
  const child = spawn("python3", ["-c", PTY, command, ...args], {
    cwd,
    env: { ...process.env, NO_COLOR: "1", ...env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const kill = () => child.kill("SIGKILL");
  process.on("exit", kill);
  const ended = once(child, "close").then(([code]) => {
    process.off("exit", kill);
    return code;
  });
  let output = "";
  let seen = 0;
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (output += text));

  /** Without what moves the cursor, and with the line ends of a file. */
  const plain = () =>
    output.replace(new RegExp(`${String.fromCharCode(27)}\\[[0-9;?]*[a-zA-Z]`, "g"), "").replaceAll("\r", "");

  /** Waits until the program has printed this, after what was waited for before. */
  const reads = async (text) => {
    for (const until = Date.now() + LIMIT_MS; ; await wait(20)) {
      const at = plain().indexOf(text, seen);
      if (at >= 0) {
        seen = at + text.length;
        return;
      }
      if (child.exitCode !== null || Date.now() > until) throw new Error(`no ${JSON.stringify(text)} in:\n${plain()}`);
    }
  };
  return {
    reads,
    /** Waits for a question, and answers it. */
    async answers(question, answer) {
      await reads(question);
      child.stdin.write(`${answer}\n`);
    },
    /** The exit code, once the program has ended by itself. */
    async exits() {
      const code = await Promise.race([ended, wait(LIMIT_MS, "too late", { ref: false })]);
      if (code === "too late") kill();
      child.stdin.destroy();
      return code;
    },
    output: plain,
  };
};
