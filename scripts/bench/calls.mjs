// Times a call in each browser, with stubbed browser functions and increasing numbers of allowed credentials.

import { log } from "../progress.mjs";
import { OWN, PEER, PLAIN } from "./contenders.mjs";
import { DRIVERS } from "./drive.mjs";
import { growth, ratio, summarize } from "./summary.mjs";

const CREDENTIALS = [1, 10, 100, 1000];

/** Each pass covers all numbers of credentials, so that a machine that slows down affects all of them. */
const PASSES = 5;
const ROUNDS = 20;

/** Warm-up rounds: in the first pass until the browser has optimized the code, later until its caches are warm. */
const warmUpOf = (pass) => (pass ? 2 : 20);

const measureIn = async (browser) => {
  const times = Object.fromEntries(CREDENTIALS.map((credentials) => [credentials, {}]));
  for (let pass = 0; pass < PASSES; pass++) {
    log(`  pass ${pass + 1} of ${PASSES}`);
    for (const credentials of CREDENTIALS) {
      const options = { rounds: ROUNDS, warmUp: warmUpOf(pass), credentials };
      for (const [name, each] of Object.entries(await browser.call("timeCalls", options)))
        (times[credentials][name] ??= []).push(...each);
    }
  }
  const sizes = CREDENTIALS.map((credentials) => ({
    credentials,
    rows: summarize(times[credentials], PLAIN),
    toPeer: ratio(times[credentials], OWN, PEER),
  }));
  return { sizes, growth: growth(times) };
};

/** Resolves to the version, the rows by number of credentials, and the growth, for each browser. */
export const measureCalls = async (origin) => {
  const measured = [];
  for (const [title, open] of Object.entries(DRIVERS)) {
    log(`In ${title}, with stubbed browser functions`);
    const browser = await open(`${origin}/`);
    try {
      const cases = await browser.call("prepareCalls");
      log(`  plain JavaScript behaves the same in ${cases} cases`);
      const { sizes, growth } = await measureIn(browser);
      measured.push({ title, version: browser.version, cases, rounds: PASSES * ROUNDS, sizes, growth });
      for (const { credentials, rows } of sizes)
        log(`  ${credentials} allowed: ${rows[OWN].ratio.median.toFixed(2)} times plain JavaScript`);
    } finally {
      await browser.close();
    }
  }
  return measured;
};
