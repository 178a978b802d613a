// Draws the chart: for a call and a whole ceremony, a bar with the median ratio of each contender to plain JavaScript.

import { OWN } from "./contenders.mjs";

const WIDTH = 800;
const LEFT = 280;
const RIGHT = 60;
const BAR = 14;

const STYLE = `text { font: 14px system-ui, sans-serif; fill: #24292f; paint-order: stroke; stroke: #fff; stroke-width: 3px }
.title { font-weight: 600 }
.own { font-weight: 700 }
.small { font-size: 12px }
.Chromium { fill: #2f9c85 }
.Firefox { fill: #e07b2e }
.spread { stroke: #1b1f24; stroke-width: 1.5 }
.one { stroke: #57606a; stroke-dasharray: 3 3 }
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3; stroke: #0d1117 }
.Chromium { fill: #26836e }
.Firefox { fill: #b4601f }
.spread { stroke: #fff }
.one { stroke: #9aa4af }
}`;

const escapeText = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");

/**
 * Draws bars under a title. Returns the SVG text and its height. `browsers` has the rows of each browser.
 *
 * @param {string} title
 * @param {{ title: string, rows: object }[]} browsers
 * @param {number} top
 */
const panel = (title, browsers, top) => {
  const ratios = browsers.flatMap(({ rows }) => Object.values(rows).map(({ ratio }) => ratio));
  // Limits the axis, because a wide spread would make the bars short.
  const maximum = 1.5 * Math.max(...ratios.map(({ median }) => median));
  const x = (ratio) => Math.round(LEFT + (Math.min(ratio, maximum) / maximum) * (WIDTH - LEFT - RIGHT));
  const rowHeight = browsers.length * (BAR + 2) + 12;
  const names = Object.keys(browsers[0].rows);
  const bars = names.flatMap((name, row) => {
    const y = top + 34 + row * rowHeight;
    const label = `<text x="${LEFT - 12}" y="${y + rowHeight / 2 - 1}" text-anchor="end"${name === OWN ? ' class="own"' : ""}>${escapeText(name)}</text>`;
    return [
      label,
      ...browsers.flatMap(({ title: browser, rows }, index) => {
        const { median, low, high } = rows[name].ratio;
        const barTop = y + index * (BAR + 2);
        const middle = barTop + BAR / 2;
        return [
          `<rect class="${browser}" x="${LEFT}" y="${barTop}" width="${x(median) - LEFT}" height="${BAR}" rx="2"${name === OWN ? "" : ' opacity="0.5"'}/>`,
          `<line class="spread" x1="${x(low)}" x2="${x(high)}" y1="${middle}" y2="${middle}"/>`,
          `<text class="small" x="${Math.max(x(high), x(median)) + 6}" y="${middle + 4}">${median.toFixed(2)}</text>`,
        ];
      }),
    ];
  });
  const height = 34 + names.length * rowHeight;
  const one = `<line class="one" x1="${x(1)}" x2="${x(1)}" y1="${top + 28}" y2="${top + height - 6}"/>`;
  return { text: [`<text class="title" x="16" y="${top + 16}">${title}</text>`, one, ...bars].join("\n"), height };
};

/** Returns an SVG that is readable on light and dark pages. */
export const chart = ({ calls, ceremony }) => {
  const perCall = calls.map(({ title, sizes }) => ({ title, rows: sizes[0].rows }));
  const call = panel("A call with stubbed browser functions, relative to plain JavaScript", perCall, 40);
  const whole = panel(
    "A whole ceremony with prompt and cloud, relative to plain JavaScript",
    [{ title: "Chromium", rows: ceremony.rows }],
    call.height + 56,
  );
  const legend = perCall.map(
    ({ title }, index) =>
      `<rect class="${title}" x="${16 + index * 110}" y="12" width="14" height="14" rx="2"/><text class="small" x="${36 + index * 110}" y="24">${title}</text>`,
  );
  const note = `<text class="small" x="${16 + perCall.length * 110}" y="24">bar: median; line: eight in ten rounds; lower is better</text>`;
  const height = call.height + whole.height + 64;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="Time of a call and of a whole ceremony, relative to plain JavaScript">
<style>${STYLE}</style>
${[...legend, note, call.text, whole.text].join("\n")}
</svg>
`;
};
