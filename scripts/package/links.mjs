// The links of a published page: what the package lacks is linked to where the repository is hosted.

import { posix } from "node:path";

import hostedGitInfo from "hosted-git-info";

import { isRelative, replaceLinks } from "../markdown.mjs";

/**
 * The address of a path in the repository at the version's tag; undefined while `repository` is empty, or where it is
 * on a host whose addresses nobody knows.
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
 * The page with relative links only to what the package has. Any other becomes a link to the repository, or plain text
 * where the repository's address is not known.
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
