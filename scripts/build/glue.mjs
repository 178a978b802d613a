// wasm-bindgen's JavaScript, made into a factory: every call of it makes an instance of its own.
//
// The package replaces an instance that crashed, which wasm-bindgen's own form, one instance a page, cannot do.

import { join } from "node:path";

/** Replaces the one match there is; another wasm-bindgen fails the build rather than the page. */
const replaceOnce = (text, pattern, replacement, what) => {
  const matches = text.match(new RegExp(pattern, `${pattern.flags.replace("g", "")}g`)) ?? [];
  if (matches.length !== 1) throw new Error(`glue: ${what}: ${matches.length} matches, not 1`);
  return text.replace(pattern, replacement);
};

const quoteForRegExp = (text) => text.replace(/[$.*+?^()[\]{}|\\]/g, "\\$&");

/**
 * An ES module that exports `instantiate(module, guard)`, a promise of the exported functions.
 *
 * @param {string} glue what `wasm-bindgen --target web` wrote
 * @param {{ imports: string[][], exports: string[][] }} names the short names at the boundary
 * @param {string} folder the path of js/
 */
export const makeFactory = (glue, { imports, exports }, folder) => {
  let text = glue.replace(/^import \* as import\d+ from "[^"]*"\n/gm, "");
  // What Rust imports, by the file in js/.
  const imported = new Map();
  const importFrom = (path, names) => {
    const file = path.match(/^\.\/snippets\/[^/]+\/js\/(.+)$/)[1];
    imported.set(file, [...(imported.get(file) ?? []), names]);
  };
  text = text.replace(/^import \{ (.*) \} from '(\.\/snippets\/[^']*)';$/gm, (_, names, path) => {
    importFrom(path, names);
    return "";
  });

  // Our own start takes the place of everything that loads the module by its address.
  text = replaceOnce(text, /^let wasmModule, wasmInstance, wasm;\n[\s\S]*$/m, "", "wasm-bindgen's init");
  const api = [...text.matchAll(/^export (?:function|class) (\w+)/gm)].map(([, name]) => name);
  text = text.replace(/^export (function|class)/gm, "$1");

  // One object of imports, by the short names.
  const direct = [];
  for (const [module, name, short] of imports) {
    if (module.startsWith("./snippets/")) {
      importFrom(module, `${name} as direct_${name}`);
      direct.push([name, short]);
    } else
      text = replaceOnce(
        text,
        new RegExp(`^(\\s+)${quoteForRegExp(name)}: function`, "m"),
        `$1${JSON.stringify(short).replace(/\$/g, "$$$$")}: function`,
        name,
      );
  }
  text = replaceOnce(
    text,
    /^ {4}return \{\n {8}__proto__: null,\n(?: {8}".*": import\d+,\n)+ {4}\};$/m,
    `    return { a: { ${["...import0", ...direct.map(([name, short]) => `${JSON.stringify(short)}: direct_${name}`)].join(", ")} } };`,
    "the object of imports",
  );
  for (const [name, short] of exports)
    text = text.replace(new RegExp(`\\bwasm\\.${quoteForRegExp(name)}\\b`, "g"), `wasm[${JSON.stringify(short)}]`);
  const unnamed = text.match(/\bwasm\.\w+/);
  if (unnamed) throw new Error(`glue: ${unnamed[0]} has no short name`);
  const start = exports.find(([name]) => name === "__wbindgen_start");

  const lines = [...imported].map(
    ([file, names]) => `import { ${names.join(", ")} } from ${JSON.stringify(join(folder, file))};`,
  );
  return `
${lines.join("\n")}
export const instantiate = async (module, guard) => {
  let wasm;
  ${text}
  const instance = await WebAssembly.instantiate(module, __wbg_get_imports());
  wasm = guard(instance.exports);
  wasm[${JSON.stringify(start[1])}]();
  return { ${api.join(", ")} };
};
`;
};
