// Counts the cells of the fault matrix by what the page must be told: node tests/e2e/fault-matrix/table.mjs
//
// The table stands in README.md, between two comments; with --write it is put there.

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { argv } from "node:process";
import { fileURLToPath } from "node:url";

import { root } from "../../../scripts/run.mjs";
import { CELLS, OUTCOMES } from "./matrix.mjs";

const MARK = "<!-- fault matrix -->\n";

const HEADINGS = { succeeded: "success", refused: "refused", unknown: "outcome unknown" };

/** How many cells there are of each outcome. */
export const count = (cells) => OUTCOMES.map((outcome) => cells.filter((cell) => cell.outcome === outcome).length);

/** In how many cells an approval is lost. */
const lost = CELLS.filter((cell) => cell.lost).length;

/** The counts by kind of fault, as a Markdown table, and how many approvals are lost. */
export const faultMatrixTable = () => {
  const families = [...new Set(CELLS.map(({ fault }) => fault.family))];
  const row = (title, cells) => `| ${[title, cells.length, ...count(cells)].join(" | ")} |\n`;
  return [
    `| fault | cells | ${OUTCOMES.map((outcome) => HEADINGS[outcome]).join(" | ")} |\n`,
    "|---|--:|--:|--:|--:|\n",
    ...families.map((family) =>
      row(
        family,
        CELLS.filter(({ fault }) => fault.family === family),
      ),
    ),
    row("**all**", CELLS),
    `\nIn ${lost} cells a refusal is told although the cloud had accepted: it refused a second copy of the assertion, and the one
question that the documentation foresees then found the status endpoint without an answer, or behind.\n`,
  ].join("");
};

/** README.md's text with the table as it must be. Throws where the comments are missing. */
export const withFaultMatrix = (text) => {
  const [before, , after, ...more] = text.split(MARK);
  if (after === undefined || more.length) throw new Error("README.md has no place for the fault matrix, or several");
  return [before, `\n${faultMatrixTable()}\n`, after].join(MARK);
};

if (argv[1] === fileURLToPath(import.meta.url)) {
  const path = join(root, "README.md");
  if (argv.includes("--write")) await writeFile(path, withFaultMatrix(await readFile(path, "utf8")));
  else console.log(faultMatrixTable());
}
