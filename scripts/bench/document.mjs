// docs/bench.md: what was measured and how, with the figures of the last run.

import { cpus } from "node:os";

import { OWN, PEER, PLAIN } from "./contenders.mjs";
import { judge } from "./promises.mjs";

const digits = (number) => number.toLocaleString("en-US");

/** A ratio and in which span eight of ten rounds had it. */
const written = ({ median, low, high }) =>
  low === high ? median.toFixed(2) : `${median.toFixed(2)} (${low.toFixed(2)}–${high.toFixed(2)})`;

const row = (cells) => `| ${cells.join(" | ")} |`;

/** `columns` begins with the title of the first one, which is text; the others are numbers. */
const table = (columns, rows) =>
  [row(columns), `|---|${"--:|".repeat(columns.length - 1)}`, ...rows.map(row)].join("\n");

const promises = (results) =>
  table(
    ["promise", "this run", "limit", "met"],
    judge(results).map(({ promise, found, limit, isMet }) => [promise, found, limit, isMet ? "yes" : "**no**"]),
  );

const callTables = ({ version, rounds, sizes }) => {
  const titles = sizes.map(({ credentials }) => digits(credentials));
  const names = Object.keys(sizes[0].rows);
  return `### ${version}

${rounds} rounds; with so many allowed credentials, times plain JavaScript:

${table(
  ["", ...titles],
  [
    ...names.map((name) => [name, ...sizes.map(({ rows }) => written(rows[name].ratio))]),
    [`${OWN}, to ${PEER}`, ...sizes.map(({ toPeer }) => written(toPeer))],
  ],
)}

Milliseconds a call, this machine's:

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
      ...calls.flatMap(({ growth }) => [written(growth[name].microseconds), written(growth[name].tenfold)]),
    ]),
  );

/** A name, or where it has spaces words. */
const crossing = ({ name, count }) => [name.includes(" ") ? name : `\`${name}\``, count];

/** Each name that crosses several times; the others in a sentence. */
const crossingTable = ({ exports, imports }) => {
  const often = (byName) => byName.filter(({ count }) => count > 2);
  const seldom = imports.byName.filter(({ count }) => count <= 2);
  return `${table(
    ["", "calls"],
    [
      ["**into WebAssembly**", `**${exports.total}**`],
      ...exports.byName.map(crossing),
      ["**out of it**", `**${imports.total}**`],
      ...often(imports.byName).map(crossing),
      ["others, once or twice each", seldom.reduce((total, { count }) => total + count, 0)],
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
    ["milliseconds after the navigation", "preloads", "does not"],
    [
      line("the package's script is requested", "packageRequested"),
      line("the page's own script is here", "appHere"),
      line("the package's script is here", "packageHere"),
      line("the button answers clicks", "listening"),
      line("the module is ready", "ready"),
      line("the person clicks", "click"),
    ],
  )}

${table(
  ["milliseconds after the click", "preloads", "does not"],
  [
    click("the backend has started the approval: one round trip", "approval", "click"),
    click("`navigator.credentials.get` is called", "prompt", "click"),
    click("of which the package took", "prompt", "approval"),
  ],
)}`;
};

const startTable = ({ rows }) =>
  table(
    ["", "ms, median", "eight of ten", "times by hand"],
    Object.entries(rows).map(([name, { ms, ratio }]) => [
      name,
      ms.median.toFixed(2),
      `${ms.low.toFixed(2)}–${ms.high.toFixed(2)}`,
      ratio ? written(ratio) : "",
    ]),
  );

const ceremonyTable = ({ rows }) =>
  table(
    ["", "times plain JavaScript", "the median lies within", "ms"],
    Object.entries(rows).map(([name, { ratio, ms }]) => [
      name,
      written(ratio),
      name === PLAIN ? "" : `${ratio.from.toFixed(2)}–${ratio.to.toFixed(2)}`,
      ms.toFixed(1),
    ]),
  );

const pagesOf = ({ start, first, hundred, stackPages }) =>
  `The instance starts with ${start} pages of 64 KiB, of which the stack is ${stackPages}. The first ceremony grows it by ${first - start},
a hundred more by ${hundred - first}.`;

