// Reads links and the anchors of headings from Markdown, for tests and tools.

const FENCED = /^```[\s\S]*?^```$/gm;

/** A link or an image with its target in parentheses, the only form in the documentation. */
const LINK = /(?<image>!?)\[(?<text>[^\]]*)\]\((?<target>[^)\s]+)\)/g;

/** The text without its blocks of code. */
export const withoutCode = (text) => text.replace(FENCED, "");

/** The targets of all links outside blocks of code. */
export const linksOf = (text) => [...withoutCode(text).matchAll(LINK)].map(({ groups }) => groups.target);

/**
 * Replaces each link outside blocks of code with the return value of `replace`. `undefined` keeps the link.
 *
 * @param {string} text
 * @param {(link: { image: string, text: string, target: string }) => string | undefined} replace
 */
export const replaceLinks = (text, replace) => {
  const replaceIn = (prose) => prose.replace(LINK, (link, ...rest) => replace(rest.at(-1)) ?? link);
  let replaced = "";
  let end = 0;
  for (const { 0: block, index } of text.matchAll(FENCED)) {
    replaced += replaceIn(text.slice(end, index)) + block;
    end = index + block.length;
  }
  return replaced + replaceIn(text.slice(end));
};

/** Whether a link's target is a relative path or an anchor. */
export const isRelative = (target) => !/^[a-z][a-z0-9+.-]*:/i.test(target);

/** The anchor of a heading, as on GitHub: letters, digits, _ and - are kept, and spaces become hyphens. */
export const slugOf = (heading) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_\- ]/gu, "")
    .replaceAll(" ", "-");

/** The anchors of all headings. Where an earlier heading has the same anchor, it is numbered. */
export const anchorsOf = (text) => {
  const counts = new Map();
  return [...withoutCode(text).matchAll(/^#+ (.*)$/gm)].map(([, heading]) => {
    const anchor = slugOf(heading);
    const count = counts.get(anchor) ?? 0;
    counts.set(anchor, count + 1);
    return count ? `${anchor}-${count}` : anchor;
  });
};
