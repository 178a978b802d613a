// wasm-bindgen's JavaScript, made into a factory: every call of it makes an instance of its own.
//
// The package replaces an instance that crashed, which wasm-bindgen's own form, one instance a page, cannot do.

import { join } from "node:path";

/** Replaces the one match there is; another wasm-bindgen fails the build rather than the page. */
export const replaceOnce = (text, pattern, replacement, what) => {
  const matches = text.match(new RegExp(pattern, `${pattern.flags.replace("g", "")}g`)) ?? [];
  if (matches.length !== 1) throw new Error(`glue: ${what}: ${matches.length} matches, not 1`);
  return text.replace(pattern, replacement);
};

const quoteForRegExp = (text) => text.replace(/[$.*+?^()[\]{}|\\]/g, "\\$&");

/** What wasm-bindgen puts in place itself, except where it keeps JavaScript's values in an array: its reserved slots. */
const STATICS_END = "__wbindgen_externref_statics_end: () => 1028";

/** What the package has no use for: where it is, and what is left of it. */
const UNUSED = [
  // Every text comes with what makes room for it.
  [/^ {4}if \(realloc === undefined\) \{\n[\s\S]*?\n {4}\}\n/m, "", "texts without realloc"],
  // What has references to JavaScript's values in WebAssembly has this, too.
  [/^if \(!\('encodeInto' in cachedTextEncoder\)\) \{\n[\s\S]*?\n\}$/m, "", "encodeInto"],
  // A page that passes on gigabytes of text.
  [/^ +numBytesDecoded \+= [\s\S]*?\n {4}\}\n/m, "", "texts of gigabytes"],
  // Whatever a closure waits for settles: js/host.js sees to that. Then it is gone without the garbage collector.
  [
    /\(typeof FinalizationRegistry === 'undefined'\)\n {4}\? (\{.*\})\n.*;$/m,
    "$1;",
    "what frees closures that nobody called",
  ],
];

/**
 * An ES module that exports `instantiate(module, guard)`, a promise of the exported functions; with `script`
 * `instantiate(guard)`.
 *
 * @param {string} glue what `wasm-bindgen --target web` wrote
 * @param {{ imports: string[][], exports: string[][] }} names the short names at the boundary
 * @param {string} folder the path of js/
 * @param {string=} script the module that is to be instantiated in place of a WebAssembly one
 */
export const makeFactory = (glue, { imports, exports }, folder, script) => {
  let text = glue.replace(/^import \* as import\d+ from "[^"]*"\n/gm, "");
  for (const [pattern, rest, what] of UNUSED) if (text.match(pattern)) text = replaceOnce(text, pattern, rest, what);
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
  // The start is made below, once, by the name that wasm-bindgen gives it.
  const api = [...text.matchAll(/^export (?:function|class) (\w+)/gm)]
    .map(([, name]) => name)
    .filter((name) => name !== "start");
  text = text.replace(/^export (function|class)/gm, "$1");

  // What wasm-opt found that nobody imports.
  const wanted = new Set(imports.map(([, name]) => name));
  text = text.replace(/^ {8}(\w+): function[\s\S]*?^ {8}\}(?:, arguments\); \})?,\n/gm, (entry, name) =>
    wanted.has(name) ? entry : "",
  );

  // One object of imports, by the short names.
  const direct = [];
  for (const [module, name, short] of imports) {
    if (module.startsWith("./snippets/")) {
      importFrom(module, `${name} as direct_${name}`);
      direct.push([name, short]);
    } else if (STATICS_END.startsWith(name))
      text = text.replace("const import0 = {", `$& ${JSON.stringify(short)}${STATICS_END.slice(name.length)},`);
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

  if (script) text = forScript(text);

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

/** An instance that crashed has no results: neither what happened to be in memory, nor what was in a slot. */
const forScript = (text) => {
  if (!text.includes("if (idx < 1028) return;")) throw new Error("glue: the reserved slots are not 1028");
  text = replaceOnce(
    text,
    /^( +)const retptr = .*;$/m,
    "$&\n$1getDataViewMemory0().setFloat64(retptr, 0);",
    "results through memory",
  );
  // What `guard` answers in place of a slot goes back to who called.
  return replaceOnce(
    text,
    /^function takeObject\(idx\) \{$/m,
    '$&\n    if (typeof idx == "object") return idx;',
    "results by their slots",
  );
};
