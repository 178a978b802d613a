// npm test: sets up, builds, and runs every suite that takes minutes at most.

import { readdir } from "node:fs/promises";
import { join } from "node:path";

import { root, run, step } from "./run.mjs";
import { ensureBuildTools, ensureTestTools } from "./tools.mjs";

await ensureBuildTools();
await ensureTestTools();

await run("node", ["scripts/lint.mjs"]);

step("Native tests");
await run("cargo", ["nextest", "run", "--locked", "--workspace", "--cargo-quiet"]);

await run("node", ["scripts/build.mjs"]);
await run("node", ["scripts/build.mjs", "--injection"]);

await run("node", ["scripts/headless.mjs"]);

step("The package's JavaScript, in Node");
const testsIn = async (folder) =>
  (await readdir(join(root, folder), { recursive: true }))
    .filter((name) => name.endsWith(".test.mjs"))
    .map((name) => join(folder, name));
const inNode = (await Promise.all(["tests/unit", "tests/package", "scripts"].map(testsIn))).flat();
await run("node", ["--test", ...inNode]);

step("End to end, in Chromium, against the local cloud");
await run("cargo", ["build", "--quiet", "--locked", "--package", "local-cloud"]);
await run("node", ["--test", "--test-concurrency=1", "tests/e2e/"]);

step("AuthSec's published Python SDK, unchanged, against the local cloud");
await run("node", ["scripts/test-python-sdk.mjs"]);
