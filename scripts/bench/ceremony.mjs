// A whole ceremony against the local cloud: each approval is real, and the cloud confirms each token.

import assert from "node:assert/strict";
import { launchBrowser, openPage } from "../../tests/e2e/support/browser.mjs";
import { startShop } from "../../tests/e2e/support/shop.mjs";
import { bundle } from "./bundle.mjs";
import { OWN, PLAIN } from "./contenders.mjs";
import { reportEvery } from "./report-rounds.mjs";
import { takeTurns } from "./rounds.mjs";
import { summarize } from "./summary.mjs";

/** Of the package and plain JavaScript, which differ by less than the times do; and of all. */
const PAIRS = 600;
const ROUNDS = 60;

/** The rows, how many rounds they are of, and how many approvals the cloud confirmed. */
export const measureCeremony = async () => {
  const shop = await startShop();
  const browser = await launchBrowser();
  try {
    const opened = await openPage({ browser, shop });
    const user = await opened.newUser();
    // Evaluated, since the shop's policy lets no other script in.
    await opened.page.evaluate(
      `${await bundle("ceremony.mjs", { global: "ceremony" })}; globalThis.ceremony = ceremony;`,
    );
    const names = await opened.page.evaluate((baseUrl) => ceremony.prepare(baseUrl), shop.baseUrl);
    let confirmed = 0;
    const measure = async (name) => {
      const { argument } = await shop.approve(user);
      const { ms, token } = await opened.page.evaluate(
        ([who, given]) => ceremony.runCeremony(who, given),
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
