// Nobody publishes the root of the repository by accident.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";

import { root } from "../run.mjs";

const npm = (...args) => {
  const { status, stdout, stderr } = spawnSync("npm", [...args, "--dry-run"], { cwd: root, encoding: "utf8" });
  return { status, output: stdout + stderr };
};

test("npm pack and npm publish in the root say what to do instead", () => {
  for (const command of ["pack", "publish"]) {
    const { status, output } = npm(command);
    assert.equal(status, 1, command);
    assert.match(output, /^Nothing is packed from the root of the repository\. Run: npm run release$/m, command);
  }
});

test("npm publish refuses without its scripts, too", () => {
  const { status, output } = npm("publish", "--ignore-scripts");
  assert.equal(status, 1);
  assert.match(output, /EPRIVATE/);
});
