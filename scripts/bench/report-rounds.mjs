// Progress of a benchmark that runs in rounds.

import { log } from "../progress.mjs";

/** Logs every `count`-th of `rounds`. */
export const reportEvery = (count, rounds) => (round) => {
  if (round % count === 0) log(`  round ${round + 1} of ${rounds}`);
};
