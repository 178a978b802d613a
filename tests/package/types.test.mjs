// The declarations under every supported version and resolution of TypeScript, and every example in TypeScript, against
// the tarball.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";

import { pack, unpack } from "../../scripts/consumers/tarball.mjs";
import { blocksOf, pagePaths } from "../../scripts/docs/quote-examples.mjs";
import { root } from "../../scripts/run.mjs";
import { writeFrameworks } from "./frameworks.mjs";

const sources = join(root, "tests/package/types");

/**
 * The npm packages of TypeScript, and the resolutions to try with each: the oldest supported version, the last one of
 * each later major version, and the one that the repository itself uses.
 */
const TYPESCRIPTS = {
  "typescript-4.9": ["node10", "node16"],
  "typescript-5": ["node10", "node16", "bundler"],
  "typescript-6": ["node16", "bundler"],
  typescript: ["node16", "nodenext", "bundler"],
};

/** By resolution: its compiler options, and whether importing from a CommonJS module is another case. */
const RESOLUTIONS = {
  node10: { options: { module: "esnext", moduleResolution: "node" }, hasCommonJs: false },
  node16: { options: { module: "node16", moduleResolution: "node16" }, hasCommonJs: true },
  nodenext: { options: { module: "nodenext", moduleResolution: "nodenext" }, hasCommonJs: true },
  bundler: { options: { module: "esnext", moduleResolution: "bundler" }, hasCommonJs: false },
};

const OPTIONS = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  // The package's own declarations are checked too.
  skipLibCheck: false,
  noEmit: true,
  target: "es2022",
  lib: ["es2022", "dom", "dom.iterable"],
  types: [],
};

/** Needs types that the DOM of the oldest version does not have. */
const DOM_JSON = "dom-json.ts";

/** Its types are those of the DOM, under the DOM's names: simplewebauthn-entry.ts compares them. */
const DOM_NAMES = "simplewebauthn.d.cts";
/** A page's code for @simplewebauthn/browser, and the same for this package. */
const THEIR_CODE = "simplewebauthn-code.ts";
const OUR_CODE = "simplewebauthn-code-changed.ts";

/** The documented exports of a file of declarations: `{ name, documentation }`. */
const exportsOf = (text) =>
  [
    ...text.matchAll(
      /(?:(\/\*\*(?:(?!\*\/)[\s\S])*\*\/)\n)?^export (?:declare )?(?:abstract )?(?:function|interface|type|class|const) (\w+)/gm,
    ),
  ].map(([, documentation = "", name]) => ({ name, documentation }));

