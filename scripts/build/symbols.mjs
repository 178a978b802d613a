// Extracts from the name of a compiled function its crate and a short name.
//
// rustc and the prebuilt standard library use different styles: `<a::B as c::D>::e::h0123456789abcdef` and
// `<a[0123456789abcdef]::B as c[…]::D>::e`. Names by wasm-bindgen and C have neither crate nor `::`.

/** The package's own crate, and the label for the crates of the compiler. */
export const OWN = "webauthn_result";
export const STANDARD = "alloc, core, std";

const isStandard = (crate) => ["alloc", "core", "std", "__rustc", "compiler_builtins"].includes(crate);

/**
 * The first crate in the name that is not part of the standard library. So generic code counts for the crate of its types.
 *
 * @param {string} name
 * @param {boolean} isExported
 */
export const crateOf = (name, isExported) => {
  if (!name.includes("::")) return /^__(wbindgen|externref)_/.test(name) ? "wasm_bindgen" : isExported ? OWN : STANDARD;
  const crates = [...name.matchAll(/(?<![\w:])([a-z_]\w*)(?:\[\w+\])?::/g)].map(([, crate]) => crate);
  return crates.find((crate) => !isStandard(crate)) ?? STANDARD;
};

/** Splits at separators outside brackets of any kind. */
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

/** Crate, modules, type and function. `<type as trait>` and `<impl trait for type>` are reduced to the type. */
const pathOf = (name) =>
  split(name, "::").flatMap((part, index) => {
    if (!part.startsWith("<")) return part.replace(/\b(?:[a-z_]\w*::)+/g, "");
    const [type] = split(part.slice(1, -1), " as ");
    const path = pathOf(split(type.replace(/^impl /, ""), " for ").pop());
    return index ? path.slice(-1) : path;
  });

/**
 * Shortens a name. Keeps the modules for our own crate, and only the crate and the last two parts for others.
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
