// npm run docs:examples: writes into README.md and docs/ the files, or parts of files, that they quote.
//
// A block of code is a quotation where the line above its fence is `<!-- from PATH -->` or `<!-- from PATH#REGION -->`.

import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { root } from "./run.mjs";

const BLOCK = /(?<marker>^<!-- from (?<from>\S+) -->\n)?^```(?<language>\w*)\n(?<code>[\s\S]*?)^```$/gm;

/** The paths of README.md and of the pages in docs/. */
export const pagePaths = async () => {
  const names = await readdir(join(root, "docs"));
  return ["README.md", ...names.filter((name) => name.endsWith(".md")).map((name) => `docs/${name}`)];
};

/** The blocks of code in a page: `{ language, code, from }`, `from` being what a quotation quotes. */
export const blocksOf = (text) => [...text.matchAll(BLOCK)].map(({ groups }) => groups);

/** What a quotation has to be: a whole file, or its lines between `#region NAME` and `#endregion NAME`. */
export const quoted = async (from) => {
  const [path, region] = from.split("#");
  const text = await readFile(join(root, path), "utf8");
  if (!region) return text;
  const part = new RegExp(`^.*#region ${region}\\n([\\s\\S]*?)^.*#endregion ${region}$`, "m").exec(text);
  if (!part) throw new Error(`${path} has no region ${region}`);
  return part[1];
};

/** The page with every quotation as its source now is. */
const renewed = async (text) => {
  const sources = new Map();
  for (const { from } of blocksOf(text)) if (from) sources.set(from, await quoted(from));
  return text.replace(BLOCK, (block, ...rest) => {
    const { marker, from, language } = rest.at(-1);
    return from ? `${marker}\`\`\`${language}\n${sources.get(from)}\`\`\`` : block;
  });
};

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url))
  for (const path of await pagePaths()) {
    const text = await readFile(join(root, path), "utf8");
    const now = await renewed(text);
    if (now === text) continue;
    await writeFile(join(root, path), now);
    console.log(`${path} quotes anew`);
  }
