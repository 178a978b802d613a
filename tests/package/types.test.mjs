// The types in the tarball, with every module resolution of TypeScript and every example of the documentation.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { pack, unpack } from "../../scripts/consumers/tarball.mjs";
import { root } from "../../scripts/run.mjs";

const sources = join(root, "tests/package/types");

/** The module type, and whether a CommonJS importer differs. */
const RESOLUTIONS = {
  bundler: { module: "esnext", commonjs: false },
  node16: { module: "node16", commonjs: true },
  nodenext: { module: "nodenext", commonjs: true },
};

const OPTIONS = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  // Also check the package's own types.
  skipLibCheck: false,
  noEmit: true,
  target: "es2022",
  lib: ["es2022", "dom", "dom.iterable"],
  types: [],
};

/** The exports of a file of types: `{ name, documentation }`. */
const exportsOf = (text) =>
  [
    ...text.matchAll(
      /(?:(\/\*\*(?:(?!\*\/)[\s\S])*\*\/)\n)?^export (?:declare )?(?:abstract )?(?:function|interface|type|class|const) (\w+)/gm,
    ),
  ].map(([, documentation = "", name]) => ({ name, documentation }));

/** The examples in the comments of a text, without comment signs and fences. */
const examplesIn = (text) =>
  [...text.matchAll(/\/\*\*[\s\S]*?\*\//g)].flatMap(([comment]) =>
    comment
      .replace(/^\s*\/\*\*|\s*\*\/$/g, "")
      .replace(/^ *\* ?/gm, "")
      .split(/^@example\b/m)
      .slice(1)
      .map((example) => example.split(/^@\w/m)[0].replace(/^```.*$/gm, "")),
  );

let folder;
/** The package's files of types by name, each content once. */
const declarations = new Map();

const compile = (files, { module, resolution }) =>
  new Promise((resolve) => {
    const config = join(folder, "tsconfig.json");
    const compilerOptions = { ...OPTIONS, module, moduleResolution: resolution };
    writeFile(config, JSON.stringify({ compilerOptions, files })).then(() =>
      execFile(
        process.execPath,
        [join(root, "node_modules/typescript/bin/tsc"), "--project", config, "--pretty", "false"],
        { cwd: folder },
        (_error, stdout, stderr) => resolve(stdout + stderr),
      ),
    );
  });

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "webauthn-result-types-"));
  const installed = join(folder, "node_modules/webauthn-result");
  await unpack((await pack(folder)).file, installed);
  await writeFile(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  for (const name of (await readdir(join(installed, "pkg"))).filter((file) => file.endsWith(".d.ts"))) {
    const text = await readFile(join(installed, "pkg", name), "utf8");
    if (![...declarations.values()].includes(text)) declarations.set(name, text);
  }
});

after(() => rm(folder, { recursive: true, force: true }));

test("every exported name has a comment with an example", () => {
  assert.ok(declarations.size >= 2, "index.d.ts and explain.d.ts");
  for (const [file, text] of declarations) {
    const documented = exportsOf(text);
    assert.ok(documented.length > 0, file);
    // Every form of export was found.
    assert.equal(documented.length, text.match(/^export /gm).length, file);
    for (const { name, documentation } of documented) assert.match(documentation, /@example/, `${file}: ${name}`);
  }
});

for (const [resolution, { module, commonjs }] of Object.entries(RESOLUTIONS))
  describe(`moduleResolution ${resolution}`, () => {
    test("an ES module gets the documented types", async () => {
      const names = (await readdir(sources)).filter((name) => name.endsWith(".ts"));
      for (const name of names) await copyFile(join(sources, name), join(folder, name));
      assert.equal(await compile(names, { module, resolution }), "");
    });

    if (commonjs)
      test("a CommonJS module gets them too", async () => {
        const place = join(folder, "commonjs");
        await mkdir(place, { recursive: true });
        await writeFile(join(place, "package.json"), JSON.stringify({ type: "commonjs" }));
        // Not every version of TypeScript can require an ES module for its types: `webauthn-result/url`.
        const names = (await readdir(sources)).filter((name) => /\.c?ts$/.test(name) && name !== "entries.ts");
        for (const name of names) await copyFile(join(sources, name), join(place, name));
        const files = names.map((name) => join("commonjs", name));
        assert.equal(await compile(files, { module, resolution }), "");
      });

    test("every example compiles", async () => {
      const files = [];
      for (const [file, text] of declarations)
        for (const [index, example] of examplesIn(text).entries()) {
          const name = `${file.replace(".d.ts", "")}-example-${index + 1}.ts`;
          files.push(name);
          await writeFile(join(folder, name), example);
        }
      assert.ok(files.length >= declarations.size);
      assert.equal(await compile(files, { module, resolution }), "");
    });
  });
