// CHANGELOG.md follows keepachangelog.com, and the entry of a version is found in it.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";

import { root } from "../run.mjs";
import { findEntry } from "./changelog.mjs";

const SAMPLE = `# Changelog

## [Unreleased]

## [1.1.0] - 2026-02-01

### Added

- Something.

## [1.0.0] - 2026-01-01

### Fixed

- Something else.
`;

test("an entry is found by its version, up to the next", () => {
  assert.deepEqual(findEntry(SAMPLE, "1.1.0"), { date: "2026-02-01", body: "### Added\n\n- Something." });
  assert.deepEqual(findEntry(SAMPLE, "1.0.0"), { date: "2026-01-01", body: "### Fixed\n\n- Something else." });
});

test("a part of a version finds nothing, and neither does an entry without a date or content", () => {
  for (const version of ["1.0", "1.1.0-rc.1", "Unreleased", "2.0.0"])
    assert.equal(findEntry(SAMPLE, version), undefined);
  assert.equal(findEntry(SAMPLE.replace(" - 2026-02-01", ""), "1.1.0"), undefined);
  assert.equal(findEntry(SAMPLE.replace("- Something.", ""), "1.1.0"), undefined);
});

test("the changelog has the groups and the order of keepachangelog.com", async () => {
  const text = await readFile(join(root, "CHANGELOG.md"), "utf8");
  const versions = [...text.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
  assert.equal(versions[0], "[Unreleased]");
  for (const heading of versions.slice(1)) assert.match(heading, /^\[\d+\.\d+\.\d+(-[\w.]+)?\] - \d{4}-\d{2}-\d{2}$/);
  for (const [, group] of text.matchAll(/^### (.*)$/gm))
    assert.ok(["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"].includes(group), group);
});

test("the version in package.json has its entry", async () => {
  const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  assert.ok(findEntry(await readFile(join(root, "CHANGELOG.md"), "utf8"), version));
});
