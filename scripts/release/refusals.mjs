// Why a commit cannot be released: each reason is one sentence that says what to do.

import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { ExpectedFailure } from "../failure.mjs";
import { emptyOwnerFields } from "../package/manifest.mjs";
import { root, run, tryRun } from "../run.mjs";
import { findEntry } from "./changelog.mjs";

const read = (name) => readFile(join(root, name), "utf8");
const git = async (...args) => (await run("git", args, { capture: true })).trim();
const commitOf = (revision) => tryRun("git", ["rev-parse", "--quiet", "--verify", `${revision}^{commit}`]);

const checkTree = async () => {
  const changed = await git("status", "--porcelain");
  const first = changed.split("\n")[0].replace(/^\S+ +/, "");
  if (changed) return `There are uncommitted changes (${first}, for one): commit them, then run this again.`;
};

const checkVersions = async ({ version }) => {
  const lock = JSON.parse(await read("package-lock.json"));
  const [, crate] = (await read("Cargo.toml")).match(/^\[package\]$[\s\S]*?^version = "([^"]+)"$/m);
  for (const [name, other] of [
    ["Cargo.toml", crate],
    ["package-lock.json", lock.version],
  ])
    if (other !== version) return `package.json has version ${version} but ${name} has ${other}: make them the same.`;
};

const checkChangelog = async ({ version }) => {
  if (!findEntry(await read("CHANGELOG.md"), version))
    return `CHANGELOG.md has no entry for ${version}: add a heading "## [${version}] - YYYY-MM-DD" and list what changed.`;
};

const checkOwnerFields = async (manifest) => {
  const empty = emptyOwnerFields(manifest);
  if (empty.length) return `package.json has no ${empty.join(", ")}: fill in the addresses of your repository.`;
};

const checkTag = async ({ version }, { tagged }) => {
  const tag = `v${version}`;
  const commit = await commitOf(`refs/tags/${tag}`);
  if (!tagged) return commit && `The tag ${tag} exists: choose the next version in package.json.`;
  if (commit !== (await commitOf("HEAD")))
    return `The tag ${tag} is not on this commit: check out the tag of the version that package.json names.`;
};

/**
 * Returns the reasons why the checked-out commit cannot be released.
 *
 * @param {{ tagged: boolean }} options `tagged`: the version's tag must be on this commit; otherwise it must not exist
 */
export const findRefusals = async (options) => {
  if (!existsSync(join(root, ".git"))) return ["This folder is not a git repository: releases are made from a commit."];
  const manifest = JSON.parse(await read("package.json"));
  const checks = [checkTree, checkVersions, checkChangelog, checkOwnerFields, checkTag];
  const reasons = await Promise.all(checks.map((check) => check(manifest, options)));
  return reasons.filter(Boolean);
};

/**
 * @param {{ tagged: boolean }} options as for `findRefusals`
 * @throws {ExpectedFailure} if the checked-out commit cannot be released, with a line per reason
 */
export const refuseIfUnfit = async (options) => {
  const reasons = await findRefusals(options);
  if (reasons.length) throw new ExpectedFailure(reasons.join("\n"));
};
