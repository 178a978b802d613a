// The command line of an npm script.

import { parseArgs } from "node:util";

import { ExpectedFailure } from "./failure.mjs";

/**
 * What the command line says: `{ values, positionals }`. Every script takes `--verbose`.
 *
 * @param {import("node:util").ParseArgsConfig["options"]} options as `parseArgs` takes them
 * @param {{ allowPositionals?: boolean }} [settings]
 * @returns {{ values: Record<string, any>, positionals: string[] }}
 * @throws {ExpectedFailure} if it has an option that the script does not take
 */
export const readOptions = (options, { allowPositionals = false } = {}) => {
  try {
    return parseArgs({ options: { ...options, verbose: { type: "boolean" } }, allowPositionals });
  } catch (error) {
    const names = ["verbose", ...Object.keys(options)].map((name) => `--${name}`);
    throw new ExpectedFailure(`${error.message.split(/\. |\.$/)[0]}: the options are ${names.join(", ")}.`);
  }
};

/**
 * A whole number above 0 from the command line.
 *
 * @param {string} name
 * @param {string} text
 */
export const readCount = (name, text) => {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new ExpectedFailure(`--${name} must be a whole number above 0, but is ${JSON.stringify(text)}.`);
};
