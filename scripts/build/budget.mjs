// Compares the sizes of the package's files, compressed with brotli 11, with their budgets.

import { brotliCompressSync, constants, gzipSync } from "node:zlib";

import { ExpectedFailure } from "../failure.mjs";

/**
 * Bytes by file: ceilings against accidents, 300 above what a build has. A binding has less than 1 KB, and so has the entry for
 * those who come from SimpleWebAuthn: these are promises.
 */
export const BUDGET = {
  "index.js": 34_160,
  "ciba.js": 26_600,
  "cause.js": 1_200,
  "explain.js": 9_340,
  "autofill.js": 1_500,
  "passkeys.js": 1_230,
  "react.js": 1_023,
  "react-push.js": 1_023,
  "vue.js": 1_023,
  "vue-push.js": 1_023,
  "svelte.js": 1_023,
  "svelte-push.js": 1_023,
  "simplewebauthn.js": 1_023,
};

export const brotli = (content) =>
  brotliCompressSync(content, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 24,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    },
  }).length;

/** A number with digit groups, padded for tables. */
export const formatNumber = (number) => number.toLocaleString("en-US").padStart(9);

/** The compressed size of each of `files`, which maps names to contents. */
export const sizesOf = (files) =>
  Object.fromEntries(Object.entries(files).map(([name, content]) => [name, brotli(Buffer.from(content))]));

/** A table of the sizes of `files`, which maps names to contents. `sizes` is the result of `sizesOf`. */
export const describeSizes = (files, sizes) => {
  const rows = Object.entries(files).map(([name, content]) => {
    const bytes = Buffer.from(content);
    const budget = BUDGET[name] ? formatNumber(BUDGET[name]) : "        -";
    return `  ${name.padEnd(27)} ${formatNumber(sizes[name])} ${budget}  ${formatNumber(gzipSync(bytes).length)}  ${formatNumber(bytes.length)}`;
  });
  return ["  file                         brotli 11   budget       gzip        raw", ...rows].join("\n");
};

/** The sizes of the entries with a budget, in one line. */
export const describeBudget = (sizes) =>
  Object.entries(BUDGET)
    .map(([name, budget]) => `${name} ${formatNumber(sizes[name]).trim()} of ${formatNumber(budget).trim()} bytes`)
    .join(", ");

/**
 * @param {Record<string, number>} sizes bytes by name
 * @throws {ExpectedFailure} if a file exceeds its budget
 */
export const checkBudget = (sizes) => {
  const over = Object.entries(sizes).filter(([name, size]) => size > BUDGET[name]);
  if (over.length)
    throw new ExpectedFailure(
      `${over.map(([name, size]) => `${name} is ${size - BUDGET[name]} bytes over its budget`).join(", ")}. Make it smaller, or change scripts/build/budget.mjs and give the reason.`,
    );
};
