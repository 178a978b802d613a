// Every fault in every setting: one success for each accepted assertion, none lost, none invented.
//
// Runs a slice of the matrix, with every fault once in each ceremony; with FULL=1 all cells.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { readVariable } from "../../scripts/environment.mjs";
import { LAUNCH, prepare, startSurroundings } from "./fault-matrix/line.mjs";
import { CELLS, SLICE } from "./fault-matrix/matrix.mjs";
import { assertTold, assertTrue, play } from "./fault-matrix/play.mjs";
import { useShop } from "./support/setting.mjs";

// Without the shop's policy, which would block the other addresses.
const { shop, borrow } = useShop({ launch: LAUNCH, page: { context: { bypassCSP: true }, prepare } });

let surroundings;
before(async () => (surroundings = await startSurroundings(shop)));
after(() => surroundings?.stop());

// They mostly wait for the cloud.
describe("the fault matrix", { concurrency: 6 }, () => {
  for (const cell of readVariable("FULL") ? CELLS : SLICE)
    test(cell.title, async (t) => {
      const page = await borrow(t);
      const played = await play({ shop, page, surroundings }, cell);
      assertTold(played, cell);
      await assertTrue(shop, played, cell);
      if (cell.fault.line === "leave")
        assert.equal(played.returns, Math.min(played.sent, cell.attempts), "the page was not restored from the cache");
      if (cell.lost) t.diagnostic("lost: a second copy was refused, and the status did not tell");
    });
});

test("no redirect to another host is followed", () => assert.deepEqual(surroundings.elsewhere.visits, []));
