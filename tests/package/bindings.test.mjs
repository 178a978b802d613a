// The bindings as they are published: they bring nothing of what they call, and a page with passkeys alone gets no push.

import assert from "node:assert/strict";
import { mkdir, mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { build } from "esbuild";

import { root } from "../../scripts/run.mjs";
import { FRAMEWORKS } from "./frameworks.mjs";

let folder;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "webauthn-result-bindings-"));
  await mkdir(join(folder, "node_modules"));
  await symlink(root, join(folder, "node_modules/webauthn-result"));
});
after(() => rm(folder, { recursive: true, force: true }));

const bundled = async (source) => {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: folder },
    bundle: true,
    format: "esm",
    write: false,
    logLevel: "silent",
    external: Object.keys(FRAMEWORKS),
  });
  return outputFiles[0].text;
};

const readManifest = async (path) => JSON.parse(await readFile(join(root, path), "utf8"));

/** How often the module is in a bundle. */
const modulesIn = (text) => text.split("WebAssembly.compile").length - 1;

for (const framework of Object.keys(FRAMEWORKS))
  describe(framework, () => {
    const passkeys = `export * from "webauthn-result/${framework}";`;
    const push = `export * from "webauthn-result/${framework}/push";`;

    test("its peer is optional, and its oldest version is tested", async () => {
      const manifest = await readManifest("package.json");
      const [, oldest] = /^>=(\d[\d.]*)$/.exec(manifest.peerDependencies[framework]);
      const { dependencies } = await readManifest("tests/consumers/bindings-oldest/package.json");
      assert.equal(dependencies[framework], [...oldest.split("."), "0", "0"].slice(0, 3).join("."));
      assert.deepEqual(manifest.peerDependenciesMeta[framework], { optional: true });
    });

    test("a page that calls the package, too, has one module", async () => {
      const alone = await bundled('export * from "webauthn-result";');
      assert.ok(modulesIn(alone) > 0);
      assert.equal(modulesIn(await bundled(`export * from "webauthn-result"; ${passkeys}`)), modulesIn(alone));
    });

    test("a page with passkeys alone has nothing of push", async () => {
      const text = await bundled(passkeys);
      assert.doesNotMatch(text, /safeAuthenticate|auth_req_id/);
      assert.match(await bundled(push), /safeAuthenticate/);
    });

    test("push has no module: it uses the page's client", async () => {
      assert.equal(modulesIn(await bundled(push)), 0);
    });

    test("a page without autofill has none of it", async () => {
      assert.match(await bundled(passkeys), /startApproval\(\) took longer/);
      const text = await bundled(`export { useApproval } from "webauthn-result/${framework}";`);
      assert.doesNotMatch(text, /startApproval\(\) took longer/);
    });
  });

test("Next.js takes the hooks of React for code of a page", async () => {
  for (const file of ["react.js", "react.cjs", "react-push.js", "react-push.cjs"])
    assert.match(await readFile(join(root, "pkg", file), "utf8"), /^"use client";/, file);
});
