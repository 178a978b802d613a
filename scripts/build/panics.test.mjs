// Which functions may become traps, by their mangled names, and from which modules panics can be removed at all.

import assert from "node:assert/strict";
import { test } from "node:test";

import { isStandard, removePanics } from "./panics.mjs";

/** By whether they are the standard library's alone. The last one of each is made up. */
const NAMES = {
  true: [
    "_RNvNtCsgXGp5Oqx2Ny_4core9panicking9panic_fmt",
    "_RINvNtCsgXGp5Oqx2Ny_4core9panicking13assert_failedjjEB4_",
    "_RNvNtNtCsebHcaeoSrxy_3std6thread5local18panic_access_error",
    "_RNvCsfLfy6EI15iL_7___rustc17rust_begin_unwind",
    "_RNvXs_NtCs5cOc02OMXlo_5alloc5allocNtB4_6GlobalNtNtCsgXGp5Oqx2Ny_4core5alloc9Allocator10deallocate",
    // As Binaryen names the second one of a name.
    "_RNvNtCs5cOc02OMXlo_5alloc7raw_vec12handle_error_2208",
  ],
  false: [
    "_ZN4core6option15Option$LT$T$GT$14unwrap_or_else17hb70c95fc99914f60E",
    "_ZN15webauthn_result7ceremony3run17h7b3662d0affea72dE",
    "__wbindgen_malloc",
    "",
    "_RNvNtCs1234567_15webauthn_result8ceremony3run",
    // A closure of ours, in generic code of the standard library.
    "_RINvNtCsgXGp5Oqx2Ny_4core6option6unwrapNCNvCs1234567_15webauthn_result3run0E",
    "_RNvNtCs7654321_5corey9panicking5panic",
  ],
};
for (const [expected, names] of Object.entries(NAMES))
  for (const name of names)
    test(`${name || "a function without a name"} ${expected === "true" ? "is" : "is not"} the standard library's`, () =>
      assert.equal(String(isStandard(name)), expected));

test("a module that was linked without relocations fails the build", () => {
  const empty = Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
  assert.throws(() => removePanics(empty), /Link it with --emit-relocs/);
});
