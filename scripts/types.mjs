// Checks JavaScript against its types, and each entry of the package against the declarations that are published with it.

import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

// Unstable by name: TypeScript 7 has no other API, and package.json pins its version.
import { API, SymbolFlags } from "typescript/unstable/sync";

import { root, run } from "./run.mjs";

/** Each entry in js/, and what declares its exports. */
export const ENTRIES = {
  "index.js": "index.d.ts",
  "url.js": "index.d.ts",
  "ciba.js": "ciba.d.ts",
  "explain.js": "explain.d.ts",
  "fallback.js": "fallback.d.ts",
};

const PROJECT = join(root, "js/tsconfig.json");

/** Throws unless TypeScript finds no errors and each entry exports what its declarations say. */
export const checkTypes = async () => {
  for (const project of [PROJECT, join(root, "tsconfig.json")]) await run("npx", ["tsc", "--project", project]);
  const problems = compareEntries();
  if (problems.length) throw new Error(`js/ and its declarations differ:\n  ${problems.join("\n  ")}`);
};

/** What is wrong with the exports of the entries in js/, a sentence each. */
export const compareEntries = () =>
  inProject((valuesOf, checker) =>
    Object.entries(ENTRIES).flatMap(([entry, declarations]) => {
      const [actual, declared] = [entry, declarations].map(valuesOf);
      return [...new Set([...actual.keys(), ...declared.keys()])].flatMap((name) => {
        const type = actual.get(name);
        const declaredType = declared.get(name);
        if (!type) return `${entry} does not export ${name}, which ${declarations} declares`;
        if (!declaredType) return `${entry} exports ${name}, which ${declarations} does not declare`;
        if (checker.isTypeAssignableTo(type, declaredType)) return [];
        return `${name} of ${entry} is ${checker.typeToString(type)}, and ${declarations} declares ${checker.typeToString(declaredType)}`;
      });
    }),
  );

/** The names of the values that a file of declarations in js/ exports, sorted. */
export const declaredNames = (declarations) => inProject((valuesOf) => [...valuesOf(declarations).keys()].sort());

/** Calls `use` with what returns the values that a file in js/ exports, each with its type, and with TypeScript's checker. */
const inProject = (use) => {
  const api = new API({ cwd: root });
  try {
    const [{ program, checker }] = api.updateSnapshot({ openProjects: [PROJECT] }).getProjects();
    const valuesOf = (file) => {
      const module = checker.getSymbolAtLocation(program.getSourceFile(join(root, "js", file)));
      const isValue = (symbol) =>
        (symbol.flags & SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol).flags & SymbolFlags.Value;
      const values = checker.getExportsOfModule(module).filter(isValue);
      return new Map(values.map((symbol) => [symbol.name, checker.getTypeOfSymbol(symbol)]));
    };
    return use(valuesOf, checker);
  } finally {
    api.close();
  }
};

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) await checkTypes();
