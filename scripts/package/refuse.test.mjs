// The root of the repository cannot be published by accident.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";

import { root } from "../run.mjs";

const npm = (...args) => {
  const { status, stdout, stderr } = spawnSync("npm", args, { cwd: root, encoding: "utf8" });
  return { status, output: stdout + stderr };
};

test("npm pack and npm publish in the root say what to do instead", () => {
  for (const command of ["pack", "publish"]) {
    const { status, output } = npm(command, "--dry-run");
    assert.equal(status, 1, command);
    assert.match(output, /^Nothing is packed from the root of the repository\. Run: npm run release$/m, command);
  }
});

test("npm publish refuses without its scripts, too", () => {
  // A dry run would not run `prepack`. Nothing listens at this address, in case the command gets further.
  const nowhere = "//127.0.0.1:9/";
  const registry = ["--registry", `http:${nowhere}`, `--${nowhere}:_authToken=none`, "--fetch-retries", "0"];
  const { status, output } = npm("publish", "--ignore-scripts", ...registry);
  assert.equal(status, 1);
  assert.match(output, /EPRIVATE/);
});
