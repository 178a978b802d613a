// package.json as published: nothing of the repository, and a folder for each subpath that code imports.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join, posix } from "node:path";
import { test } from "node:test";

import { root } from "../run.mjs";
import { emptyOwnerFields, publishedManifest, subpathManifests } from "./manifest.mjs";

const manifest = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
const folders = subpathManifests(manifest);

test("each subpath with types has a folder, and no folder is left over", () => {
  const imported = Object.keys(manifest.exports).filter(
    (subpath) => subpath !== "." && JSON.stringify(manifest.exports[subpath]).includes('"types"'),
  );
  assert.ok(imported.length >= 4);
  assert.deepEqual(
    Object.keys(folders).map((name) => `./${name}`),
    imported,
  );
});

test("a folder leads to the files that exports names", () => {
  for (const [name, { main, module, types }] of Object.entries(folders)) {
    const named = JSON.stringify(manifest.exports[`./${name}`]);
    for (const file of [main, module, types]) {
      const path = `./${posix.join(name, file)}`;
      assert.ok(named.includes(JSON.stringify(path)), `${name}: ${path}`);
    }
  }
  assert.deepEqual(folders.ciba, {
    type: "module",
    main: "../pkg/ciba.cjs",
    module: "../pkg/ciba.js",
    types: "../pkg/ciba.d.ts",
    sideEffects: false,
  });
});

test("an entry that loads its module when imported is not free of side effects", () => {
  assert.ok(!("sideEffects" in folders.url));
});

test("what the owner has filled in is published, what is empty is not", () => {
  const filled = { ...manifest, homepage: "https://host.example/", bugs: { url: "" }, repository: "host:owner/name" };
  assert.deepEqual(emptyOwnerFields(filled), ["bugs"]);
  const published = publishedManifest(filled);
  assert.equal(published.homepage, filled.homepage);
  assert.equal(published.repository, filled.repository);
  assert.ok(!("bugs" in published));
});

test("what resolvers and the registry read is published as it is", () => {
  const published = publishedManifest(manifest);
  for (const field of ["name", "version", "license", "type", "main", "module", "types", "exports", "sideEffects"])
    assert.deepEqual(published[field], manifest[field], field);
});
