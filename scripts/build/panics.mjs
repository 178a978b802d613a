// A panic becomes a trap at once: the text that nobody would see, and what would write it, stay out of the module.
//
// The guard around an instance (js/loader.js) answers both in the same way, and a page has no place for that text. The
// standard library brings it along whatever the profile says, unless one builds it anew, for which stable Rust has no way.

import binaryen from "binaryen";

/** Functions by their names in the standard library: they end the program, or write text for those that do. */
const UNUSED = [
  /^core\[\w+\]::panicking::/,
  /^<?std\[\w+\]::panicking::/,
  /^core\[\w+\]::cell::panic_/,
  /^__rustc\[\w+\]::rust_begin_unwind$/,
  /^alloc\[\w+\]::raw_vec::(capacity_overflow|handle_error)$/,
  /^alloc\[\w+\]::alloc::handle_alloc_error$/,
  /^(<&\w+ as |<?)core\[\w+\]::fmt::/,
  /^<alloc\[\w+\]::string::String as core\[\w+\]::fmt::Write>::/,
];

/** What they would say. */
const SAID = [
  "RefCell already borrowed",
  "RefCell already mutably borrowed",
  "capacity overflow",
  "Tried to shrink to a larger capacity",
  "FnOnce called more than once",
  "finish: callbacks should be Some",
  "finish: result should be None",
  "assertion `left ",
  " right` failed",
  "index out of bounds: the len is ",
  " but the index is ",
  "cannot access a Thread Local Storage value during or after destruction",
];

/** Where in the sources a panic is. */
const PLACE = /(?:\/rustc\/\w+\/library|crates|src)\/[\w./-]+?\.rs/g;

/**
 * The module with traps in place of panics, and still with the names of its functions.
 *
 * @param {Buffer} wasm with the names of its functions
 */
export const trapAtPanics = (wasm) => {
  const blank = (text) => "\0".repeat(text.length);
  const text = SAID.reduce((text, said) => text.replaceAll(said, blank), wasm.toString("latin1").replace(PLACE, blank));
  const module = binaryen.readBinary(Buffer.from(text, "latin1"));
  const functions = Array.from({ length: module.getNumFunctions() }, (_, index) =>
    binaryen.getFunctionInfo(module.getFunctionByIndex(index)),
  );
  for (const pattern of UNUSED) {
    const matches = functions.filter(({ name }) => pattern.test(name));
    if (!matches.length)
      throw new Error(`panics: no function is named as ${pattern}: does the standard library have other names?`);
    for (const { name, params, results } of matches) {
      module.removeFunction(name);
      module.addFunction(name, params, results, [], module.unreachable());
    }
  }
  binaryen.setDebugInfo(true);
  const trapping = module.emitBinary();
  module.dispose();
  return trapping;
};
