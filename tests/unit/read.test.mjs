// js/read.js reads what it is given by the rules, each member once and in their order, and says what it was in letters.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, test } from "node:test";

import { read } from "../../js/read.js";

const source = (path) => readFile(new URL(`../../src/arguments/${path}`, import.meta.url), "utf8");

/** Rust's letters, by their names. */
const FACTS = Object.fromEntries(
  [...(await source("facts.rs")).matchAll(/^pub const (\w+): u8 = b'(.)';$/gm)].map(([, name, letter]) => [
    name,
    letter,
  ]),
);
const { ABSENT, UNREADABLE, TEXT, EMPTY, MALFORMED, WORD, TRUE, FALSE } = FACTS;
const { NUMBER, FUNCTION, OBJECT, LIST, KEY, END, CONDITIONAL, OTHER } = FACTS;

/** Rust's numbers of the shapes, by their names. */
const SHAPES = {};
const [, numbers] = /fn number\(&self\)[^{]*\{([\s\S]*?)\n {4}\}/.exec(await source("description.rs"));
for (const [, names, number] of numbers.matchAll(/^ +([\w|: ()]+) => (\d+),$/gm))
  for (const [, name] of names.matchAll(/Shape::(\w+)/g)) SHAPES[name] = Number(number);

/** A rule as js/rules.js has them. */
const a = (shape, ...inner) => [SHAPES[shape], ...inner];
const list = (inner) => a("List", inner);
/** Of rules by the members' names; with a question mark at its end an empty one is left out. */
const members = (shape, rules) =>
  a(
    shape,
    Object.entries(rules).map(([name, rule]) => (name.endsWith("?") ? [name.slice(0, -1), rule, 1] : [name, rule])),
  );
const object = (rules) => members("Object", rules);
const open = (rules) => members("Open", rules);
const each = (inner) => a("EachMember", inner);

/** What reading a value by a rule comes to. */
const readBy = (rule, value) => {
  const holder = {};
  const facts = read(holder, value, rule);
  return { facts, ...holder };
};

/** An object whose member, of that name, throws. */
const throwing = (name, thrown = new Error("unreadable")) =>
  Object.defineProperty({}, name, {
    enumerable: true,
    get() {
      throw thrown;
    },
  });

/** Runs with what a page may give to all objects. */
const polluted = (descriptors, play) => {
  Object.defineProperties(Object.prototype, descriptors);
  try {
    return play();
  } finally {
    for (const name in descriptors) delete Object.prototype[name];
  }
};

/** Whatever is its prototype has nothing to show. */
const assertBare = (copy) => {
  for (let at = Object.getPrototypeOf(copy); at; at = Object.getPrototypeOf(at))
    assert.deepEqual(Reflect.ownKeys(at), []);
};

const revoked = (target) => {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
};

test("Rust's names are those of this test", () => {
  assert.equal(new Set(Object.values(FACTS)).size, 16);
  assert.ok(Object.values(FACTS).every((letter) => letter));
  assert.equal(Object.keys(SHAPES).length, 19);
});

describe("a value's letter", () => {
  // By shape: what is read, its letter, the copy where it is another one, and the values where there are some.
  const other = [
    [undefined, ABSENT],
    [null, ABSENT, undefined],
    [true, TRUE],
    [false, FALSE],
    [() => {}, FUNCTION],
    [class {}, FUNCTION],
    [{}, OBJECT],
    [Symbol("s"), OTHER],
    [7n, OTHER],
  ];
  const numbers = [7, -0, 0.5, NaN, Infinity, 2 ** 53].map((number) => [number, NUMBER, number, [number]]);
  const texts = [
    ["", EMPTY],
    ["text", TEXT],
    [" ", TEXT],
    ["\ud800", TEXT],
  ];
  const TABLE = {
    Text: [...other, ...numbers, ...texts, [[], OBJECT], [new String("text"), OBJECT]],
    Bytes: [
      ...other,
      ...numbers,
      ["", EMPTY, Uint8Array.of()],
      ["AQ", TEXT, Uint8Array.of(1)],
      ["AQ==", TEXT, Uint8Array.of(1)],
      ["-_-_", TEXT, Uint8Array.of(251, 255, 191)],
      ["A", MALFORMED, undefined],
      [" AQ", MALFORMED, undefined],
      ["A+8_", MALFORMED, undefined],
      [Uint8Array.of(1), OBJECT],
    ],
    Milliseconds: [
      ...other,
      ...[0, 0.5, -1, NaN, 2 ** 32 - 1].map((ms) => [ms, NUMBER, ms, [ms]]),
      ...[2 ** 32, 1e300, Infinity].map((ms) => [ms, NUMBER, 2 ** 32 - 1, [ms]]),
      ...texts,
    ],
    Signal: [
      ...other,
      ...numbers,
      ...texts,
      [new AbortController().signal, TRUE],
      [AbortSignal.abort(), TRUE],
      [{ aborted: false }, TRUE],
      [{ aborted: "no" }, OBJECT],
      [Object.assign(() => {}, { aborted: true }), TRUE],
    ],
    Address: [
      ...other,
      ...numbers,
      ["", EMPTY],
      ["https://cloud.example/tenant//", TEXT, "https://cloud.example/tenant"],
      ["http://localhost:5190", TEXT, "http://localhost:5190"],
      ["http://cloud.example", MALFORMED, undefined],
      ["cloud.example", MALFORMED, undefined],
    ],
    Mediation: [
      ...other,
      ...numbers,
      ["", EMPTY],
      ["conditional", CONDITIONAL],
      ["optional", TEXT],
      ["silent", MALFORMED],
      ["Conditional", MALFORMED],
    ],
    Name: [
      ...[undefined, null, true, 7, NaN, "", {}, [], () => {}, Symbol("s"), 7n].map((value) => [
        value,
        ABSENT,
        undefined,
      ]),
      ["ada", TEXT],
      [" ", TEXT],
    ],
    Word: [
      ...[true, 7, NaN, "", {}, [], () => {}, Symbol("s"), 7n].map((value) => [value, OTHER, undefined]),
      [undefined, ABSENT],
      [null, ABSENT, undefined],
      ["ok", WORD, undefined, ["ok"]],
      ["\ud800", WORD, undefined, ["\ud800"]],
    ],
    // Something other than what they are of: as it is.
    List: [...other, ...numbers, ...texts, [{ 0: "text", length: 1 }, OBJECT]],
    Object: [...other.filter(([value]) => typeof value != "object" || !value), ...numbers, ...texts],
  };
  TABLE.Status = TABLE.Word;
  TABLE.Buffer = TABLE.Bytes;
  TABLE.Timeout = TABLE.Boolean = TABLE.Integer = TABLE.Function = TABLE.Text;
  TABLE.Open = TABLE.OpenIfObject = TABLE.EachMember = TABLE.Object;

  for (const [shape, rows] of Object.entries(TABLE))
    test(shape, () => {
      assert.ok(shape in SHAPES);
      for (const [value, fact, ...more] of rows) {
        const inner = shape === "List" || shape === "EachMember" ? a("Text") : [];
        const [copy, values = []] = more.length ? more : [value];
        assert.deepEqual(readBy(a(shape, inner), value), { facts: fact, values, copy }, String(value));
      }
    });

  test("every shape is in the table", () => assert.deepEqual(Object.keys(TABLE).sort(), Object.keys(SHAPES).sort()));
});

describe("an object", () => {
  /** Notes what is done to `target`, and to what is in it. */
  const watched = (target, log, path = "") =>
    new Proxy(target, {
      get(_, name, receiver) {
        log.push(path + String(name));
        const value = Reflect.get(target, name, receiver);
        return value && typeof value == "object" ? watched(value, log, `${path}${String(name)}.`) : value;
      },
      has: (_, name) => assert.fail(`asked for ${String(name)}`),
      ownKeys: () => assert.fail("listed"),
    });

  test("is read in the order of the rules, each member once, and no other", () => {
    const log = [];
    const value = {
      last: "l",
      unknown: 1,
      inner: { two: 2, one: "1", unknown: {} },
      list: ["a", "b"],
      first: true,
      timeout: 5,
    };
    const rule = object({
      first: a("Boolean"),
      timeout: a("Milliseconds"),
      inner: object({ one: a("Text"), none: a("Text"), two: a("Integer") }),
      list: list(a("Text")),
      last: a("Word"),
    });
    const { facts, values, copy } = readBy(rule, watched(value, log));
    assert.deepEqual(
      log.filter((name) => name !== "list.length"),
      ["first", "timeout", "inner", "inner.one", "inner.none", "inner.two", "list", "list.0", "list.1", "last"],
    );
    assert.equal(facts, OBJECT + TRUE + NUMBER + OBJECT + TEXT + ABSENT + NUMBER + LIST + TEXT + TEXT + END + WORD);
    assert.deepEqual(values, [5, 2, "l"]);
    assert.deepEqual(Object.keys(copy), ["first", "timeout", "inner", "list"]);
    assert.deepEqual({ ...copy.inner }, { one: "1", two: 2 });
    assert.deepEqual(copy.list, ["a", "b"]);
  });

  test("that changes with each look is the one of the first look", () => {
    const counts = {};
    const fickle = (...names) =>
      Object.defineProperties(
        {},
        Object.fromEntries(
          names.map((name) => [
            name,
            {
              enumerable: true,
              get() {
                counts[name] = (counts[name] ?? 0) + 1;
                return counts[name] === 1 ? "AQ" : 7;
              },
            },
          ]),
        ),
      );
    for (const shape of ["Object", "Open", "OpenIfObject"]) {
      for (const name in counts) delete counts[name];
      const rule = members(shape, { text: a("Text"), bytes: a("Bytes"), "full?": a("Text") });
      const { facts, copy } = readBy(rule, fickle("text", "bytes", "full"));
      assert.equal(facts, OBJECT + TEXT + TEXT + TEXT, shape);
      assert.deepEqual({ ...copy }, { text: "AQ", bytes: Uint8Array.of(1), full: "AQ" }, shape);
      assert.deepEqual(counts, { text: 1, bytes: 1, full: 1 }, shape);
    }
    for (const name in counts) delete counts[name];
    const { facts } = readBy(each(a("Bytes")), fickle("one", "two"));
    assert.equal(facts, OBJECT + KEY + TEXT + KEY + TEXT + END);
    assert.deepEqual(counts, { one: 1, two: 1 });
  });

  test("may have its members from its class, or be an array, or of a class that hides it", () => {
    class Options {
      get challenge() {
        return "AQ";
      }
    }
    assert.equal(readBy(object({ challenge: a("Bytes") }), new Options()).facts, OBJECT + TEXT);
    assert.equal(readBy(object({ 0: a("Text"), length: a("Integer") }), ["a"]).facts, OBJECT + TEXT + NUMBER);
    const hidden = Object.assign(Object.create(null), { challenge: "AQ" });
    assert.equal(readBy(object({ challenge: a("Bytes") }), hidden).facts, OBJECT + TEXT);
  });

  test("loses what is empty where the rules say so; Rust is told all the same", () => {
    const rule = object({ "rpId?": a("Text"), "allow?": list(a("Text")), text: a("Text"), list: list(a("Text")) });
    const { facts, copy } = readBy(rule, { rpId: "", allow: [], text: "", list: [] });
    assert.equal(facts, OBJECT + EMPTY + LIST + END + EMPTY + LIST + END);
    assert.deepEqual({ ...copy }, { text: "", list: [] });
    assert.deepEqual({ ...readBy(rule, { rpId: "a", allow: ["b"] }).copy }, { rpId: "a", allow: ["b"] });
  });

  test("that is handed on whole keeps its own members, but for those of the rules", () => {
    const inner = { deep: [1] };
    const value = { __proto__: { inherited: 1 }, unknown: inner, bytes: "AQ", bad: "A", nothing: null };
    const { facts, copy } = readBy(open({ bytes: a("Buffer"), bad: a("Buffer"), none: a("Buffer") }), value);
    assert.equal(facts, OBJECT + TEXT + MALFORMED + ABSENT);
    assert.deepEqual({ ...copy }, { unknown: inner, bytes: Uint8Array.of(1), bad: "A", nothing: null });
    assert.equal(copy.unknown, inner);
    assert.equal(value.bytes, "AQ", "the page's own object stays as it is");
  });

  test("of which every member is the same tells their names, between their values", () => {
    const value = { b: 7, 1: "text", a: null, [Symbol("s")]: 1, c: 8 };
    Object.defineProperty(value, "hidden", { value: 9 });
    const { facts, values, copy } = readBy(each(a("Text")), value);
    assert.equal(facts, `${OBJECT}${KEY}${TEXT}${KEY}${NUMBER}${KEY}${ABSENT}${KEY}${NUMBER}${END}`);
    assert.deepEqual(values, ["1", "b", 7, "a", "c", 8]);
    assert.deepEqual([copy[1], copy.b, copy.a, copy.c], ["text", 7, undefined, 8]);
    assert.equal(readBy(each(a("Text")), {}).facts, OBJECT + END);
    const nested = readBy(each(open({ first: a("Buffer") })), { AAAA: { first: "AQ" }, BBBB: 7 });
    assert.equal(nested.facts, OBJECT + KEY + OBJECT + TEXT + KEY + NUMBER + END);
    assert.deepEqual(nested.values, ["AAAA", "BBBB", 7]);
    assert.deepEqual(nested.copy.AAAA.first, Uint8Array.of(1));
  });
});

describe("what throws", () => {
  const rule = object({ before: a("Integer"), it: a("Text"), after: a("Integer") });

  test("is unreadable, and its neighbours are what they are", () => {
    for (const thrown of [new Error("own"), undefined, null, 7]) {
      const value = Object.assign(throwing("it", thrown), { before: 1, after: 2 });
      const { facts, values, copy } = readBy(rule, value);
      assert.equal(facts, OBJECT + NUMBER + UNREADABLE + NUMBER);
      assert.deepEqual(values, [1, 2]);
      assert.deepEqual({ ...copy }, { before: 1, after: 2 });
    }
  });

  test("may be any part of what a member is: nothing is left of what was read of it", () => {
    let looks = 0;
    const shortLived = new Proxy([1, 2, 3], {
      get(target, name) {
        if (name === "length" && looks++ === 2) throw new Error("own");
        return target[name];
      },
    });
    const unlisted = new Proxy({}, { ownKeys: () => assert.fail() });
    const of = {
      List: [a("Integer"), [revoked([]), shortLived]],
      Object: [[["a", a("Text")]], []],
      Open: [[["a", a("Text")]], [revoked({}), unlisted, throwing("a"), throwing("other")]],
      EachMember: [a("Text"), [revoked({}), unlisted, throwing("a")]],
      Signal: [0, [revoked({}), throwing("aborted")]],
    };
    for (const [shape, [inner, values]] of Object.entries(of))
      for (const it of values) {
        const changed = object({ before: a("Integer"), it: a(shape, inner), after: a("Integer") });
        const { facts, values, copy } = readBy(changed, { before: 1, it, after: 2 });
        assert.equal(facts, OBJECT + NUMBER + UNREADABLE + NUMBER, shape);
        assert.deepEqual(values, [1, 2], shape);
        assert.deepEqual({ ...copy }, { before: 1, after: 2 }, shape);
      }
    assert.equal(looks, 3);
  });

  test("inside is told inside", () => {
    const inner = object({ a: a("Text"), b: a("Text") });
    assert.equal(readBy(object({ it: inner }), { it: throwing("a") }).facts, OBJECT + OBJECT + UNREADABLE + ABSENT);
    const closed = readBy(object({ it: inner }), { it: revoked({}) });
    assert.equal(closed.facts, OBJECT + OBJECT + UNREADABLE + UNREADABLE);
    const deep = readBy(each(open({ first: a("Buffer") })), { a: throwing("first"), b: { first: "AQ" } });
    assert.equal(deep.facts, OBJECT + KEY + UNREADABLE + KEY + OBJECT + TEXT + END);
    assert.deepEqual(deep.values, ["a", "b"]);
  });
});

describe("a list", () => {
  const texts = list(a("Text"));

  test("is read item by item", () => {
    const { facts, copy } = readBy(list(object({ id: a("Bytes") })), [{ id: "AQ" }, { id: "A" }, 7]);
    assert.equal(facts, LIST + OBJECT + TEXT + OBJECT + MALFORMED + NUMBER + END);
    assert.deepEqual({ ...copy[0] }, { id: Uint8Array.of(1) });
    assert.deepEqual(readBy(texts, []).copy, []);
    assert.deepEqual(readBy(list(texts), [["a"], []]).facts, LIST + LIST + TEXT + END + LIST + END + END);
  });

  test("ends where nothing is, or nothing can be read", () => {
    const hole = ["a"];
    hole[2] = "c";
    const unreadable = Object.defineProperty(["a", "b", "c"], 1, {
      get() {
        throw new Error("own");
      },
    });
    for (const [value, fact] of [
      [hole, ABSENT],
      [["a", null, "c"], ABSENT],
      [["a", undefined, "c"], ABSENT],
      [unreadable, UNREADABLE],
    ]) {
      const { facts, copy } = readBy(texts, value);
      assert.equal(facts, LIST + TEXT + fact + END);
      assert.deepEqual(copy, ["a"]);
    }
  });

  test("that says it has billions of items is over at once where it has none", () => {
    assert.equal(readBy(texts, new Array(2 ** 32 - 1)).facts, LIST + ABSENT + END);
    const endless = new Proxy([], { get: (target, name) => (name === "length" ? 2 ** 53 : target[name]) });
    assert.equal(readBy(texts, endless).facts, LIST + ABSENT + END);
    const lengths = [NaN, undefined, "text", -1, {}];
    for (const length of lengths) {
      const strange = new Proxy(["a"], { get: (target, name) => (name === "length" ? length : target[name]) });
      assert.equal(readBy(texts, strange).facts, LIST + END, String(length));
    }
  });
});

describe("what a page gave to all objects", () => {
  test("is in no copy, and its setters are not called", () => {
    const called = () => assert.fail("called");
    const setter = { configurable: true, enumerable: true, get: () => undefined, set: called };
    const extra = { configurable: true, enumerable: true, value: "everywhere" };
    const { whole, known, named } = polluted({ bytes: setter, text: setter, extra, AAAA: setter }, () => ({
      known: readBy(object({ bytes: a("Bytes"), text: a("Text") }), JSON.parse('{"bytes":"AQ","text":"t"}')),
      whole: readBy(open({ bytes: a("Buffer") }), JSON.parse('{"bytes":"AQ","own":1}')),
      named: readBy(each(a("Text")), JSON.parse('{"AAAA":"t"}')),
    }));
    assert.equal(known.facts, OBJECT + TEXT + TEXT);
    assert.deepEqual({ ...known.copy }, { bytes: Uint8Array.of(1), text: "t" });
    assert.equal(whole.facts, OBJECT + TEXT);
    assert.deepEqual({ ...whole.copy }, { bytes: Uint8Array.of(1), own: 1 });
    assert.equal(named.facts, OBJECT + KEY + TEXT + END);
    assert.deepEqual(named.values, ["AAAA"]);
    for (const { copy } of [known, whole, named]) assertBare(copy);
  });

  test("does not come in by a member called __proto__", () => {
    const value = JSON.parse('{"__proto__":{"rpId":"elsewhere.example"},"text":"t"}');
    const known = readBy(object({ rpId: a("Text"), text: a("Text") }), value);
    assert.equal(known.facts, OBJECT + ABSENT + TEXT);
    assert.deepEqual(Object.keys(known.copy), ["text"]);
    for (const rule of [open({ text: a("Text") }), each(a("Text"))]) {
      const { copy } = readBy(rule, value);
      assertBare(copy);
      assert.equal(copy.rpId, undefined);
      assert.deepEqual(Object.keys(copy), ["__proto__", "text"], "it is a member like any other");
    }
    assert.deepEqual(readBy(each(a("Integer")), value).values, ["__proto__", "text"]);
  });
});
