// What the name of a compiled function says: whose code it is, and the name in short.
//
// rustc and the standard library as it comes built have a style each: `<a::B as c::D>::e::h0123456789abcdef` and
// `<a[0123456789abcdef]::B as c[…]::D>::e`. What wasm-bindgen and C name has neither crate nor `::`.

/** The package's own crate, and how the crates that come with the compiler are called together. */
export const OWN = "webauthn_result";
export const STANDARD = "alloc, core, std";

const isStandard = (crate) => ["alloc", "core", "std", "__rustc", "compiler_builtins"].includes(crate);

/**
 * The first crate in the name that isn't the standard library's: a copy of generic code is there for whom it was made.
 *
 * @param {string} name
 * @param {boolean} isExported
 */
export const crateOf = (name, isExported) => {
  if (!name.includes("::")) return /^__(wbindgen|externref)_/.test(name) ? "wasm_bindgen" : isExported ? OWN : STANDARD;
  const crates = [...name.matchAll(/(?<![\w:])([a-z_]\w*)(?:\[\w+\])?::/g)].map(([, crate]) => crate);
  return crates.find((crate) => !isStandard(crate)) ?? STANDARD;
};

/** The parts between separators, but for those in brackets of any kind. */
const split = (text, separator) => {
  const parts = [""];
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    if (!depth && text.startsWith(separator, at)) {
      parts.push("");
      at += separator.length - 1;
      continue;
    }
    if ("<([{".includes(text[at])) depth++;
    if (">)]}".includes(text[at]) && text[at - 1] !== "-") depth--;
    parts.push(parts.pop() + text[at]);
  }
  return parts;
};

/** Crate, modules, type, function, with the type in place of `<type as trait>` and of `<impl trait for type>`. */
const pathOf = (name) =>
  split(name, "::").flatMap((part, index) => {
    if (!part.startsWith("<")) return part.replace(/\b(?:[a-z_]\w*::)+/g, "");
    const [type] = split(part.slice(1, -1), " as ");
    const path = pathOf(split(type.replace(/^impl /, ""), " for ").pop());
    return index ? path.slice(-1) : path;
  });

/**
 * The name without what only a linker needs: of our own crate's the modules, too, of others the crate and the last two.
 *
 * @param {string} name
 */
export const shorten = (name) => {
  const path = pathOf(
    name
      .replace(/( (externref|multivalue) shim)+$/, "")
      .replace(/::h[0-9a-f]{16}/g, "")
      .replace(/\[[0-9a-f]{16}\]/g, "")
      .replace(/::<(?!impl )/g, "<"),
  );
  const [crate, ...rest] = path;
  if (crate === OWN) return rest.join("::");
  return rest.length > 2 ? [crate, ...rest.slice(-2)].join("::") : path.join("::");
};
