// Counts the calls between WebAssembly and JavaScript, the allocations and the memory pages of one ceremony.

import { DRIVERS } from "./drive.mjs";
import { countByName } from "./names.mjs";

const DIRECTIONS = ["exports", "imports"];

const sum = (counts) => Object.values(counts).reduce((total, count) => total + count, 0);

/**
 * `{ memory, crossings, allocations, reallocations }`.
 *
 * @param {string} origin of a site with the counting build at `/counting.js`
 * @param {Awaited<ReturnType<typeof import("./counting.mjs").buildCounting>>} counting
 */
export const measureBoundary = async (origin, { nameOf, counters, stackPages }) => {
  const inFreshPage = async (...call) => {
    const browser = await DRIVERS.Chromium(`${origin}/`);
    try {
      return await browser.call(...call);
    } finally {
      await browser.close();
    }
  };
  const memory = await inFreshPage("measureMemory");
  const shipped = await inFreshPage("countCrossings", "/pkg/index.js", []);
  const counted = await inFreshPage("countCrossings", "/counting.js", counters);
  for (const direction of DIRECTIONS)
    if (sum(shipped[direction]) !== sum(counted[direction]))
      throw new Error(
        `the counting build makes ${sum(counted[direction])} calls of ${direction}, the package ${sum(shipped[direction])}`,
      );
  const [allocations, reallocations] = counted.counters;
  return {
    memory: { ...memory, stackPages },
    crossings: Object.fromEntries(
      DIRECTIONS.map((direction) => [
        direction,
        { total: sum(counted[direction]), byName: countByName(counted[direction], nameOf[direction]) },
      ]),
    ),
    allocations,
    reallocations: reallocations ?? 0,
  };
};
