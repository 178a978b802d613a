// Shows the progress of an npm script: a numbered line per step, with the elapsed time, and all output of a failed step.

import { CommandFailure, ExpectedFailure } from "./failure.mjs";

/** How often the line in a terminal is updated, in milliseconds. */
const FRAME = 120;
/** How often a long step prints a line if there is no terminal, such as in CI. */
const HEARTBEAT = 30_000;
const FRAMES = [..."⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"];
/** Escape sequences of a terminal, such as colors. */
const ESCAPES = new RegExp(`${String.fromCharCode(27)}\\[[0-9;?]*[A-Za-z]`, "g");

/** Whether to show the output of commands immediately: `npm test -- --verbose`. */
const isVerbose = process.argv.includes("--verbose");

/** The running step, if any. */
let current;

/** Formats elapsed milliseconds: `0:07`, `12:40`. */
export const formatElapsed = (ms) => {
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
};

/** Adds output to the running step, which is shown if the step fails. Without a step, it is printed. */
export const write = (text) => {
  if (!current || isVerbose) process.stdout.write(text);
  if (!current) return;
  current.output += text;
  const line = text
    .replace(ESCAPES, "")
    .split(/[\r\n]+/)
    .findLast((part) => part.trim());
  if (line) current.latest = line.trim();
};

/** Like `console.log`, within a step. */
export const log = (text = "") => write(`${text}\n`);

/**
 * @typedef {object} Outcome what a step may return
 * @property {string} [result] a few words after its line
 * @property {string} [details] printed below it by `runSteps`, unless disabled
 */

/**
 * @typedef {object} Step
 * @property {string} title an imperative sentence without a period
 * @property {() => Promise<Outcome | void>} run
 * @property {boolean} [continues] whether to run the following steps even if it fails
 */

/**
 * Runs steps in order. The first failure ends them, unless that step `continues`; all of its output is printed.
 *
 * @param {Step[]} steps
 * @param {{ details?: boolean }} options whether to print the details of steps
 */
export const runSteps = async (steps, { details = true } = {}) => {
  const failed = [];
  for (const [index, step] of steps.entries()) {
    const line = openLine(`[${index + 1}/${steps.length}] ${step.title}`);
    try {
      const { result, details: text } = /** @type {Outcome} */ ((await step.run()) ?? {});
      line.close("✓", result);
      if (details && text) console.log(text);
    } catch (error) {
      line.close("✗");
      if (error instanceof ExpectedFailure) {
        if (!step.continues) throw error;
        console.log(error.message);
      } else {
        if (!isVerbose) process.stdout.write(line.output());
        // The output of a failed command says why.
        if (!(error instanceof CommandFailure)) console.log(error);
      }
      failed.push(step.title);
      if (!step.continues) break;
    } finally {
      current = undefined;
    }
  }
  if (failed.length) throw new ExpectedFailure(`\nFailed: ${failed.join("; ")}.`);
};

const openLine = (title) => {
  const started = Date.now();
  const elapsed = () => formatElapsed(Date.now() - started);
  const step = { output: "", latest: "" };
  current = step;
  const isLive = process.stdout.isTTY && !isVerbose;
  let frame = 0;
  const draw = () => {
    const text = `${FRAMES[frame++ % FRAMES.length]} ${title}  ${elapsed()}  ${step.latest}`;
    process.stdout.write(`\r\x1b[2K${text.slice(0, (process.stdout.columns || 80) - 1)}`);
  };
  const timer = isLive
    ? setInterval(draw, FRAME)
    : setInterval(() => console.log(`… ${title}  ${elapsed()}  ${step.latest.slice(0, 100)}`), HEARTBEAT);
  if (isLive) draw();
  else if (isVerbose) console.log(title);
  return {
    output: () => step.output,
    close(mark, result) {
      clearInterval(timer);
      if (isLive) process.stdout.write("\r\x1b[2K");
      console.log(`${mark} ${title}  ${elapsed()}${result ? `  ${result}` : ""}`);
    },
  };
};
