// Quotes files, or parts of files, in README.md and docs/.
//
// A block of code is a quotation if the line above its fence is `<!-- from PATH -->` or `<!-- from PATH#REGION -->`.

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

import { root } from "../run.mjs";

const BLOCK = /(?<marker>^<!-- from (?<from>\S+) -->\n)?^```(?<language>\w*)\n(?<code>[\s\S]*?)^```$/gm;

/** The paths of README.md and of the pages in docs/. */
export const pagePaths = async () => {
  const names = await readdir(join(root, "docs"));
  return ["README.md", ...names.filter((name) => name.endsWith(".md")).map((name) => `docs/${name}`)];
};

/** The blocks of code in a page: `{ language, code, from }`. `from` is the source of a quotation. */
export const blocksOf = (text) => [...text.matchAll(BLOCK)].map(({ groups }) => groups);

/** Reads the source of a quotation: a whole file, or its lines between `#region NAME` and `#endregion NAME`. */
export const readQuotation = async (from) => {
  const [path, region] = from.split("#");
  const text = await readFile(join(root, path), "utf8");
  if (!region) return text;
  const part = new RegExp(`^.*#region ${region}\\n([\\s\\S]*?)^.*#endregion ${region}$`, "m").exec(text);
  if (!part) throw new Error(`${path} has no region ${region}`);
  return part[1];
};

/** Returns the page with every quotation updated. */
export const updateQuotations = async (text) => {
  const sources = new Map();
  for (const { from } of blocksOf(text)) if (from) sources.set(from, await readQuotation(from));
  return text.replace(BLOCK, (block, ...rest) => {
    const { marker, from, language } = rest.at(-1);
    return from ? `${marker}\`\`\`${language}\n${sources.get(from)}\`\`\`` : block;
  });
};
