// Finds the Rust files of a crate that import each other in a circle.

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

import { ExpectedFailure } from "../failure.mjs";
import { root } from "../run.mjs";

/** The folders to check. */
const CRATES = [
  "src",
  "docs/examples/rust/ciba-relay/src",
  "docs/examples/rust/own-server/src",
  "docs/examples/rust/shop-backend/src",
  "local-cloud/src",
];

/** Replaces comments and strings, which may contain text that looks like a path. */
const stripText = (source) =>
  source.replace(/\/\/.*|\/\*[\s\S]*?\*\/|r(#*)"[\s\S]*?"\1|"(?:\\[\s\S]|[^"\\])*"|'(?:\\.|[^'\\])'/g, " ");

/** `a::{b, c::{d, e}}` as `["a::b", "a::c::d", "a::c::e"]`. */
const expandTree = (tree) => {
  const open = tree.indexOf("{");
  if (open < 0) return [tree.replace(/\sas\s.*/, "").trim()];
  const prefix = tree.slice(0, open).trim();
  const branches = [];
  let depth = 0;
  let start = open + 1;
  for (let index = start; index < tree.length; index += 1) {
    if (depth === 0 && ",}".includes(tree[index])) {
      branches.push(tree.slice(start, index));
      start = index + 1;
    }
    if (tree[index] === "{") depth += 1;
    if (tree[index] === "}") depth -= 1;
  }
  return branches
    .filter((branch) => branch.trim())
    .flatMap((branch) => expandTree(branch).map((path) => prefix + path));
};

/** `main.rs` and `lib.rs` are the crate's root; `a/b.rs` and `a/b/mod.rs` are `a::b`. */
const modulePath = (file) =>
  file
    .replace(/\.rs$/, "")
    .replace(/(^|\/)(?:mod|main|lib)$/, "")
    .split("/")
    .filter(Boolean);

/**
 * Finds the files that each file refers to, in `use` or by a path in its code. `mod child;` is not a reference: it only adds
 * the file to the crate.
 *
 * @param {Map<string, string>} sources Rust by file name, relative to the crate's root
 * @returns {Map<string, Set<string>>}
 */
export const findImports = (sources) => {
  // Those of another crate, included by their path, are checked there.
  const included = new Set(
    ["main.rs", "lib.rs"].flatMap((name) =>
      [...(sources.get(name) ?? "").matchAll(/#\[path = "\.\.[^"]*"\]\s*mod\s+(\w+)\s*;/g)].map(([, module]) => module),
    ),
  );
  const fileOf = new Map([...sources.keys()].map((file) => [modulePath(file).join("::"), file]));
  return new Map(
    [...sources].map(([file, source]) => {
      const code = stripText(source);
      const here = modulePath(file);
      const children = [...code.matchAll(/\bmod\s+(\w+)\s*;/g)].map(([, name]) => name);
      const starts = ["crate", "self", "super", ...children].join("|");
      const uses = [...code.matchAll(/\buse\s+([^;]+);/g)].flatMap(([, tree]) => expandTree(tree));
      const inline = code.replace(/\buse\s+[^;]+;/g, "").match(new RegExp(`(?<![\\w:])(?:${starts})(?:::\\w+)+`, "g"));
      const imported = new Set();
      for (const path of [...uses, ...(inline ?? [])]) {
        const [start, ...rest] = path.replaceAll(/\s/g, "").split("::");
        let target;
        if (start === "crate") target = rest;
        else if (start === "self") target = [...here, ...rest];
        else if (children.includes(start)) target = [...here, start, ...rest];
        else if (start === "super") {
          target = [...here.slice(0, -1), ...rest];
          while (target.includes("super")) target.splice(target.indexOf("super") - 1, 2);
        } else continue;
        if (included.has(target[0])) continue;
        // The longest prefix that is a file. The rest of the path is an item in it.
        while (target.length && !fileOf.has(target.join("::"))) target.pop();
        const found = fileOf.get(target.join("::"));
        if (found && found !== file) imported.add(found);
      }
      return [file, imported];
    }),
  );
};

/**
 * Finds the shortest circle of each file, such as `a.rs -> b.rs -> a.rs`. Each circle is returned once.
 *
 * @param {Map<string, Set<string>>} imports
 */
export const findCircles = (imports) => {
  const circles = new Map();
  for (const start of imports.keys()) {
    // Breadth first, so that the shortest way back is found.
    const cameFrom = new Map();
    const queue = [start];
    for (const file of queue) {
      if (cameFrom.has(start)) break;
      for (const next of imports.get(file) ?? [])
        if (!cameFrom.has(next)) {
          cameFrom.set(next, file);
          queue.push(next);
        }
    }
    if (!cameFrom.has(start)) continue;
    const circle = [start];
    do circle.unshift(cameFrom.get(circle[0]));
    while (circle[0] !== start);
    const key = circle.slice(1).sort().join();
    if (!circles.has(key)) circles.set(key, circle.join(" -> "));
  }
  return [...circles.values()];
};

/**
 * Reads the Rust files in a folder, by name.
 *
 * @param {string} folder
 */
export const readCrate = async (folder) => {
  const names = (await readdir(join(root, folder), { recursive: true })).filter((name) => name.endsWith(".rs")).sort();
  return new Map(
    await Promise.all(
      names.map(async (name) => /** @type {const} */ ([name, await readFile(join(root, folder, name), "utf8")])),
    ),
  );
};

/**
 * Resolves to the step's result.
 *
 * @throws {ExpectedFailure} if files import each other in a circle
 */
export const checkCircles = async () => {
  let count = 0;
  for (const folder of CRATES) {
    const sources = await readCrate(folder);
    count += sources.size;
    const circles = findCircles(findImports(sources));
    if (circles.length)
      throw new ExpectedFailure(`Files in ${folder} import each other in a circle:\n  ${circles.join("\n  ")}`);
  }
  return { result: `${count} files` };
};
