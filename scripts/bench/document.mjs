// Creates docs/bench.md: what is measured and how, with the figures of the last run.

import { cpus } from "node:os";

import { OWN, PEER, PLAIN } from "./contenders.mjs";
import { judge } from "./promises.mjs";

const formatNumber = (number) => number.toLocaleString("en-US");

/** A ratio, with the range of eight in ten rounds. */
const formatRatio = ({ median, low, high }) =>
  low === high ? median.toFixed(2) : `${median.toFixed(2)} (${low.toFixed(2)}–${high.toFixed(2)})`;

const row = (cells) => `| ${cells.join(" | ")} |`;

/** `columns` are the titles. The first column is text; the others are numbers. */
const table = (columns, rows) =>
  [row(columns), `|---|${"--:|".repeat(columns.length - 1)}`, ...rows.map(row)].join("\n");

const promises = (results) =>
  table(
    ["promise", "this run", "limit", "met"],
    judge(results).map(({ promise, found, limit, isMet }) => [promise, found, limit, isMet ? "yes" : "**no**"]),
  );

const callTables = ({ version, rounds, sizes }) => {
  const titles = sizes.map(({ credentials }) => formatNumber(credentials));
  const names = Object.keys(sizes[0].rows);
  return `### ${version}

${rounds} rounds; by number of allowed credentials, relative to plain JavaScript:

${table(
  ["", ...titles],
  [
    ...names.map((name) => [name, ...sizes.map(({ rows }) => formatRatio(rows[name].ratio))]),
    [`${OWN}, relative to ${PEER}`, ...sizes.map(({ toPeer }) => formatRatio(toPeer))],
  ],
)}

Milliseconds per call:

${table(
  ["", ...titles],
  names.map((name) => [name, ...sizes.map(({ rows }) => rows[name].ms.toFixed(3))]),
)}
`;
};

const growthTable = (calls) =>
  table(
    ["", ...calls.flatMap(({ title }) => [`${title}: µs`, "1,000 to 100"])],
    Object.keys(calls[0].growth).map((name) => [
      name,
      ...calls.flatMap(({ growth }) => [formatRatio(growth[name].microseconds), formatRatio(growth[name].tenfold)]),
    ]),
  );

/** A name as code, unless it contains spaces. */
const crossing = ({ name, count }) => [name.includes(" ") ? name : `\`${name}\``, count];

/** Lists the names that are called more than twice, and counts the others. */
const crossingTable = ({ exports, imports }) => {
  const frequent = (byName) => byName.filter(({ count }) => count > 2);
  const rare = imports.byName.filter(({ count }) => count <= 2);
  return `${table(
    ["", "calls"],
    [
      ["**into WebAssembly**", `**${exports.total}**`],
      ...exports.byName.map(crossing),
      ["**out of it**", `**${imports.total}**`],
      ...frequent(imports.byName).map(crossing),
      ["others, at most twice each", rare.reduce((total, { count }) => total + count, 0)],
    ],
  )}`;
};

const timeline = ({ preloaded, imported }) => {
  const line = (title, name) => [title, Math.round(preloaded[name]), Math.round(imported[name])];
  const click = (title, name, from) => [
    title,
    Math.round(preloaded[name] - preloaded[from]),
    Math.round(imported[name] - imported[from]),
  ];
  return `${table(
    ["milliseconds after the navigation", "with preload", "without"],
    [
      line("the package's script is requested", "packageRequested"),
      line("the page's own script is loaded", "appHere"),
      line("the package's script is loaded", "packageHere"),
      line("the button handles clicks", "listening"),
      line("the module is ready", "ready"),
      line("the user clicks", "click"),
    ],
  )}

${table(
  ["milliseconds after the click", "with preload", "without"],
  [
    click("the backend has started the approval: one round trip", "approval", "click"),
    click("`navigator.credentials.get` is called", "prompt", "click"),
    click("of which the package takes", "prompt", "approval"),
  ],
)}`;
};

const startTable = ({ rows }) =>
  table(
    ["", "ms, median", "eight in ten", "ratio to the module by hand"],
    Object.entries(rows).map(([name, { ms, ratio }]) => [
      name,
      ms.median.toFixed(2),
      `${ms.low.toFixed(2)}–${ms.high.toFixed(2)}`,
      ratio ? formatRatio(ratio) : "",
    ]),
  );

const ceremonyTable = ({ rows }) =>
  table(
    ["", "relative to plain JavaScript", "confidence interval", "ms"],
    Object.entries(rows).map(([name, { ratio, ms }]) => [
      name,
      formatRatio(ratio),
      name === PLAIN ? "" : `${ratio.from.toFixed(2)}–${ratio.to.toFixed(2)}`,
      ms.toFixed(1),
    ]),
  );

