// One consumer as a project of its own: its files, the tarball and its tools, in a folder outside of this repository.
//
// Outside, because tools look for settings, lock files and packages in the folders above, and must find none of ours.

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { copyFile, cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";

import { cache, root } from "../run.mjs";
import { unpack } from "./tarball.mjs";

/** Kept between runs, so that tools are installed once. */
export const workshop = join(cache, "consumers");

const sources = join(root, "tests/consumers");

const PLACEHOLDER = "https://INSTANCE.mauth.nevis.cloud";

const SOURCE = /\.(js|jsx|mjs|cjs|html|vue|svelte)$/;

const LIMIT_MS = 600_000;

/** Runs npm in a project; resolves to what it printed, and throws with that unless it succeeds. */
export const npm = (folder, args) =>
  new Promise((resolve, reject) => {
    const child = spawn("npm", args, {
      cwd: folder,
      env: environment(),
      stdio: ["ignore", "pipe", "pipe"],
      // What never ends is a failure too.
      timeout: LIMIT_MS,
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text) => (output += text));
    child.on("error", reject);
    child.on("close", (code, signal) =>
      code === 0
        ? resolve(output)
        : reject(new Error(`npm ${args.join(" ")} ended with ${code ?? signal}:\n${output}`)),
    );
  });

/** For tools: nothing that npm tells this process about this project, and no reports to their makers. */
export const environment = () => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_|^NODE_ENV$/.test(name))),
  NEXT_TELEMETRY_DISABLED: "1",
  PARCEL_DISABLE_TELEMETRY: "1",
});

/**
 * Makes the project as `consumer` describes it, with the package from `tarball` and the cloud at `baseUrl`.
 * Resolves to its folder.
 */
export const makeProject = async (consumer, { tarball, baseUrl }) => {
  const folder = join(workshop, consumer.folder);
  await copySources(consumer, folder);
  await copyFile(tarball, join(folder, "webauthn-result.tgz"));
  await install(folder);
  await unpack(tarball, join(folder, "node_modules/webauthn-result"));
  await eachSource(folder, (text) => {
    const addressed = text.replaceAll(PLACEHOLDER, baseUrl);
    return consumer.url ? takeUrlEntry(addressed) : addressed;
  });
  return folder;
};

/** Everything but node_modules is new, what tools cached in there too. */
const copySources = async ({ folder: name, shared, files = [], emptyCache }, folder) => {
  await mkdir(folder, { recursive: true });
  for (const entry of await readdir(folder))
    if (entry !== "node_modules") await rm(join(folder, entry), { recursive: true });
  for (const cache of [".vite", ".cache"])
    await rm(join(folder, "node_modules", cache), { recursive: true, force: true });
  if (emptyCache) await mkdir(join(folder, emptyCache), { recursive: true });
  if (shared) await cp(join(sources, "shared"), join(folder, shared), { recursive: true });
  for (const file of files) await cp(join(sources, file), join(folder, basename(file)));
  await cp(join(sources, name), folder, { recursive: true, filter: (path) => !path.includes("node_modules") });
};

/** Installs what the lock file names, unless that is there. */
const install = async (folder) => {
  const lock = await readFile(join(folder, "package-lock.json"), "utf8");
  const stamp = join(folder, "node_modules/.installed.json");
  if (existsSync(stamp) && (await readFile(stamp, "utf8")) === lock) return;
  await rm(join(folder, "node_modules"), { recursive: true, force: true });
  // Not `npm ci`: it refuses a lock file that lacks a tool's binary for some other system, which a registry may not have.
  await npm(folder, ["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"]);
  await writeFile(stamp, lock);
};

/**
 * Chooses the versions anew: resolves package.json and writes the lock file beside it. Without the tarball's digest,
 * which each build changes.
 */
export const lock = async (consumer, { tarball }) => {
  const folder = join(workshop, consumer.folder);
  await copySources(consumer, folder);
  await rm(join(folder, "package-lock.json"), { force: true });
  await copyFile(tarball, join(folder, "webauthn-result.tgz"));
  await npm(folder, ["install", "--package-lock-only", "--omit-lockfile-registry-resolved", "--no-audit", "--no-fund"]);
  const written = JSON.parse(await readFile(join(folder, "package-lock.json"), "utf8"));
  const own = written.packages["node_modules/webauthn-result"];
  delete own.integrity;
  await writeFile(join(sources, consumer.folder, "package-lock.json"), `${JSON.stringify(written, null, 2)}\n`);
};

const eachSource = async (folder, change) => {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (entry.name !== "node_modules") await eachSource(path, change);
    } else if (SOURCE.test(entry.name)) {
      const text = await readFile(path, "utf8");
      const changed = change(text);
      if (changed !== text) await writeFile(path, changed);
    }
  }
};

const takeUrlEntry = (text) =>
  text
    .replaceAll('from "webauthn-result"', 'from "webauthn-result/url"')
    .replaceAll("webauthn-result/pkg/index.js", "webauthn-result/pkg/url.js");

/** The versions of tools as they are installed in a project: `name version` of each. */
export const versionsOf = async (folder, tools) => {
  const versions = [];
  for (const tool of tools) {
    const manifest = join(folder, "node_modules", tool, "package.json");
    // A project without a Node of its own runs in this one.
    const isThisNode = tool === "node" && !existsSync(manifest);
    const version = isThisNode ? process.versions.node : JSON.parse(await readFile(manifest, "utf8")).version;
    versions.push(`${tool} ${version}`);
  }
  return versions.join(", ");
};
