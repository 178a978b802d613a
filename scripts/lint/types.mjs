// Checks JavaScript against its types, and each entry of the package against the declarations published with it.

import { join } from "node:path";

// Unstable by name: TypeScript 7 has no other API, and package.json pins its version.
import { API, SignatureKind, SymbolFlags } from "typescript/unstable/sync";

import { ExpectedFailure } from "../failure.mjs";
import { root, run } from "../run.mjs";

/** The entries in js/, and the declarations of their exports. */
const ENTRIES = {
  "autofill.js": "autofill.d.ts",
  "create-autofill.js": "create-autofill.d.ts",
  "index.js": "index.d.ts",
  "url.js": "index.d.ts",
  "ciba.js": "ciba.d.ts",
  "cause.js": "cause.d.ts",
  "explain.js": "explain.d.ts",
  "passkeys.js": "passkeys.d.ts",
  "testing.js": "testing.d.ts",
  "react.js": "react.d.ts",
  "react-push.js": "react-push.d.ts",
  "vue.js": "vue.d.ts",
  "vue-push.js": "vue-push.d.ts",
  "svelte.js": "svelte.d.ts",
  "svelte-push.js": "svelte-push.d.ts",
  "simplewebauthn.js": "simplewebauthn.d.ts",
  "fallback.js": "fallback.d.ts",
  "ciba-fallback.js": "ciba-fallback.d.ts",
  "fallback-module.js": "fallback.d.ts",
};

// By its path: the versions that the tests of the declarations use have a `tsc` as well.
const TSC = join(root, "node_modules/typescript/bin/tsc");

/** The TypeScript projects. js/, which is published, has the strictest rules. */
const PROJECTS = ["js", "scripts", "www"].map((folder) => join(root, folder, "tsconfig.json"));

/**
 * The step: TypeScript finds no errors, and each entry exports what its declarations say.
 *
 * @throws {ExpectedFailure} if an entry and its declarations differ
 */
export const checkTypes = async () => {
  for (const project of PROJECTS) await run("node", [TSC, "--project", project]);
  const problems = compareEntries();
  if (problems.length) throw new ExpectedFailure(`js/ and its declarations differ:\n  ${problems.join("\n  ")}`);
};

/** Returns the differences between the entries in js/ and their declarations, a sentence each. */
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

/** The number of parameters of each function that a file of declarations in js/ exports, and of each method, `Class#name`. */
export const declaredArguments = (declarations) =>
  inProject((valuesOf, checker) => {
    const counts = {};
    const count = (name, type) => {
      for (const { parameters } of checker.getSignaturesOfType(type, SignatureKind.Call))
        counts[name] = parameters.length;
      for (const construct of checker.getSignaturesOfType(type, SignatureKind.Construct)) {
        counts[name] = construct.parameters.length;
        for (const method of checker.getPropertiesOfType(checker.getReturnTypeOfSignature(construct)))
          count(`${name}#${method.name}`, checker.getTypeOfSymbol(method));
      }
    };
    for (const [name, type] of valuesOf(declarations)) count(name, type);
    return counts;
  });

/** Calls `use` with a function that returns the types of the values a file in js/ exports, and with TypeScript's checker. */
const inProject = (use) => {
  const api = new API({ cwd: root });
  try {
    const [{ program, checker }] = api.updateSnapshot({ openProjects: [PROJECTS[0]] }).getProjects();
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
