// llms.txt and llms-full.txt of the documentation's site: the pages for language models, as llmstxt.org describes them.

/** @import { SitePage } from "./site-pages.mjs" */
/** @typedef {{ title: string, pages: SitePage[] }[]} Groups */
/** @typedef {{ name: string, description: string }} Manifest */

/**
 * A list of the pages, each with the sentence that it opens with.
 *
 * @param {Manifest} manifest
 * @param {Groups} groups
 */
export const llmsIndex = ({ name, description }, groups) =>
  `# ${name}\n\n> ${description}\n\nllms-full.txt has the text of all pages.\n\n${groups
    .map(({ title, pages }) => `## ${title}\n\n${pages.map(entry).join("\n")}\n`)
    .join("\n")}`;

const entry = ({ file, label, opening }) => `- [${label}](/${file.replace(/\.md$/, ".html")}): ${opening}`;

/**
 * The text of all pages.
 *
 * @param {Manifest} manifest
 * @param {Groups} groups
 */
export const llmsFull = ({ name, description }, groups) =>
  `${[
    `# ${name}\n\n> ${description}\n`,
    ...groups.flatMap(({ pages }) => pages.map(({ file, text }) => `<!-- ${file} -->\n\n${text}`)),
  ].join("\n---\n\n")}`;
