// `npm run release` refuses a commit that cannot be released, with a sentence per reason. Tested in a separate repository.

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, test } from "node:test";

import { root } from "../run.mjs";

/** The files that the command reads before it builds or installs anything. */
const READ = ["package.json", "package-lock.json", "Cargo.toml", "CHANGELOG.md", "scripts"];

let clone, version;

const git = (...args) =>
  execFileSync("git", ["-c", "user.name=Test", "-c", "user.email=test@host.example", ...args], { cwd: clone });

const change = async (name, edit) => {
  const path = join(clone, name);
  const before = await readFile(path, "utf8");
  const after = edit(before);
  assert.notEqual(after, before, name);
  await writeFile(path, after);
};

const changeManifest = (edit) =>
  change("package.json", (text) => {
    const manifest = JSON.parse(text);
    edit(manifest);
    return JSON.stringify(manifest);
  });

const commit = () => {
  git("add", "--all");
  git("commit", "--quiet", "--no-gpg-sign", "--message", "A change");
};

const release = (...options) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["scripts/release.mjs", "--skip-tests", ...options], {
    cwd: clone,
    encoding: "utf8",
  });
  return { status, stdout, lines: stderr.trimEnd().split("\n") };
};

const assertRefusal = (pattern, ...options) => {
  const { status, stdout, lines } = release(...options);
  assert.equal(status, 1);
  assert.equal(stdout, "");
  assert.equal(lines.length, 1, lines.join("\n"));
  assert.match(lines[0], pattern);
  assert.match(lines[0], /^[^.].*\.$/);
};

/** The reasons against the current commit. */
const findRefusals = (options) => {
  const source = `import { findRefusals } from "./scripts/release/refusals.mjs";
console.log(JSON.stringify(await findRefusals(${JSON.stringify(options)})));`;
  return JSON.parse(execFileSync(process.execPath, ["--input-type=module", "--eval", source], { cwd: clone }));
};

beforeEach(async () => {
  clone = await mkdtemp(join(tmpdir(), "webauthn-result-release-"));
  for (const name of READ) await cp(join(root, name), join(clone, name), { recursive: true });
  await changeManifest((manifest) => {
    version = manifest.version;
    manifest.homepage = "https://host.example/";
    manifest.bugs = "https://host.example/issues";
    manifest.repository = "https://host.example/owner/name.git";
  });
  await change("CHANGELOG.md", (text) => `${text}\n## [${version}] - 2026-01-31\n\n- The first version.\n`);
  git("init", "--quiet");
  commit();
});

afterEach(() => rm(clone, { recursive: true, force: true }));

test("a clean and complete commit is not refused", () => {
  assert.deepEqual(findRefusals({ tagged: false }), []);
});

test("a dirty tree is refused", async () => {
  await writeFile(join(clone, "new.txt"), "");
  assertRefusal(/^There are uncommitted changes \(new\.txt, for one\): commit them/);
});

describe("a version without its entry in CHANGELOG.md is refused", () => {
  for (const [what, heading, body] of [
    ["no heading", "Unreleased", "- Something."],
    ["no date", undefined, "- Something."],
    ["nothing under the heading", undefined, "### Added"],
  ])
    test(what, async () => {
      const date = what === "no date" ? "" : " - 2026-01-31";
      await change("CHANGELOG.md", () => `# Changelog\n\n## [${heading ?? version}]${date}\n\n${body}\n`);
      commit();
      assertRefusal(/^CHANGELOG\.md has no entry for \d+\.\d+\.\d+: add a heading/);
    });
});

test("a version whose tag exists is refused", () => {
  git("tag", `v${version}`);
  assertRefusal(/^The tag v\d+\.\d+\.\d+ exists: choose the next version/);
});

test("empty repository, homepage and bugs are refused, together and each alone", async () => {
  for (const name of ["homepage", "bugs", "repository"]) {
    await changeManifest((manifest) => (manifest[name] = ""));
    commit();
    assertRefusal(new RegExp(`^package\\.json has no .*${name}: fill in`));
  }
  assertRefusal(/has no homepage, bugs, repository: /);
});

test("versions that differ are refused", async () => {
  await change("Cargo.toml", (text) => text.replace(`version = "${version}"`, 'version = "9.9.9"'));
  commit();
  assertRefusal(/ but Cargo\.toml has 9\.9\.9: make them the same\.$/);
});

test("with --tagged the version's tag has to be on the commit", async () => {
  assertRefusal(/^The tag v\S+ is not on this commit: /, "--tagged");
  git("tag", `v${version}`);
  assert.deepEqual(findRefusals({ tagged: true }), []);
  await change("CHANGELOG.md", (text) => `${text}\n`);
  commit();
  assertRefusal(/^The tag v\S+ is not on this commit: /, "--tagged");
});

test("a folder without git is refused", async () => {
  await rm(join(clone, ".git"), { recursive: true });
  assertRefusal(/^This folder is not a git repository: /);
});

test("an unknown option is refused", () => {
  assertRefusal(/^Unknown option '--publish': the options are --verbose, --tagged, --skip-tests\.$/, "--publish");
});

test("several reasons are reported at once, a line each", async () => {
  await changeManifest((manifest) => (manifest.bugs = ""));
  const { status, lines } = release();
  assert.equal(status, 1);
  assert.equal(lines.length, 2);
});
