// CHANGELOG.md, by the conventions of keepachangelog.com.

const HEADING = /^## \[(?<version>[^\]]+)\](?: - (?<date>\d{4}-\d{2}-\d{2}))?$/gm;

/** The entry of a version, `{ date, body }`; undefined if it is missing, has no date or is empty. */
export const findEntry = (changelog, version) => {
  const headings = [...changelog.matchAll(HEADING)];
  const at = headings.findIndex(({ groups }) => groups.version === version);
  if (at < 0) return undefined;
  const { 0: heading, index, groups } = headings[at];
  const body = changelog.slice(index + heading.length, headings[at + 1]?.index).trim();
  return groups.date && /^- \S/m.test(body) ? { date: groups.date, body } : undefined;
};
