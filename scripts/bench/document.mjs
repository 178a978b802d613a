// docs/bench.md: what was measured and how, with the figures of the last run.

const table = ({ credentials, rows }) => `
With ${credentials} allowed credential${credentials > 1 ? "s" : ""}:

| | median ratio | eight of ten rounds | ms a call, this machine's |
|---|--:|--:|--:|
${Object.entries(rows)
  .map(
    ([name, { ratio, low, high, ms }]) =>
      `| ${name} | ${ratio.toFixed(2)} | ${low.toFixed(2)} to ${high.toFixed(2)} | ${ms.toFixed(3)} |`,
  )
  .join("\n")}
`;

const microseconds = (measured, name) => {
  const [one, many] = [measured[0], measured.at(-1)];
  return ((many.rows[name].ms - one.rows[name].ms) * 1000) / (many.credentials - one.credentials);
};

/** The page's text. */
export const document = ({ measured, module, browser }) => `# Speed

What a call of \`authenticate\` costs beside a browser that answers at once: \`navigator.credentials.get\` and \`fetch\` are stand-ins that return a
real credential and the cloud's answer without delay. Beside a person's second or two these are fractions of a millisecond; here they are counted.

\`npm run bench\` measures it and writes this page. Plain JavaScript is \`bench/plain.mjs\`: the same work, written by hand. The peers do less (no
validation, no time limits, no result object) and get the bare \`fetch\` that a page would write beside them. All take turns in each round; ratios
are to plain JavaScript in the same round. Chromium ${browser}.

![Time of a call against plain JavaScript](bench.svg)
${measured.map(table).join("")}
What each further allowed credential costs, on this machine:

| | microseconds |
|---|--:|
${Object.keys(measured[0].rows)
  .map((name) => `| ${name} | ${microseconds(measured, name).toFixed(1)} |`)
  .join("\n")}

A ceremony with one allowed credential crosses from JavaScript into WebAssembly ${module.crossings.exports} times, and back out ${module.crossings.imports} times.
The instance starts with ${module.pages} pages of memory of 64 KiB, of which the stack is 16; the first ceremony grows it by ${module.grown}.
`;
