// Ordinary Rust that is added to the module works in what the build makes of it, as it does natively; what panics traps.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";

import { createScratch } from "./support/scratch.mjs";

const TRAPS = Symbol("traps");

/**
 * The Rust of each case, and its calls: arguments and what they return, or that they trap. The arguments come from JavaScript,
 * so that the compiler cannot work anything out.
 *
 * @type {Record<string, { rust: string, calls: [unknown[], unknown][] }>}
 */
const CASES = {
  "format! with a string and a number": {
    rust: 'pub fn NAME(text: &str, number: u32) -> String { format!("{} {}", text, number) }',
    calls: [[["näher", 4_294_967_295], "näher 4294967295"]],
  },
  "format! with a width, a precision and a fill": {
    rust: 'pub fn NAME(number: f64, text: &str) -> String { format!("{number:>8.2}|{text:*^7}|{:#06x}", 255) }',
    calls: [[[-1234.567, "abc"], "-1234.57|**abc**|0x00ff"]],
  },
  "to_string of a whole number": {
    rust: "pub fn NAME(number: u32) -> String { number.to_string() }",
    calls: [
      [[0], "0"],
      [[1_234_567_890], "1234567890"],
    ],
  },
  "to_string of a fraction": {
    rust: "pub fn NAME(number: f64) -> String { number.to_string() }",
    calls: [
      [[0.1], "0.1"],
      [[-1.5e300], `-15${"0".repeat(299)}`],
      [[Number.NaN], "NaN"],
    ],
  },
  "a derived Debug": {
    rust: `#[derive(Debug)]
enum Shape { Point, Circle { radius: u32 }, Text(Option<&'static str>) }
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn NAME(number: u32) -> String {
  let shape = match number { 0 => Shape::Point, 1 => Shape::Text(Some("a\\n")), radius => Shape::Circle { radius } };
  format!("{shape:?} {shape:#?}")
}`,
    calls: [
      [[0], "Point Point"],
      [[1], 'Text(Some("a\\n")) Text(\n    Some(\n        "a\\n",\n    ),\n)'],
      [[7], "Circle { radius: 7 } Circle {\n    radius: 7,\n}"],
    ],
  },
  "write! to a string": {
    rust: `pub fn NAME(number: u32) -> String {
  use core::fmt::Write;
  let mut text = String::new();
  write!(text, "<{number}>").unwrap();
  text.write_char('é').unwrap();
  text
}`,
    calls: [[[5], "<5>é"]],
  },
  "a dyn Display, directly and in format!": {
    rust: `pub fn NAME(number: u32) -> String {
  let value: Box<dyn core::fmt::Display> =
    if number > 9 { Box::new(number) } else if number > 5 { Box::new("text") } else { Box::new(core::fmt::Error) };
  value.to_string()
}`,
    calls: [
      [[12], "12"],
      [[7], "text"],
      [[3], "an error occurred when formatting an argument"],
    ],
  },
  "a Display of one's own, as text": {
    rust: `struct Both(u32, Box<dyn core::fmt::Debug>);
impl core::fmt::Display for Both {
  fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
    f.write_str("both ")?;
    f.pad_integral(true, "", "1")?;
    self.1.fmt(f)
  }
}
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn NAME(number: u32) -> String { Both(number, Box::new(number)).to_string() }`,
    calls: [[[8], "both 18"]],
  },
  "the message of an error": {
    rust: "pub fn NAME(text: &str) -> String { text.parse::<i8>().map_or_else(|error| error.to_string(), |_| String::new()) }",
    calls: [
      [["1"], ""],
      [["x"], "invalid digit found in string"],
      [["300"], "number too large to fit in target type"],
    ],
  },
  "assert! with a message": {
    rust: 'pub fn NAME(number: u32) -> u32 { assert!(number < 10, "{number} is too large"); number + 1 }',
    calls: [
      [[9], 10],
      [[10], TRAPS],
    ],
  },
  "assert_eq!": {
    rust: 'pub fn NAME(text: &str) -> usize { assert_eq!(text.len() % 2, 0, "odd"); text.len() }',
    calls: [
      [["ab"], 2],
      [["abc"], TRAPS],
    ],
  },
  "indexing and slicing": {
    rust: 'pub fn NAME(text: &str, at: usize) -> String { [&text[at..], ["a", "b", "c"][at]].concat() }',
    calls: [
      [["xyz", 2], "zc"],
      [["xyz", 3], TRAPS],
      [["x", 2], TRAPS],
      [["äöü", 1], TRAPS],
    ],
  },
  "unwrap and expect": {
    rust: `#[derive(Debug)]
struct Odd(u32);
fn half(number: u32) -> Result<u32, Odd> { if number % 2 == 1 { Err(Odd(number)) } else { Ok(number / 2) } }
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn NAME(number: u32) -> u32 { half(half(number).unwrap()).expect("divisible by 4") }`,
    calls: [
      [[8], 2],
      [[9], TRAPS],
      [[6], TRAPS],
    ],
  },
  "arithmetic that is checked": {
    rust: "pub fn NAME(left: i32, right: i32) -> i32 { (left / right).checked_add(1).unwrap() }",
    calls: [
      [[7, 2], 4],
      [[1, 0], TRAPS],
      [[-2_147_483_648, -1], TRAPS],
      [[2_147_483_647, 1], TRAPS],
    ],
  },
  "a RefCell": {
    rust: `pub fn NAME(twice: bool) -> String {
  let cell = core::cell::RefCell::new(String::from("a"));
  let first = cell.borrow_mut();
  if twice { cell.borrow_mut().push('b'); }
  first.clone()
}`,
    calls: [
      [[false], "a"],
      [[true], TRAPS],
    ],
  },
  "collections and sorting": {
    rust: `pub fn NAME(text: &str) -> String {
  let mut counts = std::collections::BTreeMap::new();
  for word in text.split_whitespace() { *counts.entry(word.to_uppercase()).or_insert(0u64) += 1; }
  let mut list: Vec<_> = counts.into_iter().collect();
  list.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
  format!("{list:?}")
}`,
    calls: [[["b a ß b"], '[("B", 2), ("A", 1), ("SS", 1)]']],
  },
  // Messages and places of panics are ordinary text for everything else.
  "the location of a call": {
    rust: `#[track_caller]
fn place() -> &'static core::panic::Location<'static> { core::panic::Location::caller() }
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn NAME(number: usize) -> String {
  let text = ["capacity overflow", "src/added.rs", "index out of bounds: the len is "][number];
  [place().file(), text].join(" ")
}`,
    calls: [
      [[0], "src/added.rs capacity overflow"],
      [[1], "src/added.rs src/added.rs"],
      [[2], "src/added.rs index out of bounds: the len is "],
      [[3], TRAPS],
    ],
  },
  "closures and trait objects": {
    rust: `pub fn NAME(name: &str, number: f64) -> f64 {
  let table: [(&str, &dyn Fn(f64) -> f64); 3] = [("half", &|x| x / 2.0), ("square", &|x| x * x), ("root", &f64::sqrt)];
  table.iter().find(|(known, _)| *known == name).map_or_else(|| unreachable!("{name}"), |(_, run)| run(number))
}`,
    calls: [
      [["half", 3], 1.5],
      [["square", 3], 9],
      [["root", 9], 3],
      [["none", 1], TRAPS],
    ],
  },
  "what is passed and returned": {
    rust: `pub fn NAME(bytes: &[u8], texts: Vec<String>, none: Option<u32>) -> Result<Vec<u64>, String> {
  if none.is_some() { return Err(texts.concat()); }
  Ok(bytes.iter().map(|byte| u64::from(*byte) << 32).collect())
}`,
    calls: [[[Uint8Array.of(1, 255), ["€"], undefined], BigUint64Array.of(1n << 32n, 255n << 32n)]],
  },
};

