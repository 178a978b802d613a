// The tables of docs/contract.md match the code, and every citation of the page has a section.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";

import { getUserFriendlyError } from "../../js/ciba-words.js";
import { root, run } from "../../scripts/run.mjs";
import { CEREMONIES, names, TEXTS } from "../e2e/support/result-table.mjs";
import { RULES } from "../e2e/support/validity-rules.mjs";

const PAGE = "docs/contract.md";
const page = await readFile(join(root, PAGE), "utf8");

const HEADING = /^#{3,4} ([AB]\d+(?:\.\d+)?) .+$/gm;

/** The ids of all sections, in the order of the page. */
const ids = [...page.matchAll(HEADING)].map(([, id]) => id);

/** The text of a section, without its subsections. */
const section = (id) => {
  const headings = [...page.matchAll(/^#+ .+$/gm)];
  const at = headings.findIndex(([heading]) => heading.replace(/^#+ /, "").startsWith(`${id} `));
  assert.ok(at >= 0, id);
  return page.slice(headings[at].index, headings[at + 1]?.index);
};

/** The tables in a text: for each its rows, as cells, without the header. */
const tablesOf = (text) =>
  [...text.matchAll(/^\|.+\|\n\|[-:|]+\|\n((?:\|.+\|\n)*)/gm)].map(([, body]) =>
    body
      .trimEnd()
      .split("\n")
      .map((row) =>
        row
          .slice(1, -1)
          .split(" |")
          .map((cell) => cell.trim()),
      ),
  );

const codeSpans = (text) => [...text.matchAll(/`([^`]+)`/g)].map(([, code]) => code);

describe("the sections", () => {
  test("have ascending ids", () => {
    const order = (id) => id.slice(1).split(".").map(Number);
    const before = (a, b) => {
      const [[x, y = 0], [z, w = 0]] = [order(a), order(b)];
      return a[0] < b[0] || (a[0] === b[0] && (x < z || (x === z && y < w)));
    };
    for (let at = 1; at < ids.length; at++) assert.ok(before(ids[at - 1], ids[at]), `${ids[at - 1]}, ${ids[at]}`);
    for (const id of ["A1", "A2", "A3", "A4", "A5", "A6", "B1", "B2", "B3", "B4", "B5", "B6"])
      assert.ok(ids.includes(id), id);
  });
});

describe("citations", async () => {
  const listed = await run("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { capture: true });
  // This file has the patterns, the licenses have the word "contract".
  const paths = listed.split("\0").filter((path) => /\.(?:rs|m?[jt]s|[jt]sx|py|toml|wat|md|html|css)$/.test(path));
  const files = await Promise.all(
    paths
      .filter((path) => path !== "tests/package/contract.test.mjs")
      // A deleted file that is not committed is listed too.
      .map(async (path) => ({ path, text: await readFile(join(root, path), "utf8").catch(() => "") })),
  );

  const CITATION = /docs\/contract\.md, sections? ([A-Z]?\d+(?:\.\d+)?(?:(?:, | and )[A-Z]?\d+(?:\.\d+)?)*)/g;

  test("name sections that exist", () => {
    const cited = files.flatMap(({ path, text }) =>
      [...text.matchAll(CITATION)].flatMap(([, list]) => list.split(/, | and /).map((id) => ({ path, id }))),
    );
    assert.ok(cited.length > 30, `only ${cited.length} citations were found: the pattern is wrong`);
    assert.deepEqual(
      cited.filter(({ id }) => !ids.includes(id)),
      [],
    );
  });

  test("name the file and the section, on one line", () => {
    const vague = [];
    for (const { path, text } of files)
      for (const line of text.split("\n")) {
        if (!/^\s*(?:\/\/|\/?\*|#|<!--)/.test(line) || path.endsWith(".md")) continue;
        const rest = line.replace(CITATION, "").replace(/`?\bfn contract\b|\[`contract`\]/g, "");
        if (/\bcontracts?\b/i.test(rest)) vague.push(`${path}: ${line.trim()}`);
      }
    assert.deepEqual(vague, []);
  });
});

