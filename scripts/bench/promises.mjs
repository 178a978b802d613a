// What the project promises of its speed, and whether a run found it so.

import { MODULE, OWN, PEER, SCRIPT } from "./contenders.mjs";

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

const judges = {
  calls: (browsers) =>
    browsers.flatMap(({ title, sizes, growth }) => [
      judgeRatio(`a call in ${title}, to plain JavaScript`, sizes[0].rows[OWN].ratio, 1),
      {
        promise: `a further allowed credential in ${title}, beyond 100 and below`,
        found: `${growth[OWN].microseconds.toFixed(1)} µs (${PEER}: ${growth[PEER].microseconds.toFixed(1)}), ${times(growth[OWN].linearity)} times`,
        limit: "linear: at most 1.25 times",
        isMet: growth[OWN].linearity <= 1.25,
      },
    ]),
  ceremony: ({ rows }) => [judgeRatio("a whole ceremony in Chromium, to plain JavaScript", rows[OWN].ratio, 1.02)],
  start: ({ rows }) =>
    [SCRIPT, MODULE].map((name) => judgeRatio(`ready, ${name}, to the module by hand`, rows[name].ratio, 1.2)),
  loading: ({ requests, preloaded }) => [
    ...Object.entries(requests).map(([entry, paths]) =>
      judgeCount(`requests after the package's script (${entry})`, paths.length - 2, 0),
    ),
    {
      promise: "a page that preloads finds the module ready at the first click",
      found: `ready at ${Math.round(preloaded.ready)} ms, clicked at ${Math.round(preloaded.click)} ms`,
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
