// The promises about speed, and whether a run meets them.

import { OWN } from "./contenders.mjs";

/** If the cost is linear plus a constant, 1,000 credentials take at most ten times as long as 100. */
const MAX_TENFOLD = 10;

const times = (number) => number.toFixed(2);

const judgeRatio = (promise, ratio, maximum) => ({
  promise,
  found: `${times(ratio.median)} times`,
  limit: `at most ${times(maximum)}`,
  isMet: ratio.median <= maximum,
});

const judgeCount = (promise, count, maximum) => ({
  promise,
  found: `${count}`,
  limit: `at most ${maximum}`,
  isMet: count <= maximum,
});

/** The number of requests besides the page and the package's script. */
const countFurtherRequests = (paths) => paths.length - 2;

const judges = {
  calls: (browsers) => [
    ...browsers.map(({ title, sizes }) =>
      judgeRatio(`a call in ${title}, relative to plain JavaScript`, sizes[0].rows[OWN].ratio, 3),
    ),
    ...browsers.map(({ title, growth }) => ({
      promise: `1,000 allowed credentials in ${title}, relative to 100: linear`,
      found: `${times(growth[OWN].tenfold.median)} times`,
      limit: `at most ${MAX_TENFOLD}`,
      isMet: growth[OWN].tenfold.median <= MAX_TENFOLD,
    })),
  ],
  ceremony: ({ rows }) => [
    judgeRatio("a whole ceremony in Chromium, relative to plain JavaScript", rows[OWN].ratio, 1.03),
  ],
  loading: ({ requests, preloaded }) => [
    judgeCount(
      "requests after the package's script",
      Math.max(...Object.values(requests).map(countFurtherRequests)),
      0,
    ),
    {
      promise: "on a page that preloads, the module is ready before the first click",
      found: `ready after ${Math.round(preloaded.ready)} ms, clicked after ${Math.round(preloaded.click)}`,
      limit: "before",
      isMet: preloaded.ready < preloaded.click,
    },
  ],
  boundary: ({ memory }) => [
    judgeCount("pages of memory besides the stack", memory.start - memory.stackPages, 2),
    judgeCount("pages that the first ceremony adds", memory.first - memory.start, 0),
    judgeCount("pages that a hundred more add", memory.hundred - memory.first, 0),
  ],
};

/** Returns `{ promise, found, limit, isMet }` for each promise about the parts in `results`. */
export const judge = (results) =>
  Object.entries(judges).flatMap(([part, judgeOf]) => (results[part] ? judgeOf(results[part]) : []));
