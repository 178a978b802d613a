// What a call costs on a browser that answers at once, in each browser, with more and more allowed credentials.

import { step } from "../run.mjs";
import { OWN, PEER, PLAIN } from "./contenders.mjs";
import { DRIVERS } from "./drive.mjs";
import { ratio, summarize } from "./summary.mjs";

const CREDENTIALS = [1, 10, 100, 1000];
const ROUNDS = 50;

/** Microseconds for each further credential: in all, and where there are more than a hundred over where there are fewer. */
const growth = (sizes, name) => {
  const ms = Object.fromEntries(sizes.map(({ credentials, rows }) => [credentials, rows[name].ms]));
  const slope = (from, to) => ((ms[to] - ms[from]) * 1000) / (to - from);
  return { microseconds: slope(1, 1000), linearity: slope(100, 1000) / slope(1, 100) };
};

/** Of each browser: its version, the rows by the number of credentials, and the growth. */
export const measureCalls = async (origin) => {
  const measured = [];
  for (const [title, open] of Object.entries(DRIVERS)) {
    step(`A call in ${title}, on a browser that answers at once`);
    const browser = await open(`${origin}/`);
    try {
      const cases = await browser.call("prepareCalls");
      console.log(`  plain JavaScript asks and answers the same in ${cases} cases`);
      const sizes = [];
      for (const credentials of CREDENTIALS) {
        const calls = Math.max(8, Math.round(100 / Math.sqrt(credentials)));
        const warmUp = credentials === 1 ? 20 : 3;
        const times = await browser.call("timeCalls", { rounds: ROUNDS, warmUp, calls, credentials });
        sizes.push({ credentials, rows: summarize(times, PLAIN), toPeer: ratio(times, OWN, PEER) });
        const own = sizes.at(-1).rows[OWN];
        console.log(
          `  ${String(credentials).padStart(4)} allowed: ${own.ratio.median.toFixed(2)} times plain JavaScript`,
        );
      }
      const names = Object.keys(sizes[0].rows);
      const grown = Object.fromEntries(names.map((name) => [name, growth(sizes, name)]));
      measured.push({ title, version: browser.version, cases, rounds: ROUNDS, sizes, growth: grown });
    } finally {
      await browser.close();
    }
  }
  return measured;
};
