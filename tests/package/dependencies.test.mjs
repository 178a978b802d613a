// Every direct dependency is in docs/dependencies.md with its reason, and its version is fixed by a lock file.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";

import { root, run } from "../../scripts/run.mjs";

const read = async (path) => readFile(join(root, path), "utf8");

/** The direct dependencies of a Cargo manifest's packages: `[package, kind, name]`. Fails if the lock file is out of date. */
const crates = async (manifest) => {
  const args = ["metadata", "--format-version", "1", "--locked", "--manifest-path", join(root, manifest)];
  const { packages, workspace_members } = JSON.parse(await run("cargo", args, { capture: true }));
  return packages
    .filter(({ id }) => workspace_members.includes(id))
    .flatMap(({ name, dependencies }) => dependencies.map((each) => [name, each.kind ?? "normal", each.name]));
};

/** The rows of docs/dependencies.md by section: name and reason. */
const documented = async () => {
  const sections = {};
  for (const section of (await read("docs/dependencies.md")).split(/^## /m).slice(1)) {
    const rows = [...section.matchAll(/^\| `([^`]+)` \| (.+) \|$/gm)].map(([, name, reason]) => [name, reason]);
    sections[section.split("\n")[0]] = rows;
  }
  return sections;
};

const named = (rows) => rows.map(([name]) => name);
const distinct = (names) => [...new Set(names)].sort();

test("exactly the direct dependencies are documented, each in its section", async () => {
  const [own, fuzzing, sections] = await Promise.all([crates("Cargo.toml"), crates("fuzz/Cargo.toml"), documented()]);
  const of = (name, kind) =>
    distinct(own.filter((each) => each[0] === name && each[1] === kind).map((each) => each[2]));
  const { devDependencies, dependencies } = JSON.parse(await read("package.json"));
  assert.equal(dependencies, undefined, "the package brings nothing along");
  assert.deepEqual(Object.fromEntries(Object.entries(sections).map(([name, rows]) => [name, named(rows)])), {
    "In the package": of("webauthn-result", "normal"),
    "In the local cloud": of("local-cloud", "normal"),
    "In the relay in Rust": of("ciba-relay", "normal"),
    "In the shop's backend in Rust": of("shop-backend", "normal"),
    "In the backend in Rust with a WebAuthn server of its own": of("own-server", "normal"),
    "For tests in Rust": distinct(["webauthn-result", "ciba-relay", "local-cloud"].flatMap((name) => of(name, "dev"))),
    "For fuzzing": distinct(fuzzing.map((each) => each[2])),
    "Tools from npm": Object.keys(devDependencies).sort(),
  });
});

test("each has its own reason", async () => {
  for (const rows of Object.values(await documented()))
    for (const [name, reason] of rows) assert.ok(reason.split(" ").length >= 2, name);
});

test("each tool from npm has one exact version, also in the lock file", async () => {
  const [{ devDependencies }, lock] = (await Promise.all(["package.json", "package-lock.json"].map(read))).map(
    JSON.parse,
  );
  for (const [name, specifier] of Object.entries(devDependencies)) {
    // An alias has the name of its package before the version: `npm:NAME@VERSION`.
    const version = specifier.replace(/^npm:[\w-]+@/, "");
    assert.match(version, /^\d+\.\d+\.\d+$/, name);
    assert.equal(lock.packages[`node_modules/${name}`]?.version, version, name);
  }
});

test("everything in the lock files has a checksum", async () => {
  const lock = JSON.parse(await read("package-lock.json"));
  for (const [path, entry] of Object.entries(lock.packages)) if (path) assert.ok(entry.integrity, path);
  for (const path of ["Cargo.lock", "fuzz/Cargo.lock"]) {
    const entries = (await read(path)).split("[[package]]").slice(1);
    assert.ok(entries.length > 10, path);
    for (const entry of entries)
      if (/^source = /m.test(entry)) assert.match(entry, /^checksum = "[0-9a-f]{64}"$/m, entry);
  }
});
