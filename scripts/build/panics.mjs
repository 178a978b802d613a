// Replaces panics by traps, and removes the panic messages and the code that formats them.
//
// The guard around an instance (js/loader.js) handles both in the same way, and a page never shows the message. The standard
// library contains this code whatever the profile says, and stable Rust cannot rebuild it.

import binaryen from "binaryen";

/** The functions of the standard library that panic or format panic messages, by name. */
const PANIC_FUNCTIONS = [
  /^core\[\w+\]::panicking::/,
  /^<?std\[\w+\]::panicking::/,
  /^core\[\w+\]::cell::panic_/,
  /^__rustc\[\w+\]::rust_begin_unwind$/,
  /^alloc\[\w+\]::raw_vec::(capacity_overflow|handle_error)$/,
  /^alloc\[\w+\]::alloc::handle_alloc_error$/,
  /^(<&\w+ as |<?)core\[\w+\]::fmt::/,
  /^<alloc\[\w+\]::string::String as core\[\w+\]::fmt::Write>::/,
];

/** Their messages. */
const PANIC_MESSAGES = [
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

/** The source file of a panic. */
const PANIC_LOCATION = /(?:\/rustc\/\w+\/library|crates|src)\/[\w./-]+?\.rs/g;

/**
 * Replaces panics by traps. The names of functions are kept.
 *
 * @param {Buffer} wasm with the names of its functions
 */
export const trapAtPanics = (wasm) => {
  const blank = (text) => "\0".repeat(text.length);
  const text = PANIC_MESSAGES.reduce(
    (text, message) => text.replaceAll(message, blank),
    wasm.toString("latin1").replace(PANIC_LOCATION, blank),
  );
  const module = binaryen.readBinary(Buffer.from(text, "latin1"));
  const functions = Array.from({ length: module.getNumFunctions() }, (_, index) =>
    binaryen.getFunctionInfo(module.getFunctionByIndex(index)),
  );
  for (const pattern of PANIC_FUNCTIONS) {
    const matches = functions.filter(({ name }) => pattern.test(name));
    if (!matches.length)
      throw new Error(
        `panics: no function matches ${pattern}. Check the names in this version of the standard library.`,
      );
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
