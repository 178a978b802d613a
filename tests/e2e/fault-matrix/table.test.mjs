// The fault matrix is complete, its slice includes every fault, and the documentation has its counts.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../../../scripts/run.mjs";
import { names } from "../support/result-table.mjs";
import { FAULTS } from "./faults.mjs";
import { ATTEMPTS, CELLS, OUTCOMES, SLICE, STATUS } from "./matrix.mjs";
import { count, faultMatrixSentence, faultMatrixTable, withFaultMatrix } from "./table.mjs";

const titles = (cells) => new Set(cells.map(({ title }) => title));

test("each fault meets each ceremony, number of attempts and status, once", () => {
  assert.equal(CELLS.length, FAULTS.length * names.length * ATTEMPTS.length * Object.keys(STATUS).length);
  assert.equal(titles(CELLS).size, CELLS.length);
});

test("each documented HTTP status is among the faults, with and without an acceptance if both are possible", () => {
  const named = FAULTS.map(({ name }) => name).filter((name) => name.startsWith("HTTP"));
  const each = (statuses, addition = "") => statuses.map((status) => `HTTP ${status}${addition}`);
  assert.deepEqual(
    new Set(named),
    new Set([
      ...each([400, 401, 403, 404, 405, 409, 415, 422, 425, 429, 500, 502, 503, 504]),
      ...each([409, 425, 429, 500, 502, 503, 504], " although accepted"),
    ]),
  );
});

test("the slice has every fault in each ceremony, with every setting", () => {
  assert.equal(SLICE.length, FAULTS.length * names.length);
  const all = titles(CELLS);
  for (const title of titles(SLICE)) assert.ok(all.has(title), title);
  const settings = (cells) =>
    new Set(cells.map(({ ceremony, attempts, status }) => [ceremony, attempts, status].join()));
  assert.deepEqual(settings(SLICE), settings(CELLS));
  assert.deepEqual(new Set(SLICE.map(({ outcome }) => outcome)), new Set(OUTCOMES));
});

test("a cell that expects a success is one in which the cloud accepts", () => {
  for (const { fault, outcome, title } of CELLS)
    if (outcome === "succeeded") assert.ok(fault.accepted || fault.answer === "unknown", title);
});

test("docs/faults.md has the counts, and README.md their sum", async () => {
  const text = await readFile(join(root, "docs/faults.md"), "utf8");
  const readme = (await readFile(join(root, "README.md"), "utf8")).replace(/\s+/g, " ");
  assert.ok(readme.includes(faultMatrixSentence()), faultMatrixSentence());
  assert.equal(text, withFaultMatrix(text), "node tests/e2e/fault-matrix/table.mjs --write");
  assert.equal(
    CELLS.length,
    count(CELLS).reduce((sum, part) => sum + part),
    "each cell is counted once",
  );
  assert.match(faultMatrixTable(), new RegExp(`\\*\\*all\\*\\* \\| ${CELLS.length} \\|`));
});
