// From times in pairs to ratios: the median, and the spread in which eight of ten lie.

const ascending = (a, b) => a - b;

const quantile = (sorted, part) => sorted[Math.round((sorted.length - 1) * Math.min(1, Math.max(0, part)))];

/** @typedef {ReturnType<typeof spread>} Spread */

/**
 * `{ median, low, high, from, to }`: eight of ten values lie between `low` and `high`, and were there as many values as one
 * likes, their median would in nineteen of twenty runs lie between `from` and `to` (by the binomial distribution of ranks).
 */
export const spread = (values) => {
  const sorted = [...values].sort(ascending);
  const doubt = 0.98 / Math.sqrt(sorted.length);
  const parts = { low: 0.1, median: 0.5, high: 0.9, from: 0.5 - doubt, to: 0.5 + doubt };
  return Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, quantile(sorted, part)]));
};

/** The spread of the ratios of two contenders in the same rounds. */
export const ratio = (times, name, base) => spread(times[name].map((ms, round) => ms / times[base][round]));

/** Of each contender, by its name: `ratio` against `base` in the same round, and the median of its `ms`. */
export const summarize = (times, base) =>
  Object.fromEntries(
    Object.keys(times).map((name) => [name, { ratio: ratio(times, name, base), ms: spread(times[name]).median }]),
  );

/**
 * Of each contender, by its name, from its times by the number of credentials: `microseconds` for each further credential,
 * from the fewest to the most; and `tenfold`, how many times as long the most take as the last but one number.
 */
export const growth = (times) => {
  const numbers = Object.keys(times).map(Number).sort(ascending);
  const [fewest, many, most] = [numbers[0], numbers.at(-2), numbers.at(-1)];
  return Object.fromEntries(
    Object.keys(times[most]).map((name) => {
      const of = (number) => times[number][name];
      const slopes = of(most).map((ms, round) => ((ms - of(fewest)[round]) * 1000) / (most - fewest));
      return [
        name,
        { microseconds: spread(slopes), tenfold: spread(of(most).map((ms, round) => ms / of(many)[round])) },
      ];
    }),
  );
};
