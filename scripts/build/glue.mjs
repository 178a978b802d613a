// Turns wasm-bindgen's JavaScript into a factory that creates an instance on each call.
//
// The package replaces crashed instances, but wasm-bindgen's own code supports only one instance per page.

import { join } from "node:path";

/** Replaces the only match. Throws if there is none or several, so that another version of wasm-bindgen fails the build. */
export const replaceOnce = (text, pattern, replacement, what) => {
  const matches = text.match(new RegExp(pattern, `${pattern.flags.replace("g", "")}g`)) ?? [];
  if (matches.length !== 1) throw new Error(`glue: ${what}: ${matches.length} matches, not 1`);
  return text.replace(pattern, replacement);
};

const quoteForRegExp = (text) => text.replace(/[$.*+?^()[\]{}|\\]/g, "\\$&");

/** Defined by wasm-bindgen itself, unless it keeps JavaScript values in an array: the end of the reserved slots. */
const EXTERNREF_STATICS_STUB = "__wbindgen_externref_statics_end: () => 1028";

/** Code that the package does not need: its pattern, its replacement and its name for error messages. */
const UNUSED = [
  // Every string argument comes with a function that allocates.
  [/^ {4}if \(realloc === undefined\) \{\n[\s\S]*?\n {4}\}\n/m, "", "strings without realloc"],
  // Every engine with reference types has `encodeInto`.
  [/^if \(!\('encodeInto' in cachedTextEncoder\)\) \{\n[\s\S]*?\n\}$/m, "", "encodeInto"],
  // For pages that pass gigabytes of text.
  [/^ +numBytesDecoded \+= [\s\S]*?\n {4}\}\n/m, "", "gigabytes of text"],
  // Every promise with a closure settles (see js/host.js), which frees the closure without the garbage collector.
  [
    /^(const CLOSURE_DTORS = )\(typeof FinalizationRegistry === 'undefined'\)\n {4}\? (\{.*\})\n.*;$/m,
    "$1$2;",
    "the finalization registry of closures",
  ],
];

/**
 * Returns the source of an ES module that exports `instantiate(module, guard)`, which resolves to the exported functions. With
 * `script` it is `instantiate(guard)`.
 *
 * @param {string} glue the output of `wasm-bindgen --target web`
 * @param {{ imports: string[][], exports: string[][] }} names the short names at the boundary
 * @param {string} folder the path of js/
 * @param {string=} script the JavaScript module to instantiate instead of a WebAssembly module
 */
export const wrapGlueAsFactory = (glue, { imports, exports }, folder, script) => {
  let text = glue.replace(/^import \* as import\d+ from "[^"]*"\n/gm, "");
  for (const [pattern, rest, what] of UNUSED) if (text.match(pattern)) text = replaceOnce(text, pattern, rest, what);
  // The names that Rust imports, by file in js/.
  const imported = new Map();
  const importFrom = (path, names) => {
    const file = path.match(/^\.\/snippets\/[^/]+\/js\/(.+)$/)[1];
    imported.set(file, [...(imported.get(file) ?? []), names]);
  };
  text = text.replace(/^import \{ (.*) \} from '(\.\/snippets\/[^']*)';$/gm, (_, names, path) => {
    importFrom(path, names);
    return "";
  });

  // js/loader.js instantiates the module, so the code that loads it by its URL is removed.
  text = replaceOnce(text, /^let wasmModule, wasmInstance, wasm;\n[\s\S]*$/m, "", "wasm-bindgen's init");
  // `start` is called below, under wasm-bindgen's own name for it.
  const api = [...text.matchAll(/^export (?:function|class) (\w+)/gm)]
    .map(([, name]) => name)
    .filter((name) => name !== "start");
  text = text.replace(/^export (function|class)/gm, "$1");

  // Removes the functions that the module no longer imports after wasm-opt.
  const wanted = new Set(imports.map(([, name]) => name));
  text = text.replace(/^ {8}(\w+): function[\s\S]*?^ {8}\}(?:, arguments\); \})?,\n/gm, (entry, name) =>
    wanted.has(name) ? entry : "",
  );

  // Builds the object of imports, with the short names.
  const direct = [];
  for (const [module, name, short] of imports) {
    if (module.startsWith("./snippets/")) {
      importFrom(module, `${name} as direct_${name}`);
      direct.push([name, short]);
    } else if (EXTERNREF_STATICS_STUB.startsWith(name))
      text = text.replace(
        "const import0 = {",
        `$& ${JSON.stringify(short)}${EXTERNREF_STATICS_STUB.slice(name.length)},`,
      );
    else
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

  if (script) text = patchForWasm2js(text);

  const lines = [...imported].map(
    ([file, names]) => `import { ${names.join(", ")} } from ${JSON.stringify(join(folder, file))};`,
  );
  return `
${script ? `import { instantiate as link } from ${JSON.stringify(script)};` : `import { link } from ${JSON.stringify(join(folder, "compile.js"))};`}
${lines.join("\n")}
export const instantiate = async (${script ? "" : "module, "}guard) => {
  let wasm;
  ${text}
  const imports = __wbg_get_imports();
  wasm = guard(${script ? "link(imports)" : "(await link(module, imports)).exports"});
  ${start ? `wasm[${JSON.stringify(start[1])}]();` : ""}
  return { ${api.join(", ")} };
};
`;
};

/** Keeps a crashed instance from returning stale results, from memory or from a slot. */
const patchForWasm2js = (text) => {
  if (!text.includes("if (idx < 1028) return;")) throw new Error("glue: the reserved slots are not 1028");
  text = replaceOnce(
    text,
    /^( +)const retptr = .*;$/m,
    "$&\n$1getDataViewMemory0().setFloat64(retptr, 0);",
    "results through memory",
  );
  // `guard` may return an object instead of a slot; pass it to the caller.
  return replaceOnce(
    text,
    /^function takeObject\(idx\) \{$/m,
    '$&\n    if (typeof idx == "object") return idx;',
    "results by their slots",
  );
};
