// Creates the bills of materials in CycloneDX format: of the npm package, its modules, and the crates compiled into each; and of
// the local cloud, with its crates.
//
// It merges the documents of npm and cargo-cyclonedx, and removes everything that depends on the machine.

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { NAME as CLOUD } from "../cloud-package/platforms.mjs";
import { run } from "../run.mjs";
import { cloudCrates, compiledCrates, MODULES, TARGET } from "./crates.mjs";

const SPEC_VERSION = "1.5";

/** npm's document about the published package, which has no dependencies. */
const describePackage = async (staged) =>
  JSON.parse(await run("npm", ["sbom", "--sbom-format", "cyclonedx"], { capture: true, cwd: staged }));

/** Calls `describe` with a copy of the commit: cargo-cyclonedx writes into the folders of the crates. */
const inCopy = async (describe) => {
  const folder = await mkdtemp(join(tmpdir(), "webauthn-result-sbom-"));
  try {
    const archive = join(folder, "sources.tar");
    await run("git", ["archive", "--output", archive, "HEAD"]);
    await run("tar", ["-xf", archive, "-C", folder]);
    return await describe(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const CYCLONEDX = ["cyclonedx", "--quiet", "--format", "json", "--spec-version", SPEC_VERSION, "--no-build-deps"];

/** cargo-cyclonedx's document about each module. */
const describeModules = () =>
  inCopy(async (folder) => {
    const modules = {};
    for (const feature of Object.keys(MODULES)) {
      const args = ["--target", TARGET, "--no-default-features", "--features", feature, "--override-filename", feature];
      await run("cargo-cyclonedx", [...CYCLONEDX, ...args], { cwd: folder });
      modules[feature] = JSON.parse(await readFile(join(folder, `${feature}.json`), "utf8"));
    }
    return modules;
  });

/** Its document about the local cloud, on every platform. */
const describeCloud = () =>
  inCopy(async (folder) => {
    await run("cargo-cyclonedx", [...CYCLONEDX, "--target", "all", "--override-filename", "cloud"], { cwd: folder });
    return JSON.parse(await readFile(join(folder, "local-cloud/cloud.json"), "utf8"));
  });

const isCompiled = (crates) => (component) =>
  crates.some(({ name, version }) => component.name === name && component.version === version);

/** The standard library is compiled in, too, but is in no lock file. */
const describeStandardLibrary = async () => {
  const version = (await run("rustc", ["--version"], { capture: true })).split(" ")[1];
  const purl = `pkg:generic/rust-std@${version}`;
  const description = "The Rust standard library: alloc, core and std";
  const licenses = [{ expression: "MIT OR Apache-2.0" }];
  return { type: "library", "bom-ref": purl, name: "rust-std", version, description, licenses, purl };
};

/**
 * The components of a module, starting with the module itself, and the dependencies of each: `[bom-ref, bom-refs]`.
 *
 * @param {any} described cargo-cyclonedx's document
 * @param {{ name: string, version: string }[]} compiled its crates
 * @param {{ "bom-ref": string }} own its component
 */
const readModule = (described, compiled, own) => {
  // cargo-cyclonedx also lists macros and what they need. They run in the compiler, and nothing of them is published.
  const crates = described.components.filter(isCompiled(compiled));
  if (crates.length !== compiled.length)
    throw new Error(`cargo-cyclonedx does not list every crate of ${own["bom-ref"]}`);
  // cargo-cyclonedx's names of the module and of crates contain a path and a registry.
  const names = new Map([[described.metadata.component["bom-ref"], own["bom-ref"]]]);
  for (const crate of crates) names.set(crate["bom-ref"], crate.purl);
  return {
    components: [own, ...crates.map((crate) => ({ ...crate, "bom-ref": crate.purl }))],
    dependencies: described.dependencies
      .filter(({ ref }) => names.has(ref))
      .map(({ ref, dependsOn = [] }) => [names.get(ref), dependsOn.flatMap((each) => names.get(each) ?? [])]),
  };
};

/**
 * Creates the document.
 *
 * @param {{ staged: string, hashes: { alg: string, content: string }[], timestamp: string }} options the folder that was
 *   packed; the tarball's hashes; when its commit was made
 */
export const makeSbom = async ({ staged, hashes, timestamp }) => {
  const bom = await describePackage(staged);
  const { name, version, license } = JSON.parse(await readFile(join(staged, "package.json"), "utf8"));
  const refOf = (feature) => `${name}#${feature}`;
  const standard = await describeStandardLibrary();
  /** @type {Map<string, object>} */
  const components = new Map([[standard.purl, standard]]);
  const dependencies = new Map([[standard.purl, []]]);
  const modules = await describeModules();
  for (const [feature, described] of Object.entries(modules)) {
    const own = {
      type: "library",
      "bom-ref": refOf(feature),
      name: refOf(feature),
      version,
      description: `The WebAssembly module in ${MODULES[feature].join(", ")}`,
      licenses: [{ expression: license }],
    };
    const read = readModule(described, await compiledCrates(feature), own);
    for (const component of read.components) components.set(component["bom-ref"], component);
    for (const [ref, dependsOn] of read.dependencies) dependencies.set(ref, dependsOn);
    dependencies.get(refOf(feature)).push(standard.purl);
  }

  // Random in each run.
  delete bom.serialNumber;
  bom.metadata.timestamp = timestamp;
  bom.metadata.tools.push(...Object.values(modules)[0].metadata.tools);
  // npm uses the folder's name.
  Object.assign(bom.metadata.component, { name, hashes });
  bom.components = [...components.values()];
  dependencies.set(bom.metadata.component["bom-ref"], Object.keys(MODULES).map(refOf));
  bom.dependencies = [...dependencies].map(([ref, dependsOn]) => ({ ref, dependsOn }));
  return bom;
};

/**
 * Creates the document about the local cloud's package.
 *
 * @param {{ manifest: { name: string, version: string, license: string }, hashes: { alg: string, content: string }[],
 *   timestamp: string }} options the package.json that was packed; the tarball's hashes; when its commit was made
 */
export const makeCloudSbom = async ({ manifest, hashes, timestamp }) => {
  const { name, version, license } = manifest;
  const { bomFormat, specVersion, metadata, ...described } = await describeCloud();
  const standard = await describeStandardLibrary();
  const purl = `pkg:npm/${CLOUD}@${version}`;
  const own = {
    type: "application",
    "bom-ref": purl,
    name,
    version,
    licenses: [{ expression: license }],
    purl,
    hashes,
  };
  const { components, dependencies } = readModule({ metadata, ...described }, await cloudCrates(), own);
  return {
    bomFormat,
    specVersion,
    version: 1,
    metadata: { timestamp, tools: metadata.tools, component: own },
    components: [standard, ...components.filter((component) => component !== own)],
    dependencies: [
      { ref: standard.purl, dependsOn: [] },
      ...dependencies.map(([ref, dependsOn]) => ({
        ref,
        dependsOn: ref === purl ? [...dependsOn, standard.purl] : dependsOn,
      })),
    ],
  };
};
