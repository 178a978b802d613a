// The pages of the documentation in their order: the groups and links of docs/index.md.

import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { replaceLinks } from "../markdown.mjs";
import { root } from "../run.mjs";

/**
 * A page: its file in docs/, its label in docs/index.md, the sentence that it opens with, and its text.
 *
 * @typedef {{ file: string, label: string, opening: string, text: string }} SitePage
 */

/** Resolves to the groups of docs/index.md. @returns {Promise<{ title: string, pages: SitePage[] }[]>} */
export const pageGroups = async () => {
  const index = await readFile(join(root, "docs/index.md"), "utf8");
  const [, ...sections] = index.split(/^## /m);
  return Promise.all(
    sections.map(async (section) => {
      const links = [];
      replaceLinks(section, (link) => void links.push(link));
      return { title: section.slice(0, section.indexOf("\n")), pages: await Promise.all(links.map(readSitePage)) };
    }),
  );
};

/** @returns {Promise<SitePage>} */
const readSitePage = async ({ text: label, target: file }) => {
  const text = await readFile(join(root, "docs", file), "utf8");
  const [, , ...rest] = text.split("\n");
  return { file, label, opening: rest.slice(0, rest.indexOf("")).join(" "), text };
};
