// Tests of pages can replace the functions of each CommonJS file: `jest.spyOn(require("webauthn-result"), "authenticate")`.

import assert from "node:assert/strict";
import { cp, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { root } from "../../scripts/run.mjs";
import { writeFrameworks } from "./frameworks.mjs";

const require = createRequire(import.meta.url);
const files = (await readdir(join(root, "pkg"))).filter((name) => name.endsWith(".cjs"));

let folder;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "webauthn-result-spying-"));
  await cp(join(root, "pkg"), join(folder, "pkg"), { recursive: true });
  await writeFile(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  await writeFrameworks(join(folder, "node_modules"));
});
after(() => rm(folder, { recursive: true, force: true }));

test("there is a CommonJS file for each entry with `require`", async () => {
  const { exports } = require(join(root, "package.json"));
  const required = (target) =>
    typeof target === "string"
      ? []
      : Object.entries(target).flatMap(([condition, inner]) =>
          condition === "require" ? [inner.default] : required(inner),
        );
  assert.deepEqual([...new Set(required(exports))].sort(), files.map((name) => `./pkg/${name}`).sort());
});

for (const file of files)
  test(`each export of ${file} is a property that a test can replace and restore`, () => {
    const exported = require(join(folder, "pkg", file));
    const descriptors = Object.entries(Object.getOwnPropertyDescriptors(exported)).filter(
      ([name]) => name !== "__esModule",
    );
    assert.ok(descriptors.length > 0);
    for (const [name, { value, ...flags }] of descriptors) {
      assert.notEqual(value, undefined, name);
      assert.deepEqual(flags, { writable: true, enumerable: true, configurable: true }, name);
    }
    // Tools that compile ES modules to CommonJS decide by this whether there is a default export.
    assert.deepEqual(Object.getOwnPropertyDescriptor(exported, "__esModule"), {
      ...{ value: true, writable: false, enumerable: false, configurable: false },
    });
  });

test("a binding calls what a test has put in the place of a function", async () => {
  const pkg = (name) => join(folder, "pkg", name);
  const exported = require(pkg("index.cjs"));
  const before = exported.authenticate;
  const calls = [];
  exported.authenticate = async (approval) => {
    calls.push(approval);
    return { success: false, code: { statusCode: "error-0001", message: "" }, message: "" };
  };
  try {
    const { useApproval } = require(pkg("svelte.cjs"));
    await useApproval(async () => ({ statusToken: "S" })).run();
    assert.deepEqual(calls, [{ statusToken: "S" }]);
  } finally {
    exported.authenticate = before;
  }
});
