// The built site has no broken link, and asks no other host for anything.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import { site } from "../../scripts/docs/site.mjs";
import { pageGroups } from "../../scripts/docs/site-pages.mjs";
import { root } from "../../scripts/run.mjs";

const read = (path) => readFile(join(site, path), "utf8");

const names = (await readdir(site)).filter((name) => name.endsWith(".html"));
const pages = new Map(await Promise.all(names.map(async (name) => /** @type {const} */ ([name, await read(name)]))));

const idsIn = (html) => new Set([...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id));

const decode = (text) => text.replaceAll("&amp;", "&");

/** The addresses in a page: `{ path, anchor }` of its own site, `{ other }` elsewhere. */
const addressesIn = (name, html) =>
  [...html.matchAll(/<(?<tag>\w+)\b[^>]*?\s(?:href|src)="(?<address>[^"]*)"/g)].map(({ groups: { tag, address } }) => {
    const url = new URL(decode(address), `http://site/${name}`);
    return url.host === "site"
      ? { path: url.pathname.slice(1) || "index.html", anchor: decodeURIComponent(url.hash.slice(1)) }
      : { other: url.href, tag };
  });

describe("every page of the site", () => {
  test("is listed in docs/index.md, and every page there is built", async () => {
    const listed = (await pageGroups()).flatMap((group) => group.pages.map(({ file }) => file));
    assert.deepEqual([...listed].sort(), [...new Set(listed)].sort(), "each once");
    const sources = (await readdir(join(root, "docs"))).filter((name) => name.endsWith(".md") && name !== "index.md");
    assert.deepEqual(listed.sort(), sources.sort());
    for (const file of listed) assert.ok(pages.has(file.replace(/md$/, "html")), file);
  });

  for (const [name, html] of pages)
    test(`${name} has no broken link`, () => {
      const addresses = addressesIn(name, html);
      assert.ok(addresses.length > 3, "the pattern finds links");
      const broken = addresses.filter(({ path, anchor }) => {
        if (path === undefined) return false;
        if (!existsSync(join(site, path))) return true;
        return anchor && pages.has(path) && !idsIn(pages.get(path)).has(anchor);
      });
      assert.deepEqual(broken, []);
    });

  test("loads nothing from another host", () => {
    for (const [name, html] of pages)
      for (const { other, tag } of addressesIn(name, html)) if (other) assert.equal(tag, "a", `${name}: ${other}`);
  });
});

describe("for language models", () => {
  test("llms.txt lists every page with its first sentence", async () => {
    const text = await read("llms.txt");
    for (const { pages: listed } of await pageGroups())
      for (const { file, label, opening } of listed)
        assert.ok(text.includes(`- [${label}](/${file.replace(/md$/, "html")}): ${opening}\n`), file);
  });

  test("llms-full.txt has the text of every page", async () => {
    const text = await read("llms-full.txt");
    for (const { pages: listed } of await pageGroups())
      for (const page of listed) assert.ok(text.includes(page.text.split("\n", 1)[0]), page.file);
  });
});