const pagesOf = ({ start, first, hundred, stackPages }) =>
  `An instance starts with ${start} pages of 64 KiB, of which the stack takes ${stackPages}. The first ceremony adds ${first - start} pages, and a
hundred more ceremonies add ${hundred - first}.`;

/** Returns the page. */
export const document = (results) => {
  const { boundary, calls, ceremony, loading, start } = results;
  return `# Speed

Compare what the package costs your page, in time and memory, with plain JavaScript and with other libraries.

\`npm run bench\` measures this and writes this page. A user takes a second or two for a ceremony, so all of these times are small.

![Time of a call and of a whole ceremony, relative to plain JavaScript](bench.svg)

Ratios are medians of pairs from the same round, in which all contenders take turns in random order; the range of eight in ten
rounds is in parentheses. Absolute times depend on the machine: ${cpus().length} cores, which other programs may have shared.

${promises(results)}

**Plain JavaScript** is \`scripts/bench/page/plain.mjs\`: the same work, as a careful developer would write it. It has the same checks
of the options with the path of the property, of the settings, of the secure context and of the Permissions Policy; one prompt at
a time with a time limit and the page's signal; the user handle; the finalization with its own time limit and all options of the
request; the callbacks; and the result object; and it never rejects. It uses the browser's base64url functions if there are any,
and \`atob\` otherwise. First, the benchmark compares both in ${calls[0].cases} cases: they make the same calls of the browser and the
same requests, and return the same codes. Plain JavaScript does not recover lost responses. No call here loses one, so this costs
nothing on either side.

**The peers** do less: they have no checks, time limits or result object. They are timed with the plain \`fetch\` that a page also
needs. The logging of one of them is disabled, because it is slower in an automated browser than in a normal one.

## A call

\`navigator.credentials.get\` and \`fetch\` are stubs that return at once: a credential that the browser's virtual authenticator
created before, and the cloud's response. In its turn, each contender makes calls for 8 ms. The pages are cross-origin isolated,
and Firefox's clock is set to full precision. The first rounds, in which the browser compiles, do not count.

${calls.map(callTables).join("\n")}
### Growth

The cost of one more allowed credential, from 1 to 1,000, in microseconds; and the ratio of the time for 1,000 to that for 100.
If the cost is linear plus a constant, this ratio is less than 10.

${growthTable(calls)}

## A whole ceremony

A page of the shop in Chromium, a virtual authenticator that consents at once, and the local cloud. Each approval is new, and the
cloud confirmed each of the ${formatNumber(ceremony.confirmed)} tokens. There are ${ceremony.pairs} pairs of the package and plain JavaScript, and ${ceremony.rounds} rounds with the peers.
The rounds differ more than the contenders, so the second column has the 95 % confidence interval of the median.

${ceremonyTable(ceremony)}

## Start

The time from the package's code in memory to \`ready()\`, in Chromium. The script is parsed and run, and the module is decoded,
compiled and instantiated. It is also timed from the first use of \`WebAssembly\`, which excludes parsing. "By hand" compiles and
instantiates the same ${formatNumber(start.bytes)} bytes with imports that do nothing. There are ${start.rounds} rounds, each in a new browser context and so in a new
process, where nothing is compiled or cached yet. The classic script is inline; the ES modules come from blobs. The last four
contenders are ready when they have run, in ${start.peerRounds} rounds.

${startTable(start)}

The rest of the parse time is the package's own JavaScript: Chromium compiles all of its functions (the first line of the script
requests this), so that the first call does not have to. The module is decoded by a decoder of about a hundred bytes
(js/decode.wat), then compiled and instantiated synchronously, because waiting for another thread would take longer than compiling
such a small module. \`webauthn-result/url\` has its module in a separate file. It needs no decoding, but one more request.

## Loading

The package requests nothing after its script. Up to the prompt of a call, a page has requested
${Object.values(loading.requests)
  .map((paths) => paths.map((path) => `\`${path}\``).join(", "))
  .join("; or ")}.

The page of the README, with and without \`<link rel="modulepreload">\`, at 1.6 Mbit/s, 150 ms of latency and a quarter of this
machine's speed. The click comes a second after loading. The figures are from Chromium's traces, which the benchmark writes to
\`target/bench/\`; DevTools can open them.

${timeline(loading)}

## Between WebAssembly and JavaScript

Calls across the boundary in one ceremony with one allowed credential, by their names in the sources:

${crossingTable(boundary.crossings)}

## Memory

${pagesOf(boundary.memory)}

Allocations in one ceremony: ${boundary.allocations}; reallocations: ${boundary.reallocations}. They are counted in a separate build, which has counters in the
functions of Rust's allocator and is otherwise the package.
`;
};