/** The examples in the comments of a text, without comment signs and fences. */
const examplesIn = (text) =>
  [...text.matchAll(/\/\*\*[\s\S]*?\*\//g)].flatMap(([comment]) =>
    comment
      .replace(/^\s*\/\*\*|\s*\*\/$/g, "")
      .replace(/^ *\* ?/gm, "")
      .split(/^@example\b/m)
      .slice(1)
      .map((example) => example.split(/^@\w/m)[0].replace(/^```.*$/gm, "")),
  );

let folder;
/** The package's files of declarations by name. */
const declarations = new Map();
/** By package of TypeScript: the text of its lib.dom.d.ts. */
const doms = new Map();

let configs = 0;

/** What `tsc` prints: nothing if it finds no error. */
const compile = async (files, { typescript, options, flags = [] }) => {
  const config = join(folder, `tsconfig-${++configs}.json`);
  await writeFile(config, JSON.stringify({ compilerOptions: { ...OPTIONS, ...options }, files }));
  const tsc = join(root, "node_modules", typescript, "bin/tsc");
  return new Promise((resolve) =>
    execFile(
      process.execPath,
      [tsc, "--project", config, "--pretty", "false", ...flags],
      { cwd: folder },
      (_error, stdout, stderr) => resolve(stdout + stderr),
    ),
  );
};

/** Makes a folder for modules of this type, with these sources. */
const makeModules = async (name, type, files) => {
  await mkdir(join(folder, name));
  await writeFile(join(folder, name, "package.json"), JSON.stringify({ type }));
  for (const file of files) await copyFile(join(sources, file), join(folder, name, file));
};

const examples = [];
const modules = [];
const commonJsModules = [];

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "webauthn-result-types-"));
  const installed = join(folder, "node_modules/webauthn-result");
  await unpack((await pack(folder)).file, installed);
  for (const name of (await readdir(join(installed, "pkg"))).filter((file) => /\.d\.c?ts$/.test(file)))
    declarations.set(name, await readFile(join(installed, "pkg", name), "utf8"));
  const peer = "node_modules/@simplewebauthn/browser";
  await mkdir(dirname(join(folder, peer)));
  await symlink(join(root, peer), join(folder, peer), "dir");

  await writeFrameworks(join(folder, "node_modules"));

  const names = (await readdir(sources)).filter((name) => /\.c?ts$/.test(name));
  modules.push(...names.filter((name) => name.endsWith(".ts")));
  await makeModules("modules", "module", modules);
  // An ES module cannot be imported for its types alone by every version of TypeScript: `webauthn-result/url`.
  commonJsModules.push(...names.filter((name) => name !== "entries.ts" && name !== DOM_JSON));
  await makeModules("commonjs", "commonjs", commonJsModules);
  const theirCode = await readFile(join(sources, THEIR_CODE), "utf8");
  const ourCode = theirCode.replace(/"@simplewebauthn\/browser"/, '"webauthn-result/simplewebauthn"');
  for (const [format, list] of /** @type {const} */ ([
    ["modules", modules],
    ["commonjs", commonJsModules],
  ])) {
    await writeFile(join(folder, format, OUR_CODE), ourCode);
    list.push(OUR_CODE);
  }
  await makeModules("script", "commonjs", []);
  for (const name of await readdir(join(sources, "script")))
    await copyFile(join(sources, "script", name), join(folder, "script", name));

  for (const [file, text] of declarations)
    for (const [index, example] of examplesIn(text).entries()) {
      const name = `${file.replace(/\.d\.c?ts$/, "")}-example-${index + 1}.ts`;
      examples.push(name);
      await writeFile(join(folder, "modules", name), example);
    }

  await writeFile(join(folder, "empty.ts"), "");
  for (const typescript of Object.keys(TYPESCRIPTS)) {
    const list = await compile(["empty.ts"], { typescript, flags: ["--listFiles"] });
    const path = list.split("\n").find((line) => /[/\\]lib\.dom\.d\.ts$/.test(line.trim()));
    doms.set(typescript, await readFile(path.trim(), "utf8"));
  }
});

after(() => rm(folder, { recursive: true, force: true }));

test("every exported name has a comment with an example", () => {
  const documented = [...declarations].map(([file, text]) => {
    const names = exportsOf(text);
    // Whatever form an export takes, it was looked at.
    assert.equal(names.length, text.match(/^export (?!\* from|\{\})/gm)?.length ?? 0, file);
    for (const { name, documentation } of names) assert.match(documentation, /@example/, `${file}: ${name}`);
    return names.length;
  });
  assert.ok(documented.filter((count) => count > 0).length >= 7, "each story has its file");
});

test("each text stands once: the other file of an entry re-exports it", () => {
  const texts = [...declarations.values()].filter((text) => exportsOf(text).length);
  // The bindings of each framework have functions of the same names, whose texts differ.
  const documented = texts.flatMap((text) => exportsOf(text).map(({ documentation }) => documentation));
  assert.deepEqual(
    documented.filter((text, at) => documented.indexOf(text) !== at),
    [],
  );
});

describe("no exported name is one that the DOM has with another meaning", () => {
  for (const typescript of Object.keys(TYPESCRIPTS))
    test(typescript, () => {
      const global = /^(?:interface|type|declare (?:var|function|namespace)) (\w+)/gm;
      const names = new Set([...doms.get(typescript).matchAll(global)].map(([, name]) => name));
      assert.ok(names.has("CredentialRequestOptions") && names.has("AbortSignal") && names.has("CSS"), "of each form");
      for (const [file, text] of [...declarations].filter(([file]) => file !== DOM_NAMES))
        for (const { name } of exportsOf(text)) assert.ok(!names.has(name), `${file}: ${name}`);
    });
});

test("the DOM's types of the options are compared in every version that has them", () => {
  const versions = [...doms].filter(([, text]) => text.includes("interface PublicKeyCredentialRequestOptionsJSON"));
  assert.deepEqual(
    versions.map(([typescript]) => typescript),
    Object.keys(TYPESCRIPTS).slice(1),
  );
});

for (const [typescript, resolutions] of Object.entries(TYPESCRIPTS))
  for (const resolution of resolutions)
    describe(`${typescript}, moduleResolution ${resolution}`, { concurrency: true }, () => {
      const { options, hasCommonJs } = RESOLUTIONS[resolution];

      test("an ES module gets the types that are promised, and every example compiles", async () => {
        const isOlder = !doms.get(typescript).includes("interface PublicKeyCredentialRequestOptionsJSON");
        const files = [...modules, ...examples].filter((name) => !(isOlder && name === DOM_JSON));
        assert.ok(examples.length >= 40, "every exported name has one");
        const paths = files.map((name) => `modules/${name}`);
        assert.equal(await compile(paths, { typescript, options }), "");
      });

      if (hasCommonJs)
        test("a CommonJS module gets them too", async () => {
          const paths = commonJsModules.map((name) => `commonjs/${name}`);
          assert.equal(await compile(paths, { typescript, options }), "");
        });

      test("a classic script that refers to its types gets its global", async () => {
        assert.equal(await compile(["script/reference.ts"], { typescript, options }), "");
      });
    });

describe("a classic script gets its global by tsconfig.json, and not unasked", { concurrency: true }, () => {
  for (const [typescript, [resolution]] of Object.entries(TYPESCRIPTS))
    test(typescript, async () => {
      const { options } = RESOLUTIONS[resolution];
      const types = ["webauthn-result/script"];
      assert.equal(await compile(["script/configured.ts"], { typescript, options: { ...options, types } }), "");
      assert.match(await compile(["script/configured.ts"], { typescript, options }), /error TS2\d+.*webauthnResult/);
    });
});

test("docs/typescript.md names the versions that are tested", async () => {
  const page = await readFile(join(root, "docs/typescript.md"), "utf8");
  const [, named] = /tested with TypeScript ([^,]+(?:, [\d.]+)* and [\d.]+)/.exec(page);
  const manifests = Object.keys(TYPESCRIPTS).map((name) => join(root, "node_modules", name, "package.json"));
  const versions = await Promise.all(manifests.map(async (path) => JSON.parse(await readFile(path, "utf8")).version));
  assert.deepEqual(
    named.match(/\d+\.\d+/g),
    versions.map((version) => /^\d+\.\d+/.exec(version)[0]),
  );
});

/** What the page or the backend of an example has. Declared with the loosest types: the examples are about the package. */
const SURROUNDINGS = `
declare const button: HTMLElement;
declare function post(path: string, body?: object): Promise<any>;
declare function show(...words: any[]): void;
declare function confirm(token: string, transaction: { statusToken: string }): Promise<void>;
declare const nevis: { auth: { fido2: typeof import("webauthn-result") } };
declare const startApproval: () => Promise<import("webauthn-result").Approval>;
declare const credentialRequestOptions: import("webauthn-result").RequestOptionsJSON;
declare const userId: string;
declare const statusToken: string;
declare const email: string;
type NextConfig = object;
declare const result: import("webauthn-result").AuthenticationResult;
`;

test("every example in TypeScript or JavaScript on a page of the documentation compiles", async () => {
  const files = [];
  // Which other examples import.
  await copyFile(join(root, "tests/consumers/shared/shop.ts"), join(folder, "modules/shop.ts"));
  await writeFile(join(folder, "surroundings.d.ts"), SURROUNDINGS);
  for (const path of await pagePaths()) {
    // Its code is that of the declarations.
    if (path === "docs/api.md") continue;
    const text = await readFile(join(root, path), "utf8");
    for (const [index, { language, code }] of blocksOf(text)
      .filter(({ language, from }) =>
        language === "ts"
          ? // The tools of a consumer check its files.
            !/^tests\/consumers\/(?!shared\/)/.test(from ?? "")
          : // Quoted files run in other tests.
            language === "js" && !from,
      )
      // Those that need a tool's package are those of a consumer, or name another library.
      .filter(({ code }) => !/from "(?:vite|next|@simplewebauthn\/browser)"/.test(code))
      .entries()) {
      const name = `${path.replace(/\W/g, "-")}-${index + 1}.${language}`;
      // Imports come first, and the names of an example's own page may be those of the DOM.
      const surrounded = `/// <reference path="../surroundings.d.ts" />\n${code}\nexport {};\n`;
      await writeFile(join(folder, "modules", name), language === "js" ? `// @ts-check\n${surrounded}` : surrounded);
      files.push(`modules/${name}`);
    }
  }
  assert.ok(files.filter((name) => name.endsWith(".js")).length > 5, "the pattern finds the blocks");
  const options = {
    ...RESOLUTIONS.bundler.options,
    allowJs: true,
    noImplicitAny: false,
    lib: ["es2024", "dom", "dom.iterable"],
  };
  assert.equal(await compile(files, { typescript: "typescript", options }), "");
});
