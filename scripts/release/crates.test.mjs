// The listed crates are those that Cargo compiles for the module, and include every crate with functions in it.

import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";

import binaryen from "binaryen";

import { root, run } from "../run.mjs";
import { compiledCrates, MODULES, TARGET } from "./crates.mjs";

/** The registry crates that Cargo reports as compiled for the target. */
const compiledByCargo = async (feature) => {
  const args = ["check", "--quiet", "--locked", "--package", "webauthn-result", "--lib", "--target", TARGET];
  args.push("--no-default-features", "--features", feature, "--message-format", "json");
  const messages = (await run("cargo", args, { capture: true })).trim().split("\n").map(JSON.parse);
  const crates = messages
    .filter(
      ({ reason, filenames }) => reason === "compiler-artifact" && filenames.some((file) => file.includes(TARGET)),
    )
    .map(({ package_id }) => package_id.match(/^registry.*#([^@]+)@(.*)$/))
    .filter(Boolean);
  return new Set(crates.map(([, name, version]) => `${name} ${version}`));
};

/** Every crate in Cargo.lock but ours, as its name is in Rust. */
const lockedCrates = async () =>
  [...(await readFile(join(root, "Cargo.lock"), "utf8")).matchAll(/^name = "(.*)"$/gm)]
    .map(([, name]) => name.replaceAll("-", "_"))
    .filter((name) => name !== "webauthn_result");

for (const feature of Object.keys(MODULES))
  describe(feature, () => {
    test("each crate that Cargo compiles for the module is listed, and nothing else", async () => {
      const listed = (await compiledCrates(feature)).map(({ name, version }) => `${name} ${version}`);
      assert.ok(listed.length > 5);
      assert.deepEqual(listed.sort(), [...(await compiledByCargo(feature))].sort());
    });

    test("each crate whose functions are in the built module is listed", async () => {
      const module = binaryen.readBinary(await readFile(join(root, "target/module", feature, "named.wasm")));
      const names = Array.from(
        { length: module.getNumFunctions() },
        (_, index) => binaryen.getFunctionInfo(module.getFunctionByIndex(index)).name,
      ).join("\n");
      // A crate comes first in a path; what follows `::` is a module of another one.
      const contained = (await lockedCrates()).filter((crate) => new RegExp(`(?<![\\w:])${crate}::`).test(names));
      assert.ok(contained.includes("lol_alloc"), contained.join());
      const listed = (await compiledCrates(feature)).map(({ name }) => name.replaceAll("-", "_"));
      assert.deepEqual(
        contained.filter((name) => !listed.includes(name)),
        [],
      );
    });
  });

test("each file of the package that contains a module is named with it, and no other", async () => {
  // The module of an entry is 50 KB and more; other scripts of this size would have to be looked at.
  const names = (await readdir(join(root, "pkg"))).filter((name) => /\.(?:c?js|wasm)$/.test(name));
  const large = [];
  for (const name of names) if ((await readFile(join(root, "pkg", name))).length > 40_000) large.push(`pkg/${name}`);
  assert.deepEqual(large.sort(), Object.values(MODULES).flat().sort());
});
