// The exports equal the declarations, in the sources and in each built file.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, test } from "node:test";
import { runInNewContext } from "node:vm";
import { compareEntries, declaredArguments } from "../../scripts/lint/types.mjs";
import { root } from "../../scripts/run.mjs";

const pkg = (name) => join(root, "pkg", name);
const require = createRequire(import.meta.url);

/** The built files, with their declarations and sources. */
const BUILT = [
  ["index.js", "index.d.ts", "index.d.ts"],
  ["index.cjs", "index.d.cts", "index.d.ts"],
  ["url.js", "url.d.ts", "index.d.ts"],
  ["ciba.js", "ciba.d.ts", "ciba.d.ts"],
  ["ciba.cjs", "ciba.d.cts", "ciba.d.ts"],
  ["explain.js", "explain.d.ts", "explain.d.ts"],
  ["explain.cjs", "explain.d.cts", "explain.d.ts"],
  ["webauthn-result.fallback.js", "fallback.d.ts", "fallback.d.ts"],
];

/** The number of parameters of each function, and of each method of a class. */
const argumentsOf = (exported) =>
  Object.fromEntries(
    Object.entries(exported).flatMap(([name, value]) => [
      [name, value.length],
      ...Object.entries(Object.getOwnPropertyDescriptors(value.prototype ?? {}))
        .filter(([method]) => method !== "constructor")
        .map(([method, { value }]) => [`${name}#${method}`, value.length]),
    ]),
  );

test("the entries in js/ export what is declared, with the declared types", () => {
  assert.deepEqual(compareEntries(), []);
});

describe("a built file exports exactly the declared functions, with as many parameters", () => {
  for (const [file, declarations, source] of BUILT)
    test(file, async () => {
      const texts = await Promise.all(
        [pkg(declarations), join(root, "js", source)].map((path) => readFile(path, "utf8")),
      );
      assert.ok(texts[0] === texts[1], `${declarations} is a copy of js/${source}`);
      const exported = file.endsWith(".cjs") ? require(pkg(file)) : await import(pkg(file));
      assert.deepEqual(argumentsOf(exported), declaredArguments(source));
    });

  test("webauthn-result.script.js, as properties of its global", async () => {
    const page = { document: {}, WebAssembly, Uint8Array, TextEncoder };
    page.globalThis = page;
    runInNewContext(await readFile(pkg("webauthn-result.script.js"), "utf8"), page);
    assert.deepEqual(argumentsOf(page.webauthnResult), declaredArguments("index.d.ts"));
  });
});