/** The page's text. */
export const document = (results) => {
  const { boundary, calls, ceremony, loading, start } = results;
  return `# Speed

What the package costs beside plain JavaScript and its peers, as \`npm run bench\` measures it and writes it here. Beside
a person's second or two all of this is little; here it is counted.

![What a call and a whole ceremony take, against plain JavaScript](bench.svg)

Ratios are medians of pairs from one round, in which all take turns in an order that changes; in brackets is where eight
of ten rounds lie. Absolute times are this machine's: ${cpus().length} cores, which other programs may have shared.

${promises(results)}

**Plain JavaScript** is \`scripts/bench/page/plain.mjs\`: the same work, as a careful developer writes it by hand. The same checks of
the options with the member's path, of the settings, of the secure context and the Permissions Policy; one prompt at a
time with its time limit and the page's signal; the user handle; the finalization with its own limit and all the options
of its request; the callbacks; the result object; and it never rejects. It has the browser's own base64url where there is
one, and \`atob\` for the others. Before anything is timed, the bench holds both against each other in ${calls[0].cases} cases:
they ask the same of the browser and of the network, and answer with the same code. It does not recover lost answers;
no call here loses one, so that costs nothing on either side.

**The peers** do less, no checks, time limits or result object, and get the bare \`fetch\` that a page writes beside them.
What one of them logs is silenced: a browser that is driven spends more on it than one that isn't.

## A call

\`navigator.credentials.get\` and \`fetch\` are stand-ins that answer at once: with a credential that the browser's own
authenticator made before, and with the cloud's answer. In its turn each calls again and again for 8 ms; the pages are
isolated, and Firefox is told not to blur its clock. The first rounds, in which the browser compiles, do not count.

${calls.map(callTables).join("\n")}
### Growth

What each further allowed credential costs, from 1 to 1,000, in microseconds of this machine; and how many times as long
1,000 take as 100. Where the cost is linear, with whatever a call costs without any, that is less than 10.

${growthTable(calls)}

## A whole ceremony

A page of the shop in Chromium, a virtual authenticator that consents at once, and the local cloud. Each approval is a
new one, and the cloud confirmed each of the ${digits(ceremony.confirmed)} tokens. ${ceremony.pairs} pairs of the package and plain JavaScript, ${ceremony.rounds} rounds
of the peers. The rounds differ by more than the contenders do: the second column is where the median itself lies, in
nineteen of twenty runs.

${ceremonyTable(ceremony)}

## Start

From the package's text, in memory, to \`ready()\`, in Chromium: it is parsed and run, the module is read from its text,
compiled and instantiated; and the same from when the script first reaches for WebAssembly, which leaves parsing and the
first lines out. By hand, the same ${digits(start.bytes)} bytes lie there as bytes, and are compiled and instantiated with imports
that do nothing. Each of ${start.rounds} rounds gives each a browser context, and so a process, of its own: nothing is compiled yet,
and no cache knows the bytes. The classic script is an inline one. The ES module comes from a blob, and so does the one
by hand. The last four are ready once they have run, in ${start.peerRounds} rounds.

${startTable(start)}

What is more with the parsing is the package's own JavaScript, which a page needs in any case: Chromium compiles all its
functions then (the script's first line asks for it), so that the first call finds them. The module is read from its text
by a decoder of a hundred bytes (js/decode.wat), then compiled and linked at once: to wait for another thread would take
longer than to compile so small a module. \`webauthn-result/url\` has its module in a file of its own, without a text to
parse and to read, for a request after the script.

## Loading

After the package's script nothing is requested. Until a call prompts, a page has asked for
${Object.values(loading.requests)
  .map((paths) => paths.map((path) => `\`${path}\``).join(", "))
  .join("; or ")}.

A page as the README has it, with \`<link rel="modulepreload">\` and without, at 1.6 Mbit/s, 150 ms of latency and a
quarter of this machine's speed. It is left alone for a second; then the mouse clicks. From Chromium's traces, which the
bench leaves in \`target/bench/\` for DevTools to open.

${timeline(loading)}

## Between WebAssembly and JavaScript

Calls across the boundary in one ceremony with one allowed credential, by their names in the sources:

${crossingTable(boundary.crossings)}

## Memory

${pagesOf(boundary.memory)}

Allocations in one ceremony: ${boundary.allocations}; of them made larger or smaller: ${boundary.reallocations}. That is counted in a build of its own,
which has a counter at each entrance of Rust's allocator and is otherwise the package's.
`;
};
