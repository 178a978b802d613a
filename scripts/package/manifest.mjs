// The package.json files that are published, made from the one at the root.

import { posix } from "node:path";

/** Fields that only the repository needs. `private` protects the root from `npm publish`. */
const REPOSITORY_ONLY = ["private", "files", "scripts", "devDependencies"];

/** Fields that the owner of the repository fills in. Until then, they are empty strings. */
export const OWNER_FIELDS = ["homepage", "bugs", "repository"];

const isEmpty = (value) => value === "" || value?.url === "";

/** The fields that the owner has not filled in yet. */
export const emptyOwnerFields = (manifest) =>
  OWNER_FIELDS.filter((name) => manifest[name] === undefined || isEmpty(manifest[name]));

/** The published package.json. */
export const publishedManifest = (manifest) => {
  const left = new Set([...REPOSITORY_ONLY, ...emptyOwnerFields(manifest)]);
  return Object.fromEntries(Object.entries(manifest).filter(([name]) => !left.has(name)));
};

/**
 * A package.json for each subpath that code imports, by its folder, for resolvers that do not read `exports`:
 * TypeScript's `node10`, and bundlers of before 2021.
 */
export const subpathManifests = ({ exports, sideEffects }) => {
  const manifests = {};
  for (const [subpath, target] of Object.entries(exports)) {
    // The root has `main` for these resolvers. A plain string is a file to serve, which no code imports.
    if (subpath === "." || typeof target === "string") continue;
    const forImport = target.import ?? target;
    const forRequire = target.require ?? target;
    const files = [forRequire.default, forImport.default];
    const name = subpath.slice("./".length);
    const fromFolder = (file) => posix.relative(name, file);
    manifests[name] = {
      type: "module",
      main: fromFolder(forRequire.default),
      module: fromFolder(forImport.default),
      types: fromFolder(forImport.types),
      ...(files.some((file) => sideEffects.includes(file)) ? {} : { sideEffects: false }),
    };
  }
  return manifests;
};
