// What an npm script shows while it works: one numbered line a step, with the elapsed time; all output of a step that fails.

import { CommandFailure, ExpectedFailure } from "./failure.mjs";

/** How often a terminal's line is drawn anew, in milliseconds. */
const FRAME = 120;
/** How often a step that takes long prints a line where there is no terminal, such as in CI. */
const HEARTBEAT = 30_000;
const FRAMES = [..."⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"];
/** What a terminal shows between text and cursor control: colors and the like. */
const ESCAPES = new RegExp(`${String.fromCharCode(27)}\\[[0-9;?]*[A-Za-z]`, "g");

/** Whether the output of commands is shown as it comes: `npm test -- --verbose`. */
const isVerbose = process.argv.includes("--verbose");

/** The step that runs now, if one does. */
let current;

/** Elapsed milliseconds as a person reads them: `0:07`, `12:40`. */
export const formatElapsed = (ms) => {
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
};

/** Takes output of the step that runs now; it is shown if the step fails. Without a step it goes to the terminal. */
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
 * @property {string} [result] a few words behind its line
 * @property {string} [details] what `runSteps` prints below it, if asked to
 */

/**
 * @typedef {object} Step
 * @property {string} title an imperative sentence without its full stop
 * @property {() => Promise<Outcome | void>} run
 * @property {boolean} [continues] whether the steps behind it run although it failed
 */

/**
 * Runs steps in their order. The first that fails ends them, unless it `continues`; its output is printed whole.
 *
 * @param {Step[]} steps
 * @param {{ details?: boolean }} options whether the details of steps are printed
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
        // A command that failed has said why in its output.
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
