// Creates the project of a consumer: its files, the tarball and its tools, in a folder outside of this repository.
//
// Tools look for settings, lock files and packages in the folders above, and must not find this repository's.

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { copyFile, cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, extname, join } from "node:path";

import { cache, root } from "../run.mjs";
import { unpack } from "./tarball.mjs";

/** Kept between runs, so that tools are installed only once. */
export const workshop = join(cache, "consumers");

const sources = join(root, "tests/consumers");

/** The clouds that the pages of the documentation name: an adopter's, and the local one of the quick starts. */
const CLOUDS = ["https://INSTANCE.mauth.nevis.cloud", "http://localhost:5190"];
/** Where the proxies of the quick start find the shop's backend. */
const BACKEND = "http://localhost:4000";

const SOURCE = /\.(js|ts|tsx|mjs|cjs|html|vue|svelte)$/;

const LIMIT_MS = 600_000;

/** The tools whose templates the projects with `template` start from. */
export const CREATORS = { folder: "creators" };

/**
 * Runs npm in a project. Resolves to its output; rejects with the output if npm fails.
 *
 * @param {string} folder
 * @param {string[]} args
 * @param {Record<string, string>} [variables] of the environment, beside the usual ones
 */
export const npm = (folder, args, variables) =>
  new Promise((resolve, reject) => {
    const child = spawn("npm", args, {
      cwd: folder,
      env: { ...environment(), ...variables },
      stdio: ["ignore", "pipe", "pipe"],
      // Fail if it does not end.
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

/** The environment for tools: without npm's variables about this repository, and without telemetry. */
export const environment = () => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_|^NODE_ENV$/.test(name))),
  NEXT_TELEMETRY_DISABLED: "1",
  PARCEL_DISABLE_TELEMETRY: "1",
});

/**
 * Creates the project of `consumer`, with the package from `tarball`, the cloud at `baseUrl` and the shop's `backend`. Resolves to
 * its folder.
 */
export const makeProject = async (consumer, { tarball, baseUrl, backend }) => {
  const folder = join(workshop, consumer.folder);
  await copySources(consumer, folder);
  await copyFile(tarball, join(folder, "webauthn-result.tgz"));
  await install(folder);
  await unpack(tarball, join(folder, "node_modules/webauthn-result"));
  await changeSources(folder, (text) => {
    const withCloud = CLOUDS.reduce((changed, cloud) => changed.replaceAll(cloud, baseUrl), text);
    const withUrl = withCloud.replaceAll(BACKEND, backend);
    return consumer.url ? useUrlEntry(withUrl) : withUrl;
  });
  return folder;
};

/** Replaces everything but node_modules, and deletes the caches of tools in it. */
const copySources = async (consumer, folder) => {
  const { folder: name, template, edits = [], shared, typed, files = [], emptyCache } = consumer;
  await mkdir(folder, { recursive: true });
  for (const entry of await readdir(folder))
    if (entry !== "node_modules") await rm(join(folder, entry), { recursive: true });
  for (const cache of [".vite", ".cache", ".tmp"])
    await rm(join(folder, "node_modules", cache), { recursive: true, force: true });
  if (emptyCache) await mkdir(join(folder, emptyCache), { recursive: true });
  if (template) await createFrom(template, folder);
  for (const edit of edits) await insert(join(folder, edit.file), edit);
  const language = typed ? ".ts" : ".js";
  for (const file of shared ? await readdir(join(sources, "shared")) : [])
    if (extname(file) === language) await cp(join(sources, "shared", file), join(folder, shared, file));
  for (const file of files) await cp(join(sources, file), join(folder, shared ?? ".", basename(file)));
  await cp(join(sources, name), folder, { recursive: true, filter: (path) => !path.includes("node_modules") });
};

/** Has a tool's creator make a fresh project, and adds the package to it, as `npm install webauthn-result` does. */
const createFrom = async (template, folder) => {
  const creators = join(workshop, CREATORS.folder);
  await copySources(CREATORS, creators);
  await install(creators);
  // The settings of whoever runs this are not the defaults.
  await npm(creators, ["run", "--silent", template], { XDG_CONFIG_HOME: creators });
  await cp(join(creators, "shop"), folder, { recursive: true });
  const path = join(folder, "package.json");
  const manifest = JSON.parse(await readFile(path, "utf8"));
  manifest.dependencies = { ...manifest.dependencies, "webauthn-result": "file:webauthn-result.tgz" };
  await writeFile(path, `${JSON.stringify(manifest, null, 2)}\n`);
};

const insert = async (path, { after, text }) => {
  const found = await readFile(path, "utf8");
  const [before, ...rest] = found.split(after);
  if (rest.length !== 1) throw new Error(`${path} does not contain ${after} once:\n${found}`);
  await writeFile(path, before + after + text + rest[0]);
};

/** Installs the packages of the lock file, unless they are installed. */
const install = async (folder) => {
  const lock = await readFile(join(folder, "package-lock.json"), "utf8");
  const stamp = join(folder, "node_modules/.installed.json");
  if (existsSync(stamp) && (await readFile(stamp, "utf8")) === lock) return;
  await rm(join(folder, "node_modules"), { recursive: true, force: true });
  // Not `npm ci`, which rejects a lock file without a tool's binary for another system: the registry may lack that.
  await npm(folder, ["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"]);
  await writeFile(stamp, lock);
};

/**
 * Resolves package.json anew, and writes the lock file next to it. Omits the tarball's digest, which changes with each build.
 */
export const lock = async (consumer, { tarball }) => {
  const folder = join(workshop, consumer.folder);
  await copySources(consumer, folder);
  await rm(join(folder, "package-lock.json"), { force: true });
  await copyFile(tarball, join(folder, "webauthn-result.tgz"));
  await npm(folder, ["install", "--package-lock-only", "--omit-lockfile-registry-resolved", "--no-audit", "--no-fund"]);
  const written = JSON.parse(await readFile(join(folder, "package-lock.json"), "utf8"));
  // The creators do not have it.
  delete written.packages["node_modules/webauthn-result"]?.integrity;
  await writeFile(join(sources, consumer.folder, "package-lock.json"), `${JSON.stringify(written, null, 2)}\n`);
};

const changeSources = async (folder, change) => {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (entry.name !== "node_modules") await changeSources(path, change);
    } else if (SOURCE.test(entry.name)) {
      const text = await readFile(path, "utf8");
      const changed = change(text);
      if (changed !== text) await writeFile(path, changed);
    }
  }
};

const useUrlEntry = (text) =>
  text
    .replaceAll('from "webauthn-result"', 'from "webauthn-result/url"')
    .replaceAll("webauthn-result/pkg/index.js", "webauthn-result/pkg/url.js");

/** The installed versions of tools in a project, as `name version` of each. */
export const versionsOf = async (folder, tools) => {
  const versions = [];
  for (const tool of tools) {
    const manifest = join(folder, "node_modules", tool, "package.json");
    // A project without its own Node runs in this one.
    const isThisNode = tool === "node" && !existsSync(manifest);
    const version = isThisNode ? process.versions.node : JSON.parse(await readFile(manifest, "utf8")).version;
    versions.push(`${tool} ${version}`);
  }
  return versions.join(", ");
};
