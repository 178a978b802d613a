// Creates THIRD-PARTY-NOTICES.md, the licenses of all third-party code in the package.
//
// cargo-about finds the license of each crate. Cargo determines which crates are compiled in, because cargo-about also lists
// macros, which run in the compiler.

import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { ExpectedFailure } from "../failure.mjs";
import { root, run } from "../run.mjs";
import { compiledCrates, MODULES } from "./crates.mjs";

/** The requirements of `makeNotices`, by their names in scripts/setup.mjs. */
export const NOTICES_NEEDS = ["crates", "cargo-about"];

export const PAGE = "THIRD-PARTY-NOTICES.md";

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
const MISSING_TEXTS = { lol_alloc: mit("Copyright (c) 2022 Craig"), "gloo-net": APACHE, "gloo-utils": APACHE };

/** Code that no lock file of Cargo names. Its licenses are those of the versions that are used. */
const OTHERS = [
  {
    name: "The Rust standard library",
    license: "MIT OR Apache-2.0",
    where: "in the modules",
    text: mit("Copyright (c) The Rust Project Developers (see https://thanks.rust-lang.org)"),
  },
  { name: "wasm-bindgen", license: "MIT OR Apache-2.0", where: "the JavaScript that it generates for a module" },
  {
    name: "Binaryen",
    license: "Apache-2.0",
    where: "the JavaScript that `wasm2js` generates, in `webauthn-result.fallback.js` and `ciba.fallback.js`",
    text: APACHE,
  },
  {
    name: "esbuild",
    license: "MIT",
    where: "helpers in CommonJS modules and in the classic script",
    text: mit("Copyright (c) 2020 Evan Wallace"),
  },
];

/** The crates in any of the modules. */
const allCrates = async () => {
  const crates = new Map();
  for (const feature of Object.keys(MODULES))
    for (const crate of await compiledCrates(feature)) crates.set(`${crate.name} ${crate.version}`, crate);
  return [...crates.keys()].sort();
};

const readLicenses = async () => {
  const args = ["generate", "--format", "json", "--config", join(root, "scripts/release/about.toml")];
  // Offline, because what it finds online varies.
  args.push("--frozen", "--fail", "--no-default-features", "--features", Object.keys(MODULES).join());
  return JSON.parse(await run("cargo-about", args, { capture: true })).licenses;
};

const nameOf = ({ crate }) => `${crate.name} ${crate.version}`;

/** Each license text with the names of its crates, and the license expression of each crate. */
const collect = async (crates) => {
  const texts = new Map();
  const licenses = new Map();
  for (const { id, text, source_path, used_by } of await readLicenses())
    for (const use of used_by.filter((each) => crates.includes(nameOf(each)))) {
      licenses.set(nameOf(use), use.crate.license);
      const packed = id === "Apache-2.0" ? APACHE : source_path && text.replace(/\r\n/g, "\n").trim();
      const own = packed || MISSING_TEXTS[use.crate.name];
      if (!own) throw new Error(`${nameOf(use)} lacks the text of its license: add it to MISSING_TEXTS.`);
      texts.set(own, [...(texts.get(own) ?? []), nameOf(use)]);
    }
  for (const { name, text } of OTHERS) if (text) texts.set(text, [...(texts.get(text) ?? []), name]);
  return { texts, licenses };
};

/** Returns the content of THIRD-PARTY-NOTICES.md. */
export const makeNotices = async () => {
  const crates = await allCrates();
  const { texts, licenses } = await collect(crates);
  const unknown = crates.filter((name) => !licenses.has(name));
  if (unknown.length) throw new Error(`cargo-about does not know ${unknown.join(", ")}`);
  const underApache = texts.get(APACHE).sort();
  texts.delete(APACHE);
  const sections = [...texts]
    .map(([text, names]) => `${names.sort().join(", ")}:\n\n\`\`\`text\n${text}\n\`\`\`\n`)
    .sort();
  return `# Third-party notices

The files in \`pkg/\` contain code of others, under the licenses below. \`npm run docs:notices\` writes this page.

## Crates compiled into the modules

| crate | license |
|---|---|
${crates.map((name) => `| ${name} | ${licenses.get(name)} |`).join("\n")}

## Other code

| from | license | where |
|---|---|---|
${OTHERS.map(({ name, license, where }) => `| ${name} | ${license} | ${where} |`).join("\n")}

## Texts

Where others offer a choice, this package takes the MIT License. The Apache License, Version 2.0, applies to
${underApache.join(", ")}. Its text is in [LICENSE-APACHE](LICENSE-APACHE).

${sections.join("\n")}`;
};

const readPage = () => readFile(join(root, PAGE), "utf8");

/** The crates in the page's table: `name version` of each. */
const readNoticedCrates = async () => {
  const [, table] = (await readPage()).match(/^## Crates [^\n]*\n([\s\S]*?)^## /m);
  return [...table.matchAll(/^\| (\S+ \d\S*) \|/gm)].map(([, name]) => name);
};

/**
 * Resolves to the step's result. Needs only Cargo.
 *
 * @throws {ExpectedFailure} unless the page names the crates that are compiled in
 */
export const checkNoticedCrates = async () => {
  const [compiled, noticed] = await Promise.all([allCrates(), readNoticedCrates()]);
  if (compiled.join() === noticed.join()) return { result: `${compiled.length} crates` };
  const missing = compiled.filter((name) => !noticed.includes(name));
  const surplus = noticed.filter((name) => !compiled.includes(name));
  const details = [missing.length && `lacks ${missing.join(", ")}`, surplus.length && `has ${surplus.join(", ")}`];
  throw new ExpectedFailure(
    `${PAGE} is out of date (it ${details.filter(Boolean).join(" and ")}): run npm run docs:notices.`,
  );
};

/** @throws {ExpectedFailure} if the page is out of date */
export const checkNotices = async () => {
  if ((await makeNotices()) !== (await readPage()))
    throw new ExpectedFailure(`${PAGE} is out of date: run npm run docs:notices, and commit it.`);
};
