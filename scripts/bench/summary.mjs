// From times in pairs to ratios: the median, and the spread in which eight of ten lie.

const ascending = (a, b) => a - b;

const quantile = (sorted, part) => sorted[Math.round((sorted.length - 1) * part)];

/** `{ median, low, high }`: eight of ten values lie between the latter two. */
export const spread = (values) => {
  const sorted = [...values].sort(ascending);
  const [low, median, high] = [0.1, 0.5, 0.9].map((part) => quantile(sorted, part));
  return { median, low, high };
};

/** The spread of the ratios of two contenders in the same rounds. */
export const ratio = (times, name, base) => spread(times[name].map((ms, round) => ms / times[base][round]));

/** Of each contender, by its name: `ratio` against `base` in the same round, and the median of its `ms`. */
export const summarize = (times, base) =>
  Object.fromEntries(
    Object.keys(times).map((name) => [
      name,
      { ratio: ratio(times, name, base), ms: spread(times[name]).median },
    ]),
  );
