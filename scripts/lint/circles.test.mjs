// Rust files that import each other in a circle are found, however they refer to each other.

import assert from "node:assert/strict";
import { test } from "node:test";

import { checkCircles, findCircles, findImports } from "./circles.mjs";

const circlesOf = (sources) => findCircles(findImports(new Map(Object.entries(sources))));

test("no files of the local cloud import each other in a circle", () => checkCircles());

test("every way to refer to another file counts", () => {
  for (const reference of [
    "use crate::b::Item;",
    "use crate::{c::Other, b::{self, Item}};",
    "use super::b;",
    "use super::super::b::Item as Alias;",
    "pub(crate) use crate::b::Item;",
    "fn f() { crate::b::g() }",
    "fn f(item: &super::b::Item) {}",
  ]) {
    const nested = reference.includes("super::super");
    const file = nested ? "a/inner.rs" : "a.rs";
    const back = nested ? "use crate::a::inner::Item;" : "use crate::a::Item;";
    assert.equal(circlesOf({ [file]: reference, "b.rs": back, "c.rs": "" }).length, 1, reference);
  }
});

test("a module that calls its child is in a circle with a child that uses it", () => {
  const parent = "mod child;\nconst LIMIT: u32 = 1;\nfn f() { child::g() }";
  assert.deepEqual(circlesOf({ "a.rs": parent, "a/child.rs": "use super::LIMIT;" }), ["a.rs -> a/child.rs -> a.rs"]);
  assert.deepEqual(circlesOf({ "a.rs": parent, "a/child.rs": "" }), []);
});

test("a circle of several files is found once", () => {
  const sources = {
    "a.rs": "use crate::b::B;",
    "b.rs": "use crate::c::C;",
    "c.rs": "use crate::a::A;",
    "d.rs": "use crate::a::A;",
  };
  assert.deepEqual(circlesOf(sources), ["a.rs -> b.rs -> c.rs -> a.rs"]);
});

test("a file of another crate, included by its path, is in no circle here", () => {
  const sources = (attribute) => ({
    "main.rs": `${attribute}mod b;\nmod a;\nfn main() { a::run() }`,
    "a.rs": "use crate::b::B;",
  });
  assert.deepEqual(circlesOf(sources('#[path = "../../other/src/b.rs"]\n')), []);
  assert.equal(circlesOf(sources("")).length, 1, "an item of the root");
});

test("a declaration, a comment and a string are not references", () => {
  for (const text of ["mod b;", "// use crate::b::Item;", "/* crate::b::f() */", 'const S: &str = "crate::b::f()";'])
    assert.deepEqual(circlesOf({ "a.rs": text, "b.rs": "use crate::a::A;", "a/b.rs": "use super::A;" }), [], text);
});
