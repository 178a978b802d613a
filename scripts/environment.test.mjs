// Environment variables are read in one place, checked, and documented.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";

import { readVariable, VARIABLES } from "./environment.mjs";
import { root, run } from "./run.mjs";

test("CONTRIBUTING.md lists every variable with what it takes, its default and its use", async () => {
  const rows = Object.entries(VARIABLES).map(
    ([name, { takes, usual, use }]) => `| \`${name}\` | ${takes} | ${usual === false ? "" : usual} | ${use} |`,
  );
  const page = await readFile(join(root, "CONTRIBUTING.md"), "utf8");
  const heading = "| variable | takes | default | for |\n|---|---|---|---|\n";
  const table = page.slice(page.indexOf(heading) + heading.length).split("\n\n", 1)[0];
  assert.equal(table, rows.join("\n"));
});

test("a variable that is unset or empty has its default", () => {
  assert.equal(readVariable("PORT", {}), 5180);
  assert.equal(readVariable("PORT", { PORT: "" }), 5180);
});

for (const [name, text, value] of [
  ["PORT", "5181", 5181],
  ["GLOBALS_SINGLES", "Infinity", Infinity],
  ["FULL", "1", true],
])
  test(`${name}=${text} is read`, () => {
    assert.equal(readVariable(name, { [name]: text }), value);
  });

for (const [name, text] of [
  ["PORT", "0"],
  ["PORT", "65536"],
  ["PORT", "5e3"],
  ["PORT", " 5180"],
  ["HOSTILE_CASES", "-1"],
  ["HOSTILE_CASES", "0"],
  ["GLOBALS_PAIRS", "Infinity"],
  ["FULL", "yes"],
])
  test(`${name}=${JSON.stringify(text)} is refused by name`, () => {
    assert.throws(() => readVariable(name, { [name]: text }), {
      message: `${name} must be ${VARIABLES[name].takes}, but is ${JSON.stringify(text)}.`,
    });
  });

/** What others define: npm, cargo, rustup, XDG; what the servers of the demo and of the examples and the consumers' projects take. */
const ELSEWHERE =
  /^(?:www\/|docs\/examples\/|tests\/consumers\/)|process\.env\.(?:CARGO_INSTALL_ROOT|CARGO_HOME|RUSTUP_HOME|XDG_CACHE_HOME|PATH|npm_execpath)\b/;

test("no other file reads a variable of its own", async () => {
  const found = await run("git", ["grep", "-n", "-E", "process\\.env[.[]", "--", "*.mjs", "*.js"], { capture: true });
  const others = found
    .trim()
    .split("\n")
    .filter((line) => !ELSEWHERE.test(line) && !line.startsWith("scripts/environment"));
  assert.deepEqual(others, []);
});
