// The files, or parts of files, that README.md and docs/ quote.
//
// A block of code is a quotation where the line above its fence is `<!-- from PATH -->` or `<!-- from PATH#REGION -->`.

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

import { root } from "../run.mjs";

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
export const renewQuotations = async (text) => {
  const sources = new Map();
  for (const { from } of blocksOf(text)) if (from) sources.set(from, await quoted(from));
  return text.replace(BLOCK, (block, ...rest) => {
    const { marker, from, language } = rest.at(-1);
    return from ? `${marker}\`\`\`${language}\n${sources.get(from)}\`\`\`` : block;
  });
};
