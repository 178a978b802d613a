// The documentation's site: the pages of docs/, in the order of docs/index.md. `npm run docs` builds it.

import { cp, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { defineConfig } from "vitepress";

import { llmsFull, llmsIndex } from "../../scripts/docs/llms.mjs";
import { pageGroups } from "../../scripts/docs/site-pages.mjs";
import { slugOf } from "../../scripts/markdown.mjs";
import { publishLinks } from "../../scripts/package/links.mjs";
import { isPublished } from "../../scripts/package/stage.mjs";
import { root } from "../../scripts/run.mjs";

const groups = await pageGroups();
const manifest = JSON.parse(await readFile(join(root, "package.json"), "utf8"));

const docs = join(root, "docs");
/** The files that pages can link to. */
const published = [
  ...(await readdir(docs)).filter((name) => /\.(?:md|svg|png)$/.test(name)),
  ...(await readdir(join(docs, "examples"), { recursive: true }))
    .filter((path) => /\.\w+$/.test(path) && !/^rust\b|node_modules/.test(path))
    .map((path) => `examples/${path}`),
].map((path) => `docs/${path}`);

const withPublishedLinks = (text, file) => publishLinks(text, { path: `docs/${file}`, published, manifest });

/** Adds the live examples at the end of each section of codes: of passkeys, in its heading, or of push and TOTP. */
const withLiveExamples = (text) =>
  text
    .split(/^(?=## )/m)
    .map((section) => {
      const [codes] = /(?<=^## )(?:(?:error-\d{4}|success-\w+)(?:, )?)+/.exec(section) ?? [];
      if (/^## Statuses and errors\n/.test(section)) return `${section}\n<LiveResult />\n\n`;
      if (!codes) return section;
      const list = codes.split(", ").map((code) => `'${code}'`);
      return `${section}\n<LiveResult :codes="[${list}]" />\n\n`;
    })
    .join("");

/** The entries of the package that the live examples import. */
const packageEntries = ["testing", "explain", "cause", "ciba", ""].map((name) => ({
  find: new RegExp(`^webauthn-result${name && `/${name}`}$`),
  replacement: join(root, "pkg", `${name || "index"}.js`),
}));

export default defineConfig({
  lang: "en-US",
  title: "webauthn-result",
  description: manifest.description,
  // Examples stay files of their own.
  srcExclude: ["examples/**"],
  lastUpdated: false,
  head: [["link", { rel: "icon", href: "/favicon.svg", type: "image/svg+xml" }]],
  markdown: {
    anchor: { slugify: slugOf },
    config(md) {
      // An indented block looks like a fenced one, with its button that copies.
      md.renderer.rules.code_block = (tokens, index, ...rest) => {
        tokens[index].info = "txt";
        return md.renderer.rules.fence(tokens, index, ...rest);
      };
    },
  },
  themeConfig: {
    sidebar: groups.map(({ title, pages }) => ({
      text: title,
      items: pages.map((page) => ({ text: page.label, link: `/${page.file.replace(/\.md$/, "")}` })),
    })),
    nav: [
      { text: "Quick start", link: "/quick-start" },
      { text: "Codes", link: "/troubleshooting" },
      { text: "API", link: "/api" },
    ],
    outline: [2, 3],
    // Runs in the page, on an index that is part of the site.
    search: { provider: "local" },
  },
  transformPageData(page) {
    if (page.relativePath !== "index.md") {
      const found = groups.flatMap(({ pages }) => pages).find(({ file }) => file === page.relativePath);
      return { description: found?.opening };
    }
    return { frontmatter: { ...page.frontmatter, layout: "home", hero: HERO }, description: manifest.description };
  },
  vite: {
    // Also while the pages are rendered, where nothing of the package runs.
    resolve: { alias: packageEntries },
    worker: { format: "es" },
    // Each page is one chunk.
    build: { chunkSizeWarningLimit: 1500 },
    plugins: [
      {
        name: "publish-links",
        enforce: "pre",
        transform: (text, id) =>
          id.startsWith(`${docs}/`) && id.endsWith(".md")
            ? withLiveExamples(withPublishedLinks(text, id.slice(docs.length + 1)))
            : undefined,
      },
    ],
  },
  async buildEnd({ outDir }) {
    await cp(join(root, "www/page/favicon.svg"), join(outDir, "favicon.svg"));
    await cp(join(docs, "examples"), join(outDir, "examples"), { recursive: true, filter: isPublished });
    const publishedGroups = groups.map(({ title, pages }) => ({
      title,
      pages: pages.map((page) => ({ ...page, text: withPublishedLinks(page.text, page.file) })),
    }));
    await writeFile(join(outDir, "llms.txt"), llmsIndex(manifest, publishedGroups));
    await writeFile(join(outDir, "llms-full.txt"), llmsFull(manifest, publishedGroups));
  },
});

const HERO = {
  name: "webauthn-result",
  text: "Approvals that end in one exact result",
  tagline: "Passkeys, push and TOTP for web pages. Nothing throws, nothing hangs, and lost responses are recovered.",
  actions: [
    { theme: "brand", text: "Quick start", link: "/quick-start" },
    { theme: "alt", text: "See every result in your browser", link: "/troubleshooting" },
  ],
};
