// An npm registry that has our packages, as they will be published, and passes every other request on to the usual one.

import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";

import { mainManifest, platformManifest } from "../../../scripts/cloud-package/stage.mjs";
import { integrityOf } from "../../../scripts/release/checksums.mjs";
import { run } from "../../../scripts/run.mjs";
import { serve } from "../../e2e/support/processes.mjs";

/** What a registry says of a package with one version. */
const describePackage = (manifest, dist) => ({
  name: manifest.name,
  "dist-tags": { latest: manifest.version },
  versions: { [manifest.version]: { ...manifest, dist } },
});

const readManifest = async (tarball) =>
  JSON.parse(await run("tar", ["-xzOf", tarball, "package/package.json"], { capture: true }));

/**
 * Starts it. `tarballs` are those of our packages; those of other platforms exist, but cannot be downloaded.
 *
 * @param {{ tarballs: string[], platforms: string[] }} options
 */
export const startRegistry = async ({ tarballs, platforms }) => {
  const upstream = (await run("npm", ["config", "get", "registry"], { capture: true })).trim().replace(/\/$/, "");
  const packages = new Map();
  const files = new Map();
  const requested = [];
  const server = await serve(async (request, response) => {
    const path = decodeURIComponent(request.url.split("?")[0]).slice(1);
    requested.push(path);
    if (packages.has(path)) {
      response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(packages.get(path)));
    } else if (path.startsWith("tarballs/")) {
      const file = files.get(basename(path));
      response.writeHead(file ? 200 : 404).end(file ? await readFile(file) : undefined);
    } else {
      response.writeHead(307, { Location: upstream + request.url }).end();
    }
  });
  const addressOf = (name) => `${server.origin}/tarballs/${name}`;
  for (const platform of platforms) {
    const manifest = await platformManifest(platform);
    packages.set(
      manifest.name,
      describePackage(manifest, { tarball: addressOf(`${platform}.tgz`), shasum: "0".repeat(40) }),
    );
  }
  for (const tarball of tarballs) {
    const [manifest, content] = await Promise.all([readManifest(tarball), readFile(tarball)]);
    const shasum = createHash("sha1").update(content).digest("hex");
    const dist = { tarball: addressOf(basename(tarball)), shasum, integrity: integrityOf(content, "sha512") };
    packages.set(manifest.name, describePackage(manifest, dist));
    files.set(basename(tarball), tarball);
  }
  const { name } = await mainManifest();
  if (!packages.has(name)) throw new Error(`the tarball of ${name} is missing`);
  return { url: `${server.origin}/`, requested, stop: () => server.stop() };
};
