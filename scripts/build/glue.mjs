// wasm-bindgen's JavaScript, made into a factory: every call of it makes an instance of its own.
//
// The package replaces an instance that crashed, which wasm-bindgen's own form, one instance a page, cannot do.

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
 * @param {string} host the path of js/host.js
 */
export const makeFactory = (glue, { imports, exports }, host) => {
  let text = glue.replace(/^import \* as import\d+ from "[^"]*"\n/gm, "");
  const [, functions] = text.match(/^import \{ (.*) \} from '\.\/snippets\/[^']*host\.js';$/m) ?? [];
  if (!functions) throw new Error("glue: no import of js/host.js");
  text = replaceOnce(text, /^import \{ .* \} from '\.\/snippets\/[^']*';$/m, "", "import of js/host.js");

  // Our own start takes the place of everything that loads the module by its address.
  text = replaceOnce(text, /^let wasmModule, wasmInstance, wasm;\n[\s\S]*$/m, "", "wasm-bindgen's init");
  const api = [...text.matchAll(/^export function (\w+)/gm)].map(([, name]) => name);
  text = text.replace(/^export function/gm, "function");

  // One object of imports, by the short names.
  const direct = [];
  for (const [module, name, short] of imports) {
    if (module.endsWith("/host.js")) direct.push([name, short]);
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
    `    return { a: { ${["...import0", ...direct.map(([name, short]) => `${JSON.stringify(short)}: host_${name}`)].join(", ")} } };`,
    "the object of imports",
  );
  for (const [name, short] of exports)
    text = text.replace(new RegExp(`\\bwasm\\.${quoteForRegExp(name)}\\b`, "g"), `wasm[${JSON.stringify(short)}]`);
  const unnamed = text.match(/\bwasm\.\w+/);
  if (unnamed) throw new Error(`glue: ${unnamed[0]} has no short name`);
  const start = exports.find(([name]) => name === "__wbindgen_start");

  return `
import { ${functions}${direct.map(([name]) => `, ${name} as host_${name}`).join("")} } from ${JSON.stringify(host)};
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
