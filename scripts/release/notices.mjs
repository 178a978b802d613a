// Creates the pages THIRD-PARTY-NOTICES.md: the licenses of all third-party code in the package, and in the local cloud's.
//
// cargo-about finds the license of each crate. Cargo determines which crates are compiled in, because cargo-about also lists
// macros, which run in the compiler.

import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { ExpectedFailure } from "../failure.mjs";
import { root, run } from "../run.mjs";
import { cloudCrates, compiledCrates, MODULES } from "./crates.mjs";

/** The requirements of `makeNotices`, by their names in scripts/setup.mjs. */
export const NOTICES_NEEDS = ["crates", "cargo-about"];

const mit = (copyright) => `MIT License

${copyright}

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.`;

/** Stands for its text, which names no copyright holder and is a file of the package. */
const APACHE = "LICENSE-APACHE";

/** For crates that are packed without a file of their license: what their repository has, or the other one they offer. */
const MISSING_TEXTS = {
  lol_alloc: mit("Copyright (c) 2022 Craig"),
  "gloo-net": APACHE,
  "gloo-utils": APACHE,
  "precis-core": APACHE,
  "precis-profiles": APACHE,
};

/** The files of crates that cargo-about does not take for the license that they name. */
const UNRECOGNIZED_FILES = {
  "curve25519-dalek": "LICENSE",
  libm: "LICENSE.txt",
  "windows-link": "license-mit",
  "windows-sys": "license-mit",
};

const STANDARD_LIBRARY = {
  name: "The Rust standard library",
  license: "MIT OR Apache-2.0",
  text: mit("Copyright (c) The Rust Project Developers (see https://thanks.rust-lang.org)"),
};

/**
 * A page of notices.
 *
 * @typedef {object} Page
 * @property {string} path
 * @property {string} opening what it covers
 * @property {string} into where the crates are compiled into
 * @property {() => Promise<{ name: string, version: string }[]>} crates
 * @property {string[]} about the arguments of cargo-about
 * @property {{ name: string, license: string, where: string, text?: string }[]} others code that no lock file of Cargo names. Its
 *   licenses are those of the versions that are used
 * @property {string} apache the path of LICENSE-APACHE from the page
 */

/** The crates in any of the modules. One after the other: Cargo says so when it waits for another Cargo. */
const moduleCrates = async () => {
  const crates = [];
  for (const feature of Object.keys(MODULES)) crates.push(...(await compiledCrates(feature)));
  return crates;
};

/** @type {Page} */
export const PACKAGE_NOTICES = {
  path: "THIRD-PARTY-NOTICES.md",
  opening: "The files in `pkg/` contain code of others, under the licenses below.",
  into: "the modules",
  crates: moduleCrates,
  about: [
    ...["--config", join(root, "scripts/release/about.toml")],
    ...["--no-default-features", "--features", Object.keys(MODULES).join()],
  ],
  others: [
    { ...STANDARD_LIBRARY, where: "in the modules" },
    { name: "wasm-bindgen", license: "MIT OR Apache-2.0", where: "the JavaScript that it generates for a module" },
    {
      name: "Binaryen",
      license: "Apache-2.0",
      where: "the JavaScript that `wasm2js` generates, in `webauthn-result.fallback.js`",
      text: APACHE,
    },
    {
      name: "esbuild",
      license: "MIT",
      where: "helpers in CommonJS modules and in the classic script",
      text: mit("Copyright (c) 2020 Evan Wallace"),
    },
  ],
  apache: APACHE,
};

/** @type {Page} */
export const CLOUD_NOTICES = {
  path: "local-cloud/THIRD-PARTY-NOTICES.md",
  opening: "The binaries of `webauthn-result-cloud` contain code of others, under the licenses below.",
  into: "the binaries",
  crates: cloudCrates,
  about: [
    ...["--config", join(root, "scripts/release/about-cloud.toml")],
    ...["--manifest-path", join(root, "local-cloud/Cargo.toml")],
  ],
  others: [
    { ...STANDARD_LIBRARY, where: "in every binary" },
    {
      name: "musl",
      license: "MIT",
      where: "the C library of the binaries for Linux",
      text: mit("Copyright (c) 2005-2020 Rich Felker, et al."),
    },
    { name: "SQLite", license: "public domain", where: "the database, which the crate `libsqlite3-sys` contains" },
  ],
  apache: "../LICENSE-APACHE",
};

export const ALL_NOTICES = [PACKAGE_NOTICES, CLOUD_NOTICES];