/** The Rust of a case as an exported function of this name. */
const rustOf = ({ rust }, name) =>
  (rust.includes("#[wasm_bindgen") ? rust : `#[wasm_bindgen::prelude::wasm_bindgen]\n${rust}`).replaceAll("NAME", name);

const check = async ({ calls }, name, instantiate) => {
  for (const [given, expected] of calls) {
    // A crashed instance is not used again.
    const functions = await instantiate();
    const call = () => functions[name](...given);
    if (expected === TRAPS) assert.throws(call, isTrap, `${name}(${given.join()})`);
    else assert.deepEqual(call(), expected, `${name}(${given.join()})`);
  }
};

/** A trap, and not the error of a caller; compiled to JavaScript, an error of that. */
const isTrap = (error) => error instanceof WebAssembly.RuntimeError || /abort|unreachable|trap/i.test(String(error));

/** @type {Awaited<ReturnType<typeof createScratch>>} */
let build;
before(async () => {
  build = await createScratch();
});

describe("alone, where nothing else keeps anything alive", () => {
  for (const [title, one] of Object.entries(CASES))
    test(title, async () => check(one, "added", await build(rustOf(one, "added"))));
});

test("a panic hook, which no trap would call, fails the build with the name of the export", async () => {
  const rust = rustOf(
    {
      rust: "pub fn NAME(number: u32) { std::panic::set_hook(Box::new(move |_| drop(js_sys::Array::new_with_length(number)))) }",
    },
    "added",
  );
  await assert.rejects(build(rust), {
    message: /^added\(\), which Rust exports, sets a panic hook, .*: remove it\./,
  });
});

describe("all together, in each module of the package", () => {
  const all = Object.values(CASES).map((one, number) => ({ one, name: `added_${number}` }));
  const rust = all.map(({ one, name }) => `mod in_${name} {\n${rustOf(one, name)}\n}`).join("\n");
  for (const [title, options] of Object.entries({
    "the one for passkeys": { features: ["passkey"] },
    "the one for push and TOTP": { features: ["ciba"] },
    "the one for passkeys, compiled to JavaScript": { features: ["passkey"], isFallback: true },
  }))
    test(title, async () => {
      const instantiate = await build(rust, options);
      for (const { one, name } of all) await check(one, name, instantiate);
    });
});
