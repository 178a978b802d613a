// Which globals the code reads: of JavaScript by its syntax tree, the glue included, and of Rust by its calls of `global`.

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

import { parse } from "acorn";
import { full, fullAncestor } from "acorn-walk";

import { root } from "../../../../scripts/run.mjs";

/** The files of the package that a user's page never loads: those of servers, and of tests. */
const ELSEWHERE = /^(ciba-(node|workerd)|testing)\.js$/;

/** Methods of every function, not of the global that they are called on. */
const CALLS = ["call", "apply", "bind"];

/** The names that a program binds anywhere. The builds rename variables, so that none has the name of a global. */
const boundNames = (program) => {
  const names = new Set(["arguments"]);
  full(program, (node, _, type) => {
    if (type === "VariablePattern") names.add(node.name);
    if (/^Import.*Specifier$/.test(node.type)) names.add(node.local.name);
  });
  return names;
};

const keyOf = ({ property, computed }) =>
  computed ? (typeof property.value === "string" ? property.value : undefined) : property.name;

/** The paths that an expression reads of the global `name`; `ancestors` are the nodes around it, from the outside. */
const pathsOf = (name, ancestors) => {
  const paths = [];
  let path = name === "globalThis" ? [] : [name];
  let inner = ancestors.at(-1);
  const add = (key) => {
    path = [...path, key];
    paths.push(path.join("."));
  };
  if (path.length) paths.push(name);
  for (const outer of ancestors.slice(0, -1).reverse()) {
    if (outer.type === "MemberExpression" && outer.object === inner) {
      const key = keyOf(outer);
      if (key === undefined || (CALLS.includes(key) && name !== "Reflect")) break;
      add(key);
    } else if (outer.type === "VariableDeclarator" && outer.id.type === "ObjectPattern" && outer.init === inner) {
      const before = path;
      for (const { key } of outer.id.properties) {
        path = before;
        if (key) add(key.name);
      }
      break;
    } else if (outer.type !== "ChainExpression" && !(outer.type === "LogicalExpression" && outer.left === inner)) break;
    inner = outer;
  }
  return paths;
};

/** The paths of the globals that a script reads, e.g. `navigator.credentials`. */
export const readsOfScript = (code) => {
  const program = parse(code, { ecmaVersion: "latest", sourceType: "module" });
  const bound = boundNames(program);
  const reads = new Set();
  fullAncestor(program, (node, _, ancestors, type) => {
    if (type !== "Expression" && node.type !== "Identifier") return;
    if (node.type === "Identifier" && type !== "VariablePattern" && !bound.has(node.name))
      for (const path of pathsOf(node.name, ancestors)) reads.add(path);
  });
  return reads;
};

/**
 * The globals that Rust reads by name. With each are the names in the same function, any of which may be one that it reads of
 * that global.
 */
export const readsOfRust = (code) => {
  const reads = [];
  for (const text of code.split(/^(?=\s*(?:pub(?:\(\w+\))? )?(?:async )?fn )/m)) {
    const names = [...text.matchAll(/"([A-Za-z_$][\w$]*)"/g)].map(([, name]) => name);
    for (const [, argument] of text.matchAll(/(?<!fn )\bglobal\(([^)]*)\)/g)) {
      const [, name] = /^"(\w+)"$/.exec(argument) ?? [];
      if (!name) throw new Error(`global(${argument}): only a literal name can be checked`);
      reads.push({ name, names: names.filter((other) => other !== name) });
    }
  }
  return reads;
};

/** What the package reads: paths of its scripts, and of its Rust code each global with names that may be its properties. */
export const readsOfPackage = async () => {
  const paths = new Set();
  for (const name of await readdir(join(root, "pkg")))
    if (name.endsWith(".js") && !ELSEWHERE.test(name))
      for (const path of readsOfScript(await readFile(join(root, "pkg", name), "utf8"))) paths.add(path);
  const rust = [];
  for (const name of await readdir(join(root, "src"), { recursive: true }))
    if (name.endsWith(".rs") && !/(^|\/)tests(\.rs$|\/)/.test(name))
      rust.push(...readsOfRust(await readFile(join(root, "src", name), "utf8")));
  return { paths: [...paths].sort(), rust };
};
