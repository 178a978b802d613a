// What the project promises of its speed, and whether a run found it so.

import { FROM_USE, MODULE, OWN, SCRIPT } from "./contenders.mjs";

/** Where the cost is linear, with whatever a call costs without any, 1,000 take at most so many times as long as 100. */
const LINEAR = 10;

const times = (number) => number.toFixed(2);

const judgeRatio = (promise, ratio, most) => ({
  promise,
  found: `${times(ratio.median)} times`,
  limit: `at most ${times(most)}`,
  isMet: ratio.median <= most,
});

const judgeCount = (promise, count, most) => ({
  promise,
  found: `${count}`,
  limit: `at most ${most}`,
  isMet: count <= most,
});

/** How many of a page's requests are neither for the page nor for the package's script. */
const beyondScript = (paths) => paths.length - 2;

const judges = {
  calls: (browsers) => [
    ...browsers.map(({ title, sizes }) =>
      judgeRatio(`a call in ${title}, against plain JavaScript`, sizes[0].rows[OWN].ratio, 3),
    ),
    ...browsers.map(({ title, growth }) => ({
      promise: `in ${title} 1,000 allowed credentials against 100: linear`,
      found: `${times(growth[OWN].tenfold.median)} times`,
      limit: `at most ${LINEAR}`,
      isMet: growth[OWN].tenfold.median <= LINEAR,
    })),
  ],
  ceremony: ({ rows }) => [judgeRatio("a whole ceremony in Chromium, against plain JavaScript", rows[OWN].ratio, 1.03)],
  start: ({ rows }) =>
    Object.entries({
      "from the first use of WebAssembly": FROM_USE,
      "with the script's parsing, a classic one": SCRIPT,
      "with the script's parsing, an ES module": MODULE,
    }).map(([begin, name]) => judgeRatio(`ready, ${begin}, against the module by hand`, rows[name].ratio, 1.2)),
  loading: ({ requests, preloaded }) => [
    judgeCount("requests after the package's script", Math.max(...Object.values(requests).map(beyondScript)), 0),
    {
      promise: "a page that preloads finds the module ready at the first click",
      found: `ready after ${Math.round(preloaded.ready)} ms, clicked after ${Math.round(preloaded.click)}`,
      limit: "before",
      isMet: preloaded.ready < preloaded.click,
    },
  ],
  boundary: ({ memory }) => [
    judgeCount("pages of memory beside the stack", memory.start - memory.stackPages, 2),
    judgeCount("pages that the first ceremony adds", memory.first - memory.start, 0),
    judgeCount("pages that a hundred more add", memory.hundred - memory.first, 0),
  ],
};

/** `{ promise, found, limit, isMet }` for each promise that the results, by part, tell of. */
export const judge = (results) =>
  Object.entries(judges).flatMap(([part, judgeOf]) => (results[part] ? judgeOf(results[part]) : []));
