// Checks the Dockerfile of the local cloud.

import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { validate } from "dockerfile-utils";

import { ExpectedFailure } from "../failure.mjs";
import { root } from "../run.mjs";

export const DOCKERFILE = "local-cloud/Dockerfile";

/** Returns the mistakes in a Dockerfile, a line each. */
export const findDockerfileMistakes = (text) =>
  validate(text).map(({ range, message }) => `${DOCKERFILE}:${range.start.line + 1}: ${message}`);

/** @throws {ExpectedFailure} if the Dockerfile has a mistake */
export const checkDockerfile = async () => {
  const mistakes = findDockerfileMistakes(await readFile(join(root, DOCKERFILE), "utf8"));
  if (mistakes.length) throw new ExpectedFailure(`The Dockerfile has mistakes:\n  ${mistakes.join("\n  ")}`);
};