describe("the result tables", () => {
  const sections = { authenticate: "A2.1", register: "A2.2" };

  for (const name of names)
    test(`of ${name} have each code once, with its message`, () => {
      const [rows] = tablesOf(section(sections[name]));
      const { success, prefix } = CEREMONIES[name];
      const expected = Object.entries(TEXTS).filter(([code]) => code === success || code.startsWith(prefix));
      assert.deepEqual(
        rows.map(([code, message]) => [codeSpans(code)[0], message]),
        expected,
      );
    });

  test("are followed by the prefixes of messages", () => {
    const spans = codeSpans(section("A2.3"));
    for (const name of names) assert.ok(spans.includes(CEREMONIES[name].refusal), name);
  });
});

describe("the validity rules", () => {
  /** The missing property of options with `value` at `path`: that path, or `named` inside it. */
  const missingIn = (path, value, named) => {
    if (value == null) return path;
    const inside = named?.slice(path.length).match(/\w+/g) ?? [];
    return inside.reduce((object, key) => object?.[key], value) == null ? named : undefined;
  };

  /** The rows for a ceremony: those of both, and its own. */
  const documented = (name) =>
    ["A3.3", name === "authenticate" ? "A3.4" : "A3.5"].flatMap((id) =>
      tablesOf(section(id))[0].flatMap(([paths, required]) =>
        codeSpans(paths).map((path) => ({ path, required: required === "yes" })),
      ),
    );

  // A native test compares the properties and their types with the schema: src/options/tests/documented.rs.
  for (const name of names) {
    const rows = documented(name);

    // The end-to-end tests compare the module with RULES.
    test(`of ${name} call a property required if the module refuses options without it`, () => {
      const confirmed = new Set();
      for (const [path, value, named] of RULES[name]) {
        const missing = missingIn(path, value, named);
        const row = rows.find((each) => each.path === missing?.replace(/\[\d+\]/g, "[]"));
        if (!row) continue;
        assert.equal(row.required, named === missing, row.path);
        confirmed.add(row);
      }
      assert.deepEqual(
        rows.filter((row) => row.required && !confirmed.has(row)),
        [],
      );
    });
  }
});

describe("the codes of push and TOTP", async () => {
  const text = section("B4");
  const [codes, texts] = tablesOf(text);
  const first = ([code]) => codeSpans(code)[0];

  const declarations = await readFile(join(root, "js/ciba-results.d.cts"), "utf8");
  const declared = /type ErrorCode =\n((?: {2}\| "\w+"\n)+)/.exec(declarations)[1].match(/\w+/g);

  // That they are also the module's codes is a native test: src/ciba/code/tests.rs.
  test("of the vendor's tables come first in the declarations, in the same order", () => {
    assert.deepEqual(codes.map(first), ["approved", ...declared.slice(0, codes.length - 1)]);
  });

  test("are exactly those that are declared", () => {
    const named = codeSpans(text.slice(0, text.indexOf("`getUserFriendlyError(code)`")));
    for (const code of declared) assert.ok(named.includes(code), code);
    const known = new Set(["approved", ...declared, "cancel_approval()", "cancelApproval", "http_"]);
    assert.deepEqual(
      named.filter((code) => !known.has(code)),
      [],
    );
  });

  test("have a row each in docs/push-and-totp.md", async () => {
    const guide = await readFile(join(root, "docs/push-and-totp.md"), "utf8");
    const rows = tablesOf(guide).flat().map(first);
    for (const code of ["approved", ...declared]) assert.ok(rows.includes(code), code);
  });

  test("have the documented texts for users, or none", () => {
    const table = new Map(texts.map((row) => [first(row), row[1]]));
    for (const code of ["approved", ...declared, "invalid_grant"])
      assert.equal(getUserFriendlyError(code), table.get(code) ?? `An error occurred: ${code}`);
    for (const code of table.keys()) assert.ok(declared.includes(code), code);
  });
});
