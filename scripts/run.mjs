// Runs commands. Their output is added to the running step, and they build into the project's folder.

import { spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { CommandFailure } from "./failure.mjs";
import { write } from "./progress.mjs";

/** The project's folder. */
export const root = fileURLToPath(new URL("..", import.meta.url));

/** Cargo's build folder, independent of the user's configuration. */
export const target = join(root, "target");

/** Shared by all clones of this repository: installed tools, and the projects of the consumers. */
export const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "webauthn-result");

/** The folder for `cargo install`: not the user's own, which may need other versions. */
export const toolsFolder = process.env.CARGO_INSTALL_ROOT || join(cache, "tools");

/** The environment of every command. */
export const environment = () => ({
  ...process.env,
  CARGO_TARGET_DIR: target,
  PATH: [join(toolsFolder, "bin"), process.env.PATH].join(delimiter),
});

/** npm, as a command with its first arguments. On Windows, its own command is a batch file, which cannot be spawned. */
export const npmCommand = () =>
  process.platform === "win32" && process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ["npm"];

/** The running commands. They are ended with the script, because only Ctrl+C in a terminal reaches them, too. */
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
 * Runs a command, and resolves to its standard output.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: object, cwd?: string, capture?: boolean, merge?: boolean }} [options] `capture`: do not show its standard
 *   output; `merge`: the promise resolves to standard output and standard error
 * @returns {Promise<string>}
 * @throws {CommandFailure} unless its exit code is 0; `output` is its output
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
 * Resolves to the output of a command, or to undefined if it fails or is missing. Nothing is shown.
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

/** The commands of Chromium on Debian and Fedora, and of Google Chrome on Linux and macOS. */
export const CHROMIUM = [
  ...["chromium", "chromium-browser", "google-chrome"],
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** The commands of Firefox on Debian, elsewhere, and on macOS. */
export const FIREFOX = ["firefox-esr", "firefox", "/Applications/Firefox.app/Contents/MacOS/firefox"];

/**
 * Resolves to the path of the first of these commands that is installed.
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
