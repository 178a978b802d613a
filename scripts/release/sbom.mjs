// The bill of materials, in CycloneDX: the npm package, its two modules, and the crates compiled into each.
//
// npm and cargo-cyclonedx know their part. Here the parts become one document, in which nothing depends on the machine.

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { run } from "../run.mjs";
import { compiledCrates, MODULES, TARGET } from "./crates.mjs";

const SPEC_VERSION = "1.5";

/** What npm says of the published package, which has no dependencies. */
const describePackage = async (staged) =>
  JSON.parse(await run("npm", ["sbom", "--sbom-format", "cyclonedx"], { capture: true, cwd: staged }));

/** What cargo-cyclonedx says of each module. It writes into the folders of the crates, so it gets a copy of them. */
const describeModules = async () => {
  const folder = await mkdtemp(join(tmpdir(), "webauthn-result-sbom-"));
  try {
    const archive = join(folder, "sources.tar");
    await run("git", ["archive", "--output", archive, "HEAD"]);
    await run("tar", ["-xf", archive, "-C", folder]);
    const modules = {};
    for (const feature of Object.keys(MODULES)) {
      const args = ["cyclonedx", "--quiet", "--format", "json", "--spec-version", SPEC_VERSION, "--no-build-deps"];
      args.push("--target", TARGET, "--no-default-features", "--features", feature, "--override-filename", feature);
      await run("cargo", args, { cwd: folder });
      modules[feature] = JSON.parse(await readFile(join(folder, `${feature}.json`), "utf8"));
    }
    return modules;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const isCompiled = (crates) => (component) =>
  crates.some(({ name, version }) => component.name === name && component.version === version);

/** The standard library is compiled in too, and no lock file names it. */
const describeStandardLibrary = async () => {
  const version = (await run("rustc", ["--version"], { capture: true })).split(" ")[1];
  const purl = `pkg:generic/rust-std@${version}`;
  const description = "The Rust standard library: alloc, core and std";
  const licenses = [{ expression: "MIT OR Apache-2.0" }];
  return { type: "library", "bom-ref": purl, name: "rust-std", version, description, licenses, purl };
};

/**
 * The document.
 *
 * @param {{ staged: string, hashes: { alg: string, content: string }[], timestamp: string }} options the folder that was
 *   packed; the tarball's hashes; when its commit was made
 */
export const makeSbom = async ({ staged, hashes, timestamp }) => {
  const bom = await describePackage(staged);
  const { name, version, license } = JSON.parse(await readFile(join(staged, "package.json"), "utf8"));
  const standard = await describeStandardLibrary();
  const components = new Map([[standard.purl, standard]]);
  const dependencies = new Map([[standard.purl, []]]);

  for (const [feature, described] of Object.entries(await describeModules())) {
    // It also lists macros and what they need, which run in the compiler and are not passed on.
    const compiled = await compiledCrates(feature);
    const crates = described.components.filter(isCompiled(compiled));
    if (crates.length !== compiled.length) throw new Error(`cargo-cyclonedx lists not every crate of ${feature}.`);
    const own = { "bom-ref": `${name}#${feature}`, type: "library", name: `${name}#${feature}`, version };
    own.description = `The WebAssembly module in ${MODULES[feature].join(", ")}`;
    own.licenses = [{ expression: license }];
    components.set(own["bom-ref"], own);
    // Its own names for the module and for crates contain a path and a registry.
    const names = new Map([[described.metadata.component["bom-ref"], own["bom-ref"]]]);
    for (const crate of crates) {
      names.set(crate["bom-ref"], crate.purl);
      components.set(crate.purl, { ...crate, "bom-ref": crate.purl });
    }
    for (const { ref, dependsOn = [] } of described.dependencies)
      if (names.has(ref))
        dependencies.set(
          names.get(ref),
          dependsOn.flatMap((each) => names.get(each) ?? []),
        );
    dependencies.get(own["bom-ref"]).push(standard.purl);
    bom.metadata.tools.push(
      ...described.metadata.tools.filter((tool) => !bom.metadata.tools.some((each) => each.name === tool.name)),
    );
  }

  // A random number in each run.
  delete bom.serialNumber;
  Object.assign(bom.metadata, { timestamp });
  // npm takes the folder's name.
  Object.assign(bom.metadata.component, { name, hashes });
  bom.components = [...components.values()];
  const own = bom.metadata.component["bom-ref"];
  bom.dependencies = [
    { ref: own, dependsOn: Object.keys(MODULES).map((feature) => `${name}#${feature}`) },
    ...[...dependencies].map(([ref, dependsOn]) => ({ ref, dependsOn })),
  ];
  return bom;
};
