// From times in pairs to ratios: the median, and the spread in which eight of ten lie.

const BASE = "plain JavaScript";

const quantile = (sorted, part) => sorted[Math.round((sorted.length - 1) * part)];

/** Of each contender, by its name: `ratio`, `low`, `high` against plain JavaScript in the same round, and `ms` a call. */
export const summarize = (times) =>
  Object.fromEntries(
    Object.entries(times).map(([name, each]) => {
      const ratios = each.map((ms, round) => ms / times[BASE][round]).sort((a, b) => a - b);
      const sorted = [...each].sort((a, b) => a - b);
      const [low, ratio, high] = [0.1, 0.5, 0.9].map((part) => quantile(ratios, part));
      return [name, { ratio, low, high, ms: quantile(sorted, 0.5) }];
    }),
  );
