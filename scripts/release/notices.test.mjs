// THIRD-PARTY-NOTICES.md covers all compiled code. `npm run release` checks that it is up to date with cargo-about.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { root, run } from "../run.mjs";
import { compiledCrates, MODULES } from "./crates.mjs";
import { checkNoticedCrates } from "./notices.mjs";

const notices = await readFile(join(root, "THIRD-PARTY-NOTICES.md"), "utf8");

test("the page names the crates that are compiled in", () => checkNoticedCrates());

test("each crate has a license text, or one that is a file of the package", async () => {
  const [, texts] = notices.split("## Texts\n");
  for (const feature of Object.keys(MODULES))
    for (const { name, version } of await compiledCrates(feature))
      assert.ok(texts.includes(`${name} ${version}`), name);
  for (const [block] of texts.matchAll(/```text\n[\s\S]*?```/g)) assert.ok(block.length > 900, block);
});

test("no text has a placeholder where a copyright holder belongs", () => {
  assert.doesNotMatch(notices, /<year>|<copyright holders>|\[yyyy\]|\[fullname\]/i);
});

test("crates whose license is MIT alone have their copyright notice", () => {
  for (const crate of ["lol_alloc", "serde-wasm-bindgen", "spin", "slab", "bytes"])
    assert.match(
      notices,
      new RegExp(`^${crate} [^\\n]*:\\n\\n\`\`\`text\\n[^\`]*?Copyright \\(c\\) \\d{4}`, "m"),
      crate,
    );
});

test("code that the tools add to the package is covered, too", async () => {
  const { devDependencies } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  for (const tool of ["esbuild", "binaryen"]) {
    assert.ok(tool in devDependencies, tool);
    assert.match(notices, new RegExp(`^\\| ${tool} \\|`, "im"));
  }
  assert.match(notices, /^\| The Rust standard library \|/m);
  assert.match(notices, /^\| wasm-bindgen \| /m);
});

/** A copy of the files that the check reads, to be modified. */
let copy;

before(async () => {
  copy = await mkdtemp(join(tmpdir(), "webauthn-result-notices-"));
  const listed = await run("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { capture: true });
  const needed = listed
    .split("\0")
    .filter((name) =>
      /^(Cargo|src|examples|docs\/examples\/rust|local-cloud|scripts|tests\/(headless|native)|rust-tool)/.test(name),
    );
  for (const name of needed.filter((each) => existsSync(join(root, each))))
    await cp(join(root, name), join(copy, name));
});

after(() => rm(copy, { recursive: true, force: true }));

test("a crate that is missing or no longer compiled in is reported", async () => {
  const source = 'await (await import("./scripts/release/notices.mjs")).checkNoticedCrates();';
  const check = async (text) => {
    await writeFile(join(copy, "THIRD-PARTY-NOTICES.md"), text);
    return run(
      "node",
      ["--input-type=module", "--eval", `${source.slice(0, -1)}.catch((error) => console.log(error.message));`],
      {
        cwd: copy,
        capture: true,
      },
    );
  };
  assert.equal(await check(notices), "");
  assert.match(await check(notices.replace(/^\| spin .*\n/m, "")), /is out of date \(it lacks spin \S+\): run npm run/);
  assert.match(
    await check(notices.replace(/^(\| spin) \S+/m, "$1 0.0.1")),
    /\(it lacks spin \S+ and has spin 0\.0\.1\): run npm run docs:notices\.$/m,
  );
});
