// Rewrites the links of published pages: links to files outside the package lead to the hosted repository.

import { posix } from "node:path";

import hostedGitInfo from "hosted-git-info";

import { isRelative, replaceLinks } from "../markdown.mjs";

/**
 * The address of a path in the repository at the version's tag; undefined if `repository` is empty or its host is unknown.
 */
const addressIn =
  ({ repository, version }) =>
  (path, anchor) => {
    const host = hostedGitInfo.fromUrl(repository?.url ?? repository ?? "");
    const at = { committish: `v${version}` };
    const address = posix.extname(path) ? host?.browseFile(path, at) : host?.browse(path, at);
    return address && anchor ? `${address}#${anchor}` : address;
  };

/**
 * Keeps relative links to files in the package. Others become links to the repository, or plain text if its address is
 * unknown.
 *
 * @param {string} text
 * @param {{ path: string, published: string[], manifest: { version: string, repository: any } }} options the page's path; the paths of all
 *   published files and folders; the root's package.json
 */
export const publishLinks = (text, { path, published, manifest }) => {
  const find = addressIn(manifest);
  return replaceLinks(text, ({ image, text, target }) => {
    const [file, anchor] = target.split("#");
    if (!isRelative(target) || !file) return undefined;
    const wanted = posix.join(posix.dirname(path), file);
    if (published.includes(wanted)) return undefined;
    const address = find(wanted, anchor);
    return address ? `${image}[${text}](${address})` : text;
  });
};
