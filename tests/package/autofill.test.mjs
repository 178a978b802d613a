// `webauthn-result/autofill` as it is published: it shares the module of the page, and does nothing on a server.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";

import { build } from "esbuild";

import { root } from "../../scripts/run.mjs";

const execute = promisify(execFile);

let folder;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "webauthn-result-autofill-"));
  await mkdir(join(folder, "node_modules"));
  await symlink(root, join(folder, "node_modules/webauthn-result"));
});
after(() => rm(folder, { recursive: true, force: true }));

const write = async (name, text) => {
  const file = join(folder, name);
  await writeFile(file, text);
  return file;
};

describe("on a server it asks for nothing, never throws, and lets the process end", () => {
  const USE = `
    const handle = autofill(() => console.log("asked"), { onResult: console.log, onError: console.log });
    setTimeout(() => {
      handle.stop();
      console.log("done");
    }, 50);`;

  for (const [name, text] of Object.entries({
    "import.mjs": `import { autofill } from "webauthn-result/autofill";${USE}`,
    "require.cjs": `const { autofill } = require("webauthn-result/autofill");${USE}`,
    "create.mjs": `import { authenticate, support } from "webauthn-result/url";
    import { createAutofill } from "webauthn-result/create-autofill";
    const autofill = createAutofill({ authenticate, support });${USE}`,
    "create.cjs": `const { createAutofill } = require("webauthn-result/create-autofill");
    const autofill = createAutofill(require("webauthn-result"));${USE}`,
  }))
    test(name, async () => {
      const { stdout } = await execute(process.execPath, [await write(name, text)], { timeout: 20_000 });
      assert.equal(stdout, "done\n");
    });
});

test("required, it uses the instance of `webauthn-result` that require() returns", async () => {
  const file = await write(
    "instance.cjs",
    `require("webauthn-result/autofill");
    console.log(Object.keys(require.cache).filter((path) => /index\\.c?js$/.test(path)).map((path) => path.slice(-9)).join());`,
  );
  assert.equal((await execute(process.execPath, [file])).stdout, "index.cjs\n");
});

describe("a bundle", () => {
  const bundled = async (source) => {
    const { outputFiles } = await build({
      stdin: { contents: source, resolveDir: folder },
      bundle: true,
      format: "esm",
      write: false,
      logLevel: "silent",
    });
    return outputFiles[0].text;
  };
  /** How often the module is in a bundle. */
  const modulesIn = (text) => text.split("WebAssembly.compile").length - 1;

  test("of a page with passkeys and autofill has one module", async () => {
    const alone = await bundled('export { authenticate } from "webauthn-result";');
    const both = await bundled(
      'export { authenticate } from "webauthn-result"; export { autofill } from "webauthn-result/autofill";',
    );
    assert.ok(modulesIn(alone) > 0);
    assert.equal(modulesIn(both), modulesIn(alone));
    assert.ok(both.length - alone.length < 6_000, `${both.length - alone.length} more`);
  });

  test("of createAutofill alone has none", async () => {
    const text = await bundled('export { createAutofill } from "webauthn-result/create-autofill";');
    assert.equal(modulesIn(text), 0);
  });
});
