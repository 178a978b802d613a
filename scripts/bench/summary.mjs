// Computes ratios from times in pairs: the median, and the range of eight in ten values.

const ascending = (a, b) => a - b;

const quantile = (sorted, part) => sorted[Math.round((sorted.length - 1) * Math.min(1, Math.max(0, part)))];

/** @typedef {ReturnType<typeof spread>} Spread */

/**
 * Returns `{ median, low, high, from, to }`. Eight in ten values lie between `low` and `high`. `from` and `to` are the 95 %
 * confidence interval of the median (by the binomial distribution of ranks).
 */
export const spread = (values) => {
  const sorted = [...values].sort(ascending);
  const margin = 0.98 / Math.sqrt(sorted.length);
  const parts = { low: 0.1, median: 0.5, high: 0.9, from: 0.5 - margin, to: 0.5 + margin };
  return Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, quantile(sorted, part)]));
};

/** The spread of the ratios of two contenders in the same rounds. */
export const ratio = (times, name, base) => spread(times[name].map((ms, round) => ms / times[base][round]));

/** For each contender, by name: the `ratio` to `base` in the same round, and the median of its `ms`. */
export const summarize = (times, base) =>
  Object.fromEntries(
    Object.keys(times).map((name) => [name, { ratio: ratio(times, name, base), ms: spread(times[name]).median }]),
  );

/**
 * For each contender, by name, from its times by number of credentials: `microseconds` for one more credential, from the
 * fewest to the most; and `tenfold`, the ratio of the time for the most to that for the second most.
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
