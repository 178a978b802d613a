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
    ["", ...calls.map(({ title }) => `µs, ${title}`), ...calls.map(({ title }) => `beyond 100 to below, ${title}`)],
    Object.keys(calls[0].growth).map((name) => [
      name,
      ...calls.map(({ growth }) => growth[name].microseconds.toFixed(2)),
      ...calls.map(({ growth }) => growth[name].linearity.toFixed(2)),
    ]),
  );

/** Each name that crosses several times; the others in a sentence. */
const crossingTable = ({ exports, imports }) => {
  const often = (byName) => byName.filter(({ count }) => count > 2);
  const seldom = imports.byName.filter(({ count }) => count <= 2);
  return `${table(
    ["", "calls"],
    [
      ["**into WebAssembly**", `**${exports.total}**`],
      ...exports.byName.map(({ name, count }) => [`\`${name}\``, count]),
      ["**out of it**", `**${imports.total}**`],
      ...often(imports.byName).map(({ name, count }) => [`\`${name}\``, count]),
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
    ["", "times plain JavaScript", "the median is surely within", "ms"],
    Object.entries(rows).map(([name, { ratio, ms }]) => [
      name,
      written(ratio),
      name === PLAIN ? "" : `${ratio.from.toFixed(2)}–${ratio.to.toFixed(2)}`,
      ms.toFixed(1),
    ]),
  );

const pagesOf = ({ start, first, hundred, stackPages }) =>
  `The instance starts with ${start} pages of 64 KiB, of which the stack is ${stackPages}. The first ceremony grows it by ${first - start}, a hundred
more by ${hundred - first}.`;

/** The page's text. */
export const document = (results) => {
  const { boundary, calls, ceremony, loading, start } = results;
  return `# Speed

What the package costs beside plain JavaScript and its peers, as \`npm run bench\` measures it and writes it here. Beside a person's second or two all
of this is little; here it is counted.

![What a call and a whole ceremony take, to plain JavaScript](bench.svg)

Ratios are medians of pairs from one round, in which all take turns in an order that changes; in brackets is where eight of ten rounds lie. Absolute
times are this machine's (${cpus().length} cores, which other programs may have shared).

${promises(results)}

**Plain JavaScript** is \`bench/plain.mjs\`: the same work as a careful developer writes it by hand. The same checks with the member's path, settings,
secure context and Permissions Policy, one prompt at a time with its time limit and the page's signal, the user handle, the finalization with its
own limit and all its options, callbacks, the result object; it never rejects. Where the browser has base64url of its own it uses that, else \`atob\`.
The bench first holds both against each other, in ${calls[0].cases} cases: they ask the same of the browser and of the network, and answer with the same code. Lost
answers it does not recover; no call here loses one. **The peers** do less (no checks, time limits or result object), and get the bare \`fetch\` that
a page writes beside them. What one of them logs is silenced: logging costs more under a driver.

## A call

\`navigator.credentials.get\` and \`fetch\` are stand-ins that return at once a credential that the browser's own authenticator made, and the cloud's answer.
Isolated pages, so that clocks are fine; in Firefox their reduction is off. Each round has enough calls to take milliseconds, and the first rounds, in
which the browser compiles, do not count.

${calls.map(callTables).join("\n")}
### Growth

What each further allowed credential costs, from 1 to 1,000, and the cost of one beyond 100 to one below: 1 is linear.

${growthTable(calls)}

## A whole ceremony

A page of the shop in Chromium, a virtual authenticator that consents at once, the local cloud in a process of its own. Every approval is a new one,
and the cloud confirmed each of the ${digits(ceremony.confirmed)} tokens. ${ceremony.pairs} pairs of the package and plain JavaScript, ${ceremony.rounds} rounds of the peers; if all were measured for ever, in
nineteen of twenty runs the median would be where the second column says.

${ceremonyTable(ceremony)}

## Start

From the package's text, in memory, to \`ready()\`, in Chromium: parsed, run, the module read from its text, compiled, instantiated. By hand: the same
${digits(start.bytes)} bytes, which lie there as bytes, compiled and instantiated with imports that do nothing. Each of the ${start.rounds} rounds is in a browser context, and
so a process, of its own: nothing is compiled, and no cache knows the bytes. A classic script is an inline one. An ES module comes from a blob, and
so does the one by hand. The others are ready once they have run.

${startTable(start)}

## Loading

After the package's script nothing is requested: until a call prompts, a page has asked for
${Object.values(loading.requests)
  .map((paths) => paths.map((path) => `\`${path}\``).join(", "))
  .join("; or ")}.

A page as the README has it, with \`<link rel="modulepreload">\` and without, at 1.6 Mbit/s, 150 ms of latency and a quarter of this machine's speed. It is
left alone for a second; then the mouse clicks. From Chromium's traces, which the bench leaves in \`target/bench/\` for its DevTools.

${timeline(loading)}

## Between WebAssembly and JavaScript

Function calls across the boundary in one ceremony with one allowed credential, by the names in \`src/\`:

${crossingTable(boundary.crossings)}

## Memory

${pagesOf(boundary.memory)}

A ceremony makes ${boundary.allocations} allocations and grows ${boundary.reallocations} of them: counted in a build with a counter at each entrance of Rust's
allocator, which is otherwise the package's.
`;
};
