// What one ceremony moves between WebAssembly and JavaScript: crossings by name, allocations, pages of memory.

import { DRIVERS } from "./drive.mjs";
import { countByName } from "./names.mjs";

const WAYS = ["exports", "imports"];

const sum = (counts) => Object.values(counts).reduce((total, count) => total + count, 0);

/**
 * `{ memory, crossings, allocations, reallocations }`.
 *
 * @param {string} origin of a site that has the counting build at `/counting.js`
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
  for (const way of WAYS)
    if (sum(shipped[way]) !== sum(counted[way]))
      throw new Error(`the counting build has ${sum(counted[way])} ${way} called, the package ${sum(shipped[way])}`);
  const [allocations, reallocations] = counted.counters;
  return {
    memory: { ...memory, stackPages },
    crossings: Object.fromEntries(
      WAYS.map((way) => [way, { total: sum(counted[way]), byName: countByName(counted[way], nameOf[way]) }]),
    ),
    allocations,
    reallocations: reallocations ?? 0,
  };
};
