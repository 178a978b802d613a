// Each byte of a module is counted once, for the crate that its code comes from, under a readable name.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { measure } from "./bytes.mjs";
import { functionNames, readNumber } from "./sections.mjs";
import { crateOf, shorten } from "./symbols.mjs";

const number = (value) => (value < 128 ? [value] : [(value & 127) | 128, ...number(value >>> 7)]);
const text = (value) => [...number(Buffer.byteLength(value)), ...Buffer.from(value)];
const list = (items) => [...number(items.length), ...items.flat()];
const section = (id, content) => [id, ...number(content.length), ...content];

const HASH = "h0123456789abcdef";

/** After an import: an export of ours, generic code for a type of ours, a C function, and one without a name. */
const NAMES = [
  [0, `webauthn_result::host::now::${HASH}`],
  [1, "run externref shim"],
  [2, `core::ptr::drop_in_place<alloc::sync::Arc<webauthn_result::ceremony::Task>>::${HASH}`],
  [3, "fmin"],
];

/** A function body of this length without locals. */
const body = (length) => {
  const content = [0, ...new Array(length - 2).fill(0x01), 0x0b];
  return [...number(content.length), ...content];
};

const createModule = ({ lengths = [300, 20, 10, 5], names } = {}) =>
  Buffer.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, list([[0x60, 0, 0]])),
    ...section(2, list([[...text("a"), ...text("b"), 0, 0]])),
    ...section(3, list(lengths.map(() => [0]))),
    ...section(5, list([[0, 1]])),
    ...section(
      7,
      list([
        [...text("m"), 2, 0],
        [...text("c"), 0, 1],
      ]),
    ),
    ...section(10, list(lengths.map(body))),
    ...section(11, list([[0, 0x41, 0, 0x0b, ...text("a text of the module")]])),
    ...(names
      ? section(0, [
          ...text("name"),
          ...section(0, text("module")),
          ...section(1, list(names.map(([index, name]) => [...number(index), ...text(name)]))),
          ...section(2, list([[...number(1), ...list([[0, ...text("local")]])]])),
        ])
      : []),
  ]);

const wasm = createModule();
const names = {
  exports: [
    ["memory", "m"],
    ["run", "c"],
  ],
};

describe("the bytes of a module", () => {
  const { total, parts, functions } = measure({ wasm, named: createModule({ names: NAMES }), names });

  test("each is counted once", () => {
    assert.equal(total, wasm.length);
    assert.equal(
      parts.reduce((sum, [, bytes]) => sum + bytes, 0),
      wasm.length,
    );
  });

  test("they are listed by function, including its length field, the largest first", () => {
    assert.deepEqual(functions, [
      { name: "run", crate: "webauthn_result", bytes: 302 },
      { name: "core::ptr::drop_in_place<Arc<Task>>", crate: "webauthn_result", bytes: 21 },
      { name: "fmin", crate: "alloc, core, std", bytes: 11 },
      { name: "merged by wasm-opt", crate: "merged by wasm-opt", bytes: 6 },
    ]);
  });

  test("they are listed by crate, then data and other bytes", () => {
    assert.deepEqual(parts.slice(0, -1), [
      ["webauthn_result", 323],
      ["alloc, core, std", 11],
      ["merged by wasm-opt", 6],
      ["data: strings, tables", 28],
    ]);
  });

  test("names of another module are refused", () => {
    const named = createModule({ names: NAMES, lengths: [300, 10, 20, 5] });
    assert.throws(() => measure({ wasm, named, names }), /another module/);
  });

  test("a module without names has none", () => assert.deepEqual(functionNames(wasm), []));

  test("a number is read up to its last byte, up to 32 bits", () => {
    for (const value of [0, 127, 128, 624_485, 2 ** 32 - 1])
      assert.deepEqual(readNumber([9, ...number(value), 9], 1), [value, 1 + number(value).length]);
  });
});

describe("the name of a function", () => {
  // Names by rustc, its standard library, wasm-bindgen and C, with their crates and short names.
  const KNOWN = [
    [
      `<webauthn_result::executor::Task as alloc::task::Wake>::wake::${HASH}`,
      "webauthn_result",
      "executor::Task::wake",
    ],
    [`webauthn_result::ceremony::run::{{closure}}::${HASH}`, "webauthn_result", "ceremony::run::{{closure}}"],
    [`alloc::raw_vec::RawVecInner<A>::finish_grow::${HASH}`, "alloc, core, std", "alloc::RawVecInner<A>::finish_grow"],
    [
      "<alloc[3ca501edff3f0c7c]::alloc::Global as core[c5930c85a12de822]::alloc::Allocator>::deallocate",
      "alloc, core, std",
      "alloc::Global::deallocate",
    ],
    [
      "core[c5930c85a12de822]::ptr::drop_in_place::<alloc[3ca501edff3f0c7c]::string::String>",
      "alloc, core, std",
      "core::ptr::drop_in_place<String>",
    ],
    ["<&str as core[c5930c85a12de822]::any::Any>::type_id", "alloc, core, std", "&str::type_id"],
    ["__rustc[b7974e8690430dd9]::__rust_realloc", "alloc, core, std", "__rustc::__rust_realloc"],
    [
      `<lol_alloc::free_list_allocator::FreeListAllocator<T> as core::alloc::global::GlobalAlloc>::alloc::${HASH}`,
      "lol_alloc",
      "lol_alloc::FreeListAllocator<T>::alloc",
    ],
    [
      `<js_sys::futures::JsFuture<T,E> as core::convert::From<js_sys::Promise<T,E>>>::from::${HASH}`,
      "js_sys",
      "js_sys::JsFuture<T,E>::from",
    ],
    [
      `core::ptr::drop_in_place<alloc::rc::Rc<core::cell::RefCell<js_sys::futures::Inner>>>::${HASH}`,
      "js_sys",
      "core::ptr::drop_in_place<Rc<RefCell<Inner>>>",
    ],
    [
      `wasm_bindgen::convert::slices::<impl wasm_bindgen::convert::traits::FromWasmAbi for alloc::string::String>::from_abi::${HASH}`,
      "wasm_bindgen",
      "wasm_bindgen::String::from_abi",
    ],
    [
      `wasm_bindgen::convert::closures::<impl wasm_bindgen::closure::WasmClosureFnOnce<dyn core::ops::function::FnMut<(A,)>+Output = R,A,R> for T>::into_fn_mut::{{closure}}::${HASH}`,
      "wasm_bindgen",
      "wasm_bindgen::into_fn_mut::{{closure}}",
    ],
    [
      `wasm_bindgen::convert::closures::_::invoke::${HASH} externref shim multivalue shim`,
      "wasm_bindgen",
      "wasm_bindgen::_::invoke",
    ],
    [
      `<core::option::Option<T> as serde::de::Deserialize>::deserialize::${HASH}`,
      "serde",
      "core::Option<T>::deserialize",
    ],
    ["__wbindgen_malloc", "wasm_bindgen", "__wbindgen_malloc"],
    ["fmin", "alloc, core, std", "fmin"],
  ];
  for (const [name, crate, short] of KNOWN)
    test(`${short} counts for ${crate}`, () => {
      assert.equal(crateOf(name, false), crate);
      assert.equal(shorten(name), short);
    });

  test("an export with a name of its own is ours", () => {
    assert.equal(crateOf("begin", true), "webauthn_result");
    assert.equal(crateOf("__wbindgen_malloc", true), "wasm_bindgen");
  });
});
