// The second axis of the fault matrix: outages of 0.1 to 15 seconds, of the finalization, the status endpoint, both, and the
// network. Each that ends at least 3 seconds before the budget does (twice finalizeTimeout, 20 seconds) ends in one success.
//
// The clock and the network are played, so that minutes pass in no time. src/recovery/tests/outages.rs has a finer grid of the same
// promise, on the decisions alone.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { launchBrowser } from "./support/browser.mjs";
import { openCloudStage } from "./support/cloud-stage.mjs";
import { CEREMONIES, names, UNKNOWN } from "./support/result-table.mjs";

const SECONDS = [0.1, 0.2, 0.5, 0.8, 1, 1.5, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];
const MODES = ["fails", "hangs", "loses", "responds"];
const BUDGET = 20;

let browser, stage;
before(async () => {
  browser = await launchBrowser();
  stage = await openCloudStage(browser);
});
after(async () => {
  assert.deepEqual(stage?.errors, [], "the page had errors that nobody caught");
  await browser?.close();
});

const assertSaved = ({ result, copies, seconds }, ceremony, plan) => {
  assert.deepEqual(
    [result.success, result.code.statusCode, result.token, copies],
    [true, CEREMONIES[ceremony].success, "TOKEN", 1],
    `${plan}: after ${seconds} s ${JSON.stringify(result)}`,
  );
  assert.ok(seconds <= BUDGET, plan);
};

for (const ceremony of names)
  for (const of of ["finalization", "status", "both", "network"])
    describe(`${ceremony}: an outage of the ${of}`, () => {
      for (const mode of of === "network" ? ["fails"] : MODES)
        test(`that ${mode}, of 0.1 to 15 seconds, loses nothing`, async () => {
          for (const until of SECONDS)
            for (const from of [0, until / 2]) {
              const ran = await stage.run({ ceremony, outages: [{ of, mode, from, until }] });
              assertSaved(ran, ceremony, `${mode} from ${from} to ${until} s`);
            }
        });
    });

test("the finalization and the status endpoint may be out in different ways, for different times", async () => {
  for (const mode of MODES)
    for (const other of MODES)
      for (const [one, two] of [
        [1, 15],
        [15, 1],
        [3, 8],
        [8, 3],
      ]) {
        const outages = [
          { of: "finalization", mode, until: one },
          { of: "status", mode: other, until: two },
        ];
        assertSaved(await stage.run({ ceremony: "authenticate", outages }), "authenticate", JSON.stringify(outages));
      }
});

test("an outage that does not end leaves the outcome unknown, at the end of the budget", async () => {
  for (const mode of MODES) {
    const { result, seconds } = await stage.run({
      ceremony: "authenticate",
      outages: [{ of: "both", mode, until: 1e6 }],
    });
    assert.equal(result.code.statusCode, "error-0002");
    assert.match(result.message, UNKNOWN);
    assert.ok(seconds > BUDGET - 2 && seconds <= BUDGET, `${mode}: ${seconds} s`);
  }
});

test("the browser's event online ends a wait", async () => {
  const outage = { of: "network", mode: "fails", until: 5.05 };
  const { seconds } = await stage.run({ ceremony: "authenticate", outages: [outage] });
  assert.ok(seconds < 5.3, `${seconds} s`);
});
