// What a page fetches, in bytes as a server sends them (brotli 11), held against what it may be.

import { brotliCompressSync, constants, gzipSync } from "node:zlib";

/** By file of the package. */
export const BUDGET = { "index.js": 14_600, "ciba.js": 9_300 };

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

/** Prints the sizes of `files`, name to content, and returns what brotli makes of each. */
export const printSizes = (files) => {
  console.log("\n  file                         brotli 11   budget       gzip        raw");
  const sizes = {};
  for (const [name, content] of Object.entries(files)) {
    const bytes = Buffer.from(content);
    const budget = BUDGET[name];
    sizes[name] = brotli(bytes);
    console.log(
      `  ${name.padEnd(27)} ${digits(sizes[name])} ${budget ? digits(budget) : "        -"}  ${digits(gzipSync(bytes).length)}  ${digits(bytes.length)}`,
    );
  }
  return sizes;
};

/** Throws where one of `sizes`, name to bytes, is over its budget. */
export const checkBudget = (sizes) => {
  const over = Object.entries(sizes).filter(([name, size]) => size > BUDGET[name]);
  if (over.length)
    throw new Error(over.map(([name, size]) => `${name} is ${size - BUDGET[name]} bytes over its budget`).join("; "));
};
