// The workflows call only scripts of this repository, pin third-party actions, and have only the permissions they need.

import assert from "node:assert/strict";
import { accessSync, constants } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";

import { PLATFORMS } from "../cloud-package/platforms.mjs";
import { root } from "../run.mjs";
import { checkWorkflows, FOLDER, findMistakes } from "./workflows.mjs";

const names = await readdir(join(root, FOLDER));
const workflows = await Promise.all(
  names.map(async (name) => ({ name, text: await readFile(join(root, FOLDER, name), "utf8") })),
);
const ci = workflows.find(({ name }) => name === "ci.yml").text;
const { scripts } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));

test("every workflow has valid syntax", () => checkWorkflows());

test("a mistake in a workflow is found", async () => {
  for (const [right, wrong] of [
    ["runs-on:", "run-on:"],
    ["matrix.node }}", "matrix.nodes }}"],
    ["contents: read", "contents: reed"],
  ]) {
    const mistakes = await findMistakes("ci.yml", ci.replace(right, wrong));
    assert.ok(mistakes.length, wrong);
  }
});

test("every step is a script of this repository, or an action", () => {
  for (const { name, text } of workflows) {
    const commands = [...text.matchAll(/^ +(?:- )?run: (.*)$/gm)].map(([, command]) => command);
    assert.ok(commands.length, name);
    for (const command of commands) {
      const [program, verb, script] = command.split(" ");
      if (program === "npm") assert.ok(verb === "run" && script in scripts, command);
      else {
        assert.match(program, /^\.ci\//, command);
        accessSync(join(root, program), constants.X_OK);
      }
    }
  }
});

test("every action is pinned to a commit, with its version beside it", () => {
  for (const { name, text } of workflows)
    for (const [, action] of text.matchAll(/uses: (.*)$/gm))
      assert.match(action, /^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/, name);
});

test("the release builds the local cloud for every platform, each on a runner of its own", () => {
  const release = workflows.find(({ name }) => name === "release.yml").text;
  const built = [...release.matchAll(/- platform: (\S+)\n +runner: (\S+)/g)];
  // The job that makes the files of the release builds its own.
  assert.deepEqual([...built.map(([, platform]) => platform), "linux-x64"].sort(), Object.keys(PLATFORMS).sort());
  assert.equal(new Set(built.map(([, , runner]) => runner)).size, built.length);
});

test("only the job that publishes has more than read permissions", () => {
  for (const { name, text } of workflows) {
    assert.match(text, /^permissions:\n {2}contents: read$/m, name);
    const [, ...jobs] = text.split(/^(?= {2}[\w-]+:$)/m);
    const rights = jobs.filter((job) => /: write$/m.test(job)).map((job) => job.match(/[\w-]+/)[0]);
    assert.deepEqual(rights, name === "release.yml" ? ["publish"] : [], name);
  }
});

test("CI runs the same script as developers, on each supported Node version", () => {
  assert.match(ci, /node: \[20, 22, 24\]/);
  assert.match(ci, /run: \.ci\/run$/m);
});
