// Turns wasm-bindgen's JavaScript into a factory that creates an instance on each call.
//
// The package replaces crashed instances, but wasm-bindgen's own code supports only one at a time. Its
// `--experimental-reset-state-function` replaces that one; but promises that the old instance listened to then reject, and
// the page sees their errors. Here the two share nothing, so the guard in js/loader.js can answer for the old one.

/** Replaces the only match. Throws if there is none or several, so that another version of wasm-bindgen fails the build. */
export const replaceOnce = (text, pattern, replacement, what) => {
  const matches = text.match(new RegExp(pattern, `${pattern.flags.replace("g", "")}g`)) ?? [];
  if (matches.length !== 1) throw new Error(`glue: ${what}: ${matches.length} matches, not 1`);
  return text.replace(pattern, replacement);
};

/** The file of wasm-bindgen's JavaScript, as the module names it. */
const GLUE = "./module_bg.js";

/**
 * Where wasm-bindgen keeps JavaScript values in an array, it leaves an import undefined: the end of the reserved slots. Its name
 * for what the pass for reference types defines.
 */
const UNDEFINED = "__wbindgen_externref_xform__";

/**
 * Hides the browser's own from wasm-bindgen, which then does as in an engine without it. A page may have replaced it by one that
 * throws, in the middle of a call. What it is for, closures that Rust has handed over for good, the module does not make.
 */
const NO_REGISTRY = "const FinalizationRegistry = undefined;";

/**
 * Returns the source of an ES module that exports `instantiate(module, guard)`, which resolves to the exported functions. With
 * `script` it is `instantiate(guard)`. It imports the files of js/ by wasm-bindgen's paths to its copies of them.
 *
 * @param {string} glue the output of `wasm-bindgen --target bundler`
 * @param {{ imports: string[][], exports: string[][] }} names the short names at the boundary
 * @param {string=} script the JavaScript module to instantiate instead of a WebAssembly module
 */
export const wrapGlueAsFactory = (glue, { imports, exports }, script) => {
  // Imports cannot stand in a function, and neither can exports.
  const lines = [...glue.matchAll(/^import .*$/gm)].map(([line]) => line);
  const exported = [...glue.matchAll(/^export (?:function|class) (\w+)/gm)].map(([, name]) => name);
  let text = glue.replace(/^import .*$/gm, "").replace(/^export /gm, "");

  // wasm-opt shortened the names of what the module exports.
  const shortNames = new Map(exports.map(([name, short]) => [name, short]));
  text = text.replace(/\bwasm\.(\w+)/g, (_, name) => {
    if (!shortNames.has(name)) throw new Error(`glue: the module does not export ${name}`);
    return `wasm[${JSON.stringify(shortNames.get(name))}]`;
  });

  const given = imports.map(([module, name, short]) => {
    let value = name;
    if (module === UNDEFINED) value = "() => 1028";
    else if (module !== GLUE) {
      value = `imported_${name}`;
      lines.push(`import { ${name} as ${value} } from ${JSON.stringify(module)};`);
    }
    return `${JSON.stringify(short)}: ${value}`;
  });
  // The others are functions that the module imports, and what is called below.
  const api = exported.filter((name) => !name.startsWith("__wb") && name !== "start");
  const start = shortNames.get("__wbindgen_start");
  if (script) text = patchForWasm2js(text);

  return `
${script ? `import { instantiate as link } from ${JSON.stringify(script)};` : `import { link } from "./compile.js";`}
${lines.join("\n")}
export const instantiate = async (${script ? "" : "module, "}guard) => {
  ${NO_REGISTRY}
  ${text}
  const imports = { a: { ${given.join(", ")} } };
  __wbg_set_wasm(guard(${script ? "link(imports)" : "(await link(module, imports)).exports"}));
  ${start ? `wasm[${JSON.stringify(start)}]();` : ""}
  return { ${api.join(", ")} };
};
`;
};

/** Keeps a crashed instance from returning what the one before it left in memory, and from being asked for a slot's value. */
const patchForWasm2js = (text) => {
  if (!text.includes("if (idx < 1028) return;")) throw new Error("glue: the reserved slots are not 1028");
  // Up to four numbers, through memory.
  text = text.replace(
    /^( +)const retptr = .*;$/gm,
    "$&\n$1for (const at of [0, 8]) getDataViewMemory0().setFloat64(retptr + at, 0);",
  );
  // `guard` may return an object instead of a slot; pass it to the caller.
  return replaceOnce(
    text,
    /^function takeObject\(idx\) \{$/m,
    '$&\n    if (typeof idx == "object") return idx;',
    "results by their slots",
  );
};
