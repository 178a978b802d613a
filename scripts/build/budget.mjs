// The bytes that a page fetches, as a server sends them (brotli 11), held against their budget.

import { brotliCompressSync, constants, gzipSync } from "node:zlib";

import { ExpectedFailure } from "../failure.mjs";

/** By file of the package: ceilings against accidents, 300 bytes above what a build has. */
export const BUDGET = { "index.js": 21_460, "ciba.js": 9_300 };

export const brotli = (content) =>
  brotliCompressSync(content, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 24,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    },
  }).length;

/** As tables have it. */
export const digits = (number) => number.toLocaleString("en-US").padStart(9);

/** What brotli makes of each of `files`, name to content. */
export const sizesOf = (files) =>
  Object.fromEntries(Object.entries(files).map(([name, content]) => [name, brotli(Buffer.from(content))]));

/** A table of the sizes of `files`, name to content; `sizes` is what `sizesOf` makes of them. */
export const describeSizes = (files, sizes) => {
  const rows = Object.entries(files).map(([name, content]) => {
    const bytes = Buffer.from(content);
    const budget = BUDGET[name] ? digits(BUDGET[name]) : "        -";
    return `  ${name.padEnd(27)} ${digits(sizes[name])} ${budget}  ${digits(gzipSync(bytes).length)}  ${digits(bytes.length)}`;
  });
  return ["  file                         brotli 11   budget       gzip        raw", ...rows].join("\n");
};

/** The entries that have a budget, in a few words. */
export const describeBudget = (sizes) =>
  Object.entries(BUDGET)
    .map(([name, budget]) => `${name} ${digits(sizes[name]).trim()} of ${digits(budget).trim()} bytes`)
    .join(", ");

/**
 * @param {Record<string, number>} sizes bytes by name
 * @throws {ExpectedFailure} if one of them is over its budget
 */
export const checkBudget = (sizes) => {
  const over = Object.entries(sizes).filter(([name, size]) => size > BUDGET[name]);
  if (over.length)
    throw new ExpectedFailure(
      `${over.map(([name, size]) => `${name} is ${size - BUDGET[name]} bytes over its budget`).join(", ")}: make it smaller, or change scripts/build/budget.mjs and say why.`,
    );
};
