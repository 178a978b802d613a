// The exports equal the declarations, in the sources and in each built file.

import assert from "node:assert/strict";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { runInNewContext } from "node:vm";
import { compareEntries, declaredArguments } from "../../scripts/lint/types.mjs";
import { root } from "../../scripts/run.mjs";
import { writeFrameworks } from "./frameworks.mjs";

const pkg = (name) => join(root, "pkg", name);
const require = createRequire(import.meta.url);

/** The built files, and the declarations of each. */
const BUILT = {
  "index.js": "index.d.ts",
  "index.cjs": "index.d.cts",
  "url.js": "url.d.ts",
  "ciba.js": "ciba.d.ts",
  "ciba.cjs": "ciba.d.cts",
  "ciba-node.js": "ciba.d.ts",
  "ciba-node.cjs": "ciba.d.cts",
  "cause.js": "cause.d.ts",
  "cause.cjs": "cause.d.cts",
  "explain.js": "explain.d.ts",
  "explain.cjs": "explain.d.cts",
  "passkeys.js": "passkeys.d.ts",
  "passkeys.cjs": "passkeys.d.cts",
  "testing.js": "testing.d.ts",
  "testing.cjs": "testing.d.cts",
  "autofill.js": "autofill.d.ts",
  "autofill.cjs": "autofill.d.cts",
  "create-autofill.js": "create-autofill.d.ts",
  "create-autofill.cjs": "create-autofill.d.cts",
  "fallback.js": "fallback.d.ts",
  "simplewebauthn.js": "simplewebauthn.d.ts",
  "simplewebauthn.cjs": "simplewebauthn.d.cts",
  "webauthn-result.fallback.js": "fallback.d.ts",
  "ciba-fallback.js": "ciba-fallback.d.ts",
  "ciba.fallback.js": "ciba-fallback.d.ts",
};

/** The built files that import a framework, which the page has. */
const BINDINGS = {
  "react.js": "react.d.ts",
  "react.cjs": "react.d.cts",
  "react-push.js": "react-push.d.ts",
  "react-push.cjs": "react-push.d.cts",
  "vue.js": "vue.d.ts",
  "vue.cjs": "vue.d.cts",
  "vue-push.js": "vue-push.d.ts",
  "vue-push.cjs": "vue-push.d.cts",
  "svelte.js": "svelte.d.ts",
  "svelte.cjs": "svelte.d.cts",
  "svelte-push.js": "svelte-push.d.ts",
  "svelte-push.cjs": "svelte-push.d.cts",
};

/** The number of parameters of each function, and of each method of a class. */
const argumentsOf = (exported) =>
  Object.fromEntries(
    Object.entries(exported)
      .filter(([, value]) => typeof value === "function")
      .flatMap(([name, value]) => [
        [name, value.length],
        ...Object.entries(Object.getOwnPropertyDescriptors(value.prototype ?? {}))
          .filter(([method]) => method !== "constructor")
          .map(([method, { value }]) => [`${name}#${method}`, value.length]),
      ]),
  );

test("the entries in js/ export what is declared, with the declared types", () => {
  assert.deepEqual(compareEntries(), []);
});

test("the declarations in pkg/ are those in js/, byte for byte", async () => {
  const names = (await readdir(join(root, "pkg"))).filter((name) => /\.d\.c?ts$/.test(name));
  assert.deepEqual(
    Object.values({ ...BUILT, ...BINDINGS }).filter((name) => !names.includes(name)),
    [],
  );
  for (const name of names) {
    const [built, source] = await Promise.all([pkg(name), join(root, "js", name)].map((path) => readFile(path)));
    assert.ok(built.equals(source), name);
  }
});

describe("a built file exports exactly the functions that are declared, with as many arguments", () => {
  for (const [file, declarations] of Object.entries(BUILT))
    test(file, async () => {
      const exported = file.endsWith(".cjs") ? require(pkg(file)) : await import(pkg(file));
      assert.deepEqual(argumentsOf(exported), declaredArguments(declarations));
    });

  describe("beside a framework", () => {
    let folder;
    before(async () => {
      folder = await mkdtemp(join(tmpdir(), "webauthn-result-exports-"));
      await cp(join(root, "pkg"), join(folder, "pkg"), { recursive: true });
      await writeFile(join(folder, "package.json"), JSON.stringify({ type: "module" }));
      await writeFrameworks(join(folder, "node_modules"));
    });
    after(() => rm(folder, { recursive: true, force: true }));

    for (const [file, declarations] of Object.entries(BINDINGS))
      test(file, async () => {
        const path = join(folder, "pkg", file);
        const exported = file.endsWith(".cjs") ? require(path) : await import(path);
        assert.deepEqual(argumentsOf(exported), declaredArguments(declarations));
      });
  });

  test("webauthn-result.script.js, as properties of its global", async () => {
    const page = { document: {}, WebAssembly, Uint8Array, TextEncoder };
    page.globalThis = page;
    runInNewContext(await readFile(pkg("webauthn-result.script.js"), "utf8"), page);
    assert.deepEqual(argumentsOf(page.webauthnResult), declaredArguments("index.d.ts"));
  });
});