/** The crates of a page, as `name version` of each. */
const crateNames = async ({ crates }) =>
  [...new Set((await crates()).map(({ name, version }) => `${name} ${version}`))].sort();

const readLicenses = async ({ about }) => {
  // Offline, because what it finds online varies.
  const args = ["generate", "--format", "json", "--frozen", "--fail", ...about];
  return JSON.parse(await run("cargo-about", args, { capture: true })).licenses;
};

const nameOf = ({ crate }) => `${crate.name} ${crate.version}`;

const readUnrecognized = async ({ name, manifest_path }) => {
  const file = UNRECOGNIZED_FILES[name];
  return file && (await readFile(join(dirname(manifest_path), file), "utf8")).replace(/\r\n/g, "\n").trim();
};

/** Each license text with the names of its crates, and the license expression of each crate. */
const collect = async (page, crates) => {
  const texts = new Map();
  const licenses = new Map();
  for (const { id, text, source_path, used_by } of await readLicenses(page))
    for (const use of used_by.filter((each) => crates.includes(nameOf(each)))) {
      licenses.set(nameOf(use), use.crate.license);
      const packed = id === "Apache-2.0" ? APACHE : source_path && text.replace(/\r\n/g, "\n").trim();
      const own = packed || MISSING_TEXTS[use.crate.name] || (await readUnrecognized(use.crate));
      if (!own) throw new Error(`${nameOf(use)} lacks the text of its license: add it to MISSING_TEXTS.`);
      texts.set(own, [...(texts.get(own) ?? []), nameOf(use)]);
    }
  for (const { name, text } of page.others) if (text) texts.set(text, [...(texts.get(text) ?? []), name]);
  return { texts, licenses };
};

/**
 * Returns the content of a page.
 *
 * @param {Page} page
 */
export const makeNotices = async (page) => {
  const crates = await crateNames(page);
  const { texts, licenses } = await collect(page, crates);
  const unknown = crates.filter((name) => !licenses.has(name));
  if (unknown.length) throw new Error(`cargo-about does not know ${unknown.join(", ")}`);
  const underApache = texts.get(APACHE).sort();
  texts.delete(APACHE);
  const sections = [...texts]
    .map(([text, names]) => `${names.sort().join(", ")}:\n\n\`\`\`text\n${text}\n\`\`\`\n`)
    .sort();
  return `# Third-party notices

${page.opening} \`npm run docs:notices\` writes this page.

## Crates compiled into ${page.into}

| crate | license |
|---|---|
${crates.map((name) => `| ${name} | ${licenses.get(name)} |`).join("\n")}

## Other code

| from | license | where |
|---|---|---|
${page.others.map(({ name, license, where }) => `| ${name} | ${license} | ${where} |`).join("\n")}

## Texts

Where others offer a choice, this package takes the MIT License. The Apache License, Version 2.0, applies to
${underApache.join(", ")}. Its text is in [LICENSE-APACHE](${page.apache}).

${sections.join("\n")}`;
};

const readPage = ({ path }) => readFile(join(root, path), "utf8");

/** The crates in the page's table: `name version` of each. */
const readNoticedCrates = async (page) => {
  const [, table] = (await readPage(page)).match(/^## Crates [^\n]*\n([\s\S]*?)^## /m);
  return [...table.matchAll(/^\| (\S+ \d\S*) \|/gm)].map(([, name]) => name);
};

/**
 * Resolves to the step's result. Needs only Cargo.
 *
 * @throws {ExpectedFailure} unless each page names the crates that are compiled in
 */
export const checkNoticedCrates = async () => {
  const counts = [];
  for (const page of ALL_NOTICES) {
    const [compiled, noticed] = await Promise.all([crateNames(page), readNoticedCrates(page)]);
    counts.push(compiled.length);
    if (compiled.join() === noticed.join()) continue;
    const missing = compiled.filter((name) => !noticed.includes(name));
    const surplus = noticed.filter((name) => !compiled.includes(name));
    const details = [missing.length && `lacks ${missing.join(", ")}`, surplus.length && `has ${surplus.join(", ")}`];
    throw new ExpectedFailure(
      `${page.path} is out of date (it ${details.filter(Boolean).join(" and ")}): run npm run docs:notices.`,
    );
  }
  return { result: `${counts.join(" and ")} crates` };
};

/** @throws {ExpectedFailure} if a page is out of date */
export const checkNotices = async () => {
  for (const page of ALL_NOTICES)
    if ((await makeNotices(page)) !== (await readPage(page)))
      throw new ExpectedFailure(`${page.path} is out of date: run npm run docs:notices, and commit it.`);
};
