// What a page fetches, in bytes as a server sends them (brotli 11), held against what it may be.

import { brotliCompressSync, constants, gzipSync } from "node:zlib";

/** By file of the package. */
export const BUDGET = { "index.js": 18_900, "ciba.js": 9_600 };

export const brotli = (content) =>
  brotliCompressSync(content, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 24,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    },
  }).length;

const digits = (number) => number.toLocaleString("en-US").padStart(9);

/** Prints the sizes of `files`, name to content; throws where one is over its budget. */
export const checkBudget = (files) => {
  console.log("\n  file                         brotli 11   budget       gzip        raw");
  const over = [];
  for (const [name, content] of Object.entries(files)) {
    const bytes = Buffer.from(content);
    const size = brotli(bytes);
    const budget = BUDGET[name];
    console.log(
      `  ${name.padEnd(27)} ${digits(size)} ${budget ? digits(budget) : "        -"}  ${digits(gzipSync(bytes).length)}  ${digits(bytes.length)}`,
    );
    if (size > budget) over.push(`${name} is ${size - budget} bytes over its budget`);
  }
  if (over.length) throw new Error(over.join("; "));
};
