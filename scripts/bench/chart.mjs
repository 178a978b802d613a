// The chart: a bar for each contender, the median ratio to plain JavaScript with one allowed credential, and its spread.

const WIDTH = 760;
const LEFT = 290;
const ROW = 36;

const escapeText = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");

/** An SVG that reads in light and in dark pages. */
export const chart = ([{ rows }]) => {
  const entries = Object.entries(rows);
  const most = Math.max(...entries.map(([, { high }]) => high));
  const scale = (ratio) => Math.round((ratio / most) * (WIDTH - LEFT - 80));
  const bars = entries.map(([name, { ratio, low, high }], index) => {
    const top = 16 + index * ROW;
    const isOwn = name === "webauthn-result";
    return `  <text x="${LEFT - 12}" y="${top + 16}" text-anchor="end"${isOwn ? ' font-weight="bold"' : ""}>${escapeText(name)}</text>
  <rect x="${LEFT}" y="${top}" width="${scale(ratio)}" height="22" rx="3" fill="${isOwn ? "#1f6f5c" : "#8aa8a0"}"/>
  <line x1="${LEFT + scale(low)}" x2="${LEFT + scale(high)}" y1="${top + 11}" y2="${top + 11}" stroke="#b5541c" stroke-width="2"/>
  <text x="${LEFT + scale(high) + 10}" y="${top + 16}">${ratio.toFixed(2)}</text>`;
  });
  const height = 24 + entries.length * ROW;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="Time of a call against plain JavaScript">
<style>text { font: 14px system-ui, sans-serif; fill: #333 } @media (prefers-color-scheme: dark) { text { fill: #ddd } }</style>
${bars.join("\n")}
</svg>
`;
};
