// Runs commands: their output belongs to the step that runs, their build folder is the project's.

import { spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { CommandFailure } from "./failure.mjs";
import { write } from "./progress.mjs";

/** The project's folder. */
export const root = fileURLToPath(new URL("..", import.meta.url));

/** Where cargo builds to, whatever the user's own configuration says. */
export const target = join(root, "target");

/** What clones of this repository share: installed tools, and the projects of the consumers. */
export const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "webauthn-result");

/** Where `cargo install` puts tools: not among the user's own, which may have to be of another version. */
export const toolsFolder = process.env.CARGO_INSTALL_ROOT || join(cache, "tools");

/** The environment of every command. */
export const environment = () => ({
  ...process.env,
  CARGO_TARGET_DIR: target,
  PATH: [join(toolsFolder, "bin"), process.env.PATH].join(delimiter),
});

/** The commands that run now. They end with the script: only Ctrl+C in a terminal reaches them, too. */
const running = new Set();
const SIGNALS = /** @type {const} */ ({ SIGHUP: 1, SIGINT: 2, SIGTERM: 15 });

const endAll = (signal) => {
  for (const child of running) child.kill(signal);
  process.exit(128 + SIGNALS[signal]);
};
const add = (child) => {
  if (!running.size) for (const signal of Object.keys(SIGNALS)) process.on(signal, endAll);
  running.add(child);
};
const remove = (child) => {
  running.delete(child);
  if (!running.size) for (const signal of Object.keys(SIGNALS)) process.off(signal, endAll);
};

/**
 * Runs a command to its end and resolves to what it wrote to its standard output.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: object, cwd?: string, capture?: boolean, merge?: boolean }} [options] with `capture` its standard output is
 *   not shown; with `merge` the promise resolves to what it wrote to standard error, too
 * @returns {Promise<string>}
 * @throws {CommandFailure} unless it ended with exit code 0; `output` has what it wrote
 */
export const run = (command, args, { env, cwd = root, capture = false, merge = false } = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: { ...environment(), ...env }, stdio: ["ignore", "pipe", "pipe"] });
    add(child);
    let [stdout, output] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text) => {
      stdout += text;
      output += text;
      if (!capture) write(text);
    });
    child.stderr.setEncoding("utf8").on("data", (text) => {
      output += text;
      write(text);
    });
    child.on("error", (error) => {
      remove(child);
      write(`${command}: ${error.message}\n`);
      reject(new CommandFailure(`${command} could not be started: ${error.message}`));
    });
    child.on("close", (code, signal) => {
      remove(child);
      if (code === 0) return resolve(merge ? output : stdout);
      const ending = `${command} ended with ${signal ?? `exit code ${code}`}`;
      write(`${ending}\n`);
      reject(new CommandFailure(ending, output));
    });
  });

/**
 * What a command prints, or undefined where it fails or is missing. Nothing of it is shown.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: object }} [options]
 * @returns {Promise<string | undefined>}
 */
export const tryRun = (command, args, { cwd = root, env } = {}) =>
  new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env: { ...environment(), ...env }, stdio: ["ignore", "pipe", "ignore"] });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text) => (output += text));
    child.on("error", () => resolve(undefined));
    child.on("close", (code) => resolve(code === 0 ? output.trim() : undefined));
  });

/** What Chromium is called: on Debian, on Fedora, and as Google ships it, on Linux and macOS. */
export const CHROMIUM = [
  ...["chromium", "chromium-browser", "google-chrome"],
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** What Firefox is called: on Debian, elsewhere, and on macOS. */
export const FIREFOX = ["firefox-esr", "firefox", "/Applications/Firefox.app/Contents/MacOS/firefox"];

/**
 * The path of the first of these commands that this machine has.
 *
 * @param {...string} names of commands, or absolute paths
 */
export const findCommand = (...names) =>
  names
    .flatMap((name) =>
      environment()
        .PATH.split(delimiter)
        .map((folder) => resolve(folder, name)),
    )
    .find(isExecutable);

const isExecutable = (path) => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};
