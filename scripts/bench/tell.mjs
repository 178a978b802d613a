// Progress, for whoever waits.

/** Tells of each so-manieth of `rounds`. */
export const tellEvery = (count, rounds) => (round) => {
  if (round % count === 0) console.log(`  round ${round + 1} of ${rounds}`);
};
