// The files of a release are consistent and reproducible.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { NAME as CLOUD, HERE, PLATFORMS } from "../cloud-package/platforms.mjs";
import { packedNames } from "../cloud-package/steps.mjs";
import { unpack } from "../consumers/tarball.mjs";
import { siteStep } from "../docs/site.mjs";
import { root } from "../run.mjs";
import { cloudCrates, compiledCrates, MODULES } from "./crates.mjs";
import { makeRelease } from "./make.mjs";

describe("a release", () => {
  let scratch, folder, names, sbom, cloud;

  before(async () => {
    scratch = await mkdtemp(join(tmpdir(), "webauthn-result-release-"));
    folder = join(scratch, "release");
    await siteStep.run();
    cloud = await packedNames();
    names = await makeRelease(folder, scratch, { cloud });
    sbom = JSON.parse(await readFile(join(folder, names[1]), "utf8"));
  });

  after(() => rm(scratch, { recursive: true, force: true }));

  test("has tarballs, their bills of materials, the documentation, integrity values and checksums, and nothing else", async () => {
    const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
    const name = `webauthn-result-${version}`;
    const docs = `webauthn-result-docs-${version}.tar.gz`;
    const clouds = [`${CLOUD}-${version}.tgz`, `${CLOUD}-${HERE}-${version}.tgz`, `${CLOUD}-${version}.cdx.json`];
    const files = [`${name}.tgz`, `${name}.cdx.json`, docs, ...clouds, "integrity.json", "SHA256SUMS"];
    assert.deepEqual([...names].sort(), files.sort());
    assert.deepEqual((await readdir(folder)).sort(), [...names].sort());
  });

  test("has the documentation's site, whole", async () => {
    const { stdout } = spawnSync("tar", ["-tzf", join(folder, names[2])], { encoding: "utf8" });
    const paths = stdout.trim().split("\n");
    for (const path of ["./index.html", "./troubleshooting.html", "./llms.txt", "./llms-full.txt", "./favicon.svg"])
      assert.ok(paths.includes(path), path);
  });

  test("has checksums that sha256sum accepts, of each other file", () => {
    const { status, stdout } = spawnSync("sha256sum", ["--check", "--strict", "SHA256SUMS"], {
      cwd: folder,
      encoding: "utf8",
    });
    assert.equal(status, 0);
    assert.equal(stdout.trim().split("\n").length, names.length - 1);
  });

  test("has integrity values that openssl computes, too", async () => {
    const digest = (algorithm, file) => {
      const { stdout } = spawnSync("openssl", ["dgst", `-${algorithm}`, "-binary", file]);
      return `${algorithm}-${stdout.toString("base64")}`;
    };
    const unpacked = join(scratch, "unpacked");
    await unpack(join(folder, names[0]), unpacked);
    const script = "pkg/webauthn-result.script.js";
    assert.deepEqual(JSON.parse(await readFile(join(folder, "integrity.json"), "utf8")), {
      [names[0]]: digest("sha512", join(folder, names[0])),
      [script]: digest("sha384", join(unpacked, script)),
      ...Object.fromEntries(cloud.map((name) => [name, digest("sha512", join(folder, name))])),
    });
  });

  test("lists exactly the crates that are compiled into each module", async () => {
    for (const feature of Object.keys(MODULES)) {
      const crates = await compiledCrates(feature);
      const reached = new Set();
      const follow = (ref) => {
        if (reached.has(ref)) return;
        reached.add(ref);
        for (const next of sbom.dependencies.find((each) => each.ref === ref).dependsOn) follow(next);
      };
      follow(`webauthn-result#${feature}`);
      const listed = [...reached].filter((ref) => ref.startsWith("pkg:cargo/"));
      assert.deepEqual(listed.sort(), crates.map(({ name, version }) => `pkg:cargo/${name}@${version}`).sort());
    }
    const refs = sbom.components.map((component) => component["bom-ref"]);
    assert.equal(new Set(refs).size, refs.length);
    assert.deepEqual(
      sbom.dependencies.map(({ ref }) => ref).sort(),
      [...refs, sbom.metadata.component["bom-ref"]].sort(),
      "each component has its dependencies",
    );
  });

  test("lists exactly the crates that are compiled into the local cloud", async () => {
    const document = JSON.parse(await readFile(join(folder, cloud[0].replace(/\.tgz$/, ".cdx.json")), "utf8"));
    const own = document.metadata.component;
    const { dependsOn } = document.dependencies.find(({ ref }) => ref === own.purl);
    assert.ok(dependsOn.some((ref) => ref.startsWith("pkg:cargo/axum@")));
    const listed = document.components.map(({ purl }) => purl).filter((purl) => purl.startsWith("pkg:cargo/"));
    const crates = await cloudCrates();
    assert.ok(crates.length > 100);
    assert.deepEqual(listed.sort(), crates.map(({ name, version }) => `pkg:cargo/${name}@${version}`).sort());
    assert.ok(!JSON.stringify(document).includes(root));
  });

  test("of all platforms names those that no machine has packed", async () => {
    const others = Object.keys(PLATFORMS).filter((platform) => platform !== HERE);
    await assert.rejects(makeRelease(join(scratch, "all"), join(scratch, "third"), { cloud, isForAll: true }), {
      message: new RegExp(`lacks the package of ${others.join(" and of ")}: npm run cloud:package`),
    });
  });

  test("lists the checksum and the license of each crate, as Cargo.lock and the crate have them", async () => {
    const lock = await readFile(join(root, "Cargo.lock"), "utf8");
    for (const { name, version, purl, hashes, licenses } of sbom.components.filter(({ purl }) =>
      purl?.includes("cargo"),
    )) {
      const [entry] = lock.match(new RegExp(`name = "${name}"\\nversion = "${version}"\\n[^\\[]*`));
      assert.ok(entry.includes(`checksum = "${hashes[0].content}"`), purl);
      assert.ok(licenses[0].expression, purl);
    }
  });

  test("contains nothing about the machine", () => {
    const text = JSON.stringify(sbom);
    for (const place of [root, `${homedir()}/`, `${tmpdir()}/`]) assert.ok(!text.includes(place), place);
  });

  test("is the same when it is created again", async () => {
    const again = join(scratch, "again");
    await makeRelease(again, join(scratch, "second"), { cloud });
    for (const name of names)
      assert.ok((await readFile(join(again, name))).equals(await readFile(join(folder, name))), name);
  });
});
