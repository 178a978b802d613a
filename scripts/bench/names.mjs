// Converts the names of imports and exports to those in the sources.

/**
 * The name of an import, from the compiler's name: `webauthn_result::host::text_of::__wbg_get_…::h…` is
 * `host::text_of`. wasm-bindgen names its casts by their types: `Ref(String) -> Externref`.
 */
export const nameOfImport = (compiled) => {
  const cast = compiled.match(/^(?:Ref\()?(\w+).* -> \w+$/);
  if (cast) return `cast of ${cast[1]}`;
  return compiled
    .replace(/::h[0-9a-f]{16}$/, "")
    .replace(/::__wbg_\w+$/, "")
    .replace(/<impl \S+ for ([\w:]+)>/, "$1")
    .replace(/<[^<>]*>/g, "")
    .replace(/^.*::gen_\w+::/, "web_sys::")
    .replace(/^webauthn_result::/, "");
};

/** The name of an export. */
export const nameOfExport = (exported) =>
  /closures_+invoke/.test(exported) ? "a closure, called by a promise" : exported.replace(/_+h[0-9a-f]{16}$/, "");

/** Adds up counts by name, the most frequent first. */
export const countByName = (counts, nameOf) => {
  const named = {};
  for (const [short, count] of Object.entries(counts)) named[nameOf(short)] = (named[nameOf(short)] ?? 0) + count;
  return Object.entries(named)
    .map(([name, count]) => ({ name, count }))
    .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
};
