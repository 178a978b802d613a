// Counts the cases of the fault matrix by expected result: node tests/e2e/fault-matrix/table.mjs
//
// With --write it updates the table in docs/faults.md, between two comments.

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { argv } from "node:process";
import { fileURLToPath } from "node:url";

import { root } from "../../../scripts/run.mjs";
import { CELLS, OUTCOMES } from "./matrix.mjs";

const MARK = "<!-- fault matrix -->\n";

const HEADINGS = { succeeded: "success", refused: "rejected", unknown: "outcome unknown" };

/** The number of cells with each outcome. */
export const count = (cells) => OUTCOMES.map((outcome) => cells.filter((cell) => cell.outcome === outcome).length);

/** The number of cells in which an approval is lost. */
const lost = CELLS.filter((cell) => cell.lost).length;

/** The counts by kind of fault, as a Markdown table, and the number of lost approvals. */
export const faultMatrixTable = () => {
  const families = [...new Set(CELLS.map(({ fault }) => fault.family))];
  const row = (title, cells) => `| ${[title, cells.length, ...count(cells)].join(" | ")} |\n`;
  return [
    `| fault | cases | ${OUTCOMES.map((outcome) => HEADINGS[outcome]).join(" | ")} |\n`,
    "|---|--:|--:|--:|--:|\n",
    ...families.map((family) =>
      row(
        family,
        CELLS.filter(({ fault }) => fault.family === family),
      ),
    ),
    row("**all**", CELLS),
    `\nIn ${lost} of ${CELLS.length} cases the page reports a rejection although the cloud accepted: the browser resent the request, the cloud rejected
the duplicate, and every query of the status failed.\n`,
  ].join("");
};

/** What README.md says of the matrix. */
export const faultMatrixSentence = () => {
  const [succeeded, refused, unknown] = count(CELLS);
  return `Of ${CELLS.length} injected faults, ${succeeded + refused - lost} end with the true outcome and ${unknown} with "outcome unknown"`;
};

/** The text of docs/faults.md with the current table. Throws if the comments are missing. */
export const withFaultMatrix = (text) => {
  const [before, , after, ...more] = text.split(MARK);
  if (after === undefined || more.length)
    throw new Error("docs/faults.md must have the comment of the fault matrix exactly twice");
  return [before, `\n${faultMatrixTable()}\n`, after].join(MARK);
};

if (argv[1] === fileURLToPath(import.meta.url)) {
  const path = join(root, "docs/faults.md");
  if (argv.includes("--write")) await writeFile(path, withFaultMatrix(await readFile(path, "utf8")));
  else console.log(faultMatrixTable());
}
