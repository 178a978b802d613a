// Times a whole ceremony against the local cloud. Each approval is real, and each token is introspected.

import assert from "node:assert/strict";
import { launchBrowser, openPage } from "../../tests/e2e/support/browser.mjs";
import { startShop } from "../../tests/e2e/support/shop.mjs";
import { bundle } from "./bundle.mjs";
import { OWN, PLAIN } from "./contenders.mjs";
import { reportEvery } from "./report-rounds.mjs";
import { takeTurns } from "./rounds.mjs";
import { summarize } from "./summary.mjs";

/** Rounds of the package and plain JavaScript alone: they differ by less than the times vary. */
const PAIRS = 600;
/** Rounds of all contenders. */
const ROUNDS = 60;

/** Resolves to the rows, their numbers of rounds, and the number of confirmed approvals. */
export const measureCeremony = async () => {
  const shop = await startShop();
  const browser = await launchBrowser();
  try {
    const opened = await openPage({ browser, shop });
    const user = await opened.newUser();
    // Evaluated, because the shop's Content-Security-Policy blocks other scripts.
    await opened.page.evaluate(
      `${await bundle("ceremony.mjs", { global: "ceremony" })}; globalThis.ceremony = ceremony;`,
    );
    const names = await opened.page.evaluate((baseUrl) => ceremony.prepare(baseUrl), shop.baseUrl);
    let confirmed = 0;
    const measure = async (name) => {
      const { argument } = await shop.approve(user);
      const { ms, token } = await opened.page.evaluate(
        ([contender, argument]) => ceremony.runCeremony(contender, argument),
        [name, argument],
      );
      const { active, sub } = await shop.introspect(token);
      assert.ok(active && sub === user.userId, `the cloud does not confirm an approval of ${name}`);
      confirmed++;
      return ms;
    };
    const pairs = await takeTurns({
      names: [PLAIN, OWN],
      rounds: PAIRS,
      warmUp: 10,
      measure,
      onRound: reportEvery(200, PAIRS),
    });
    const all = await takeTurns({ names, rounds: ROUNDS, warmUp: 3, measure, onRound: reportEvery(30, ROUNDS) });
    const rows = { ...summarize(all, PLAIN), ...summarize(pairs, PLAIN) };
    return { rows, pairs: PAIRS, rounds: ROUNDS, confirmed };
  } finally {
    await browser.close();
    await shop.stop();
  }
};
