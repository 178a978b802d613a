// How the benchmark evaluates its times: ratios within a round, medians, and the page with the results.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { chart } from "./chart.mjs";
import { BY_HAND, BY_HAND_IN_MODULE, FROM_USE, MODULE, OWN, PEER, PLAIN, SCRIPT } from "./contenders.mjs";
import { document } from "./document.mjs";
import { countByName, nameOfExport, nameOfImport } from "./names.mjs";
import { judge } from "./promises.mjs";
import { takeTurns } from "./rounds.mjs";
import { growth, ratio, spread, summarize } from "./summary.mjs";

describe("figures", () => {
  test("a spread has the median, its confidence interval, and the range of eight in ten values", () => {
    const values = Array.from({ length: 101 }, (_, index) => (index * 37) % 101);
    const { median, low, high, from, to } = spread(values);
    assert.deepEqual({ median, low, high }, { median: 50, low: 10, high: 90 });
    assert.ok(from > 35 && from < 45 && to > 55 && to < 65, `${from} to ${to}`);
    assert.deepEqual(spread([3]), { median: 3, low: 3, high: 3, from: 3, to: 3 });
  });

  test("a ratio is of times in the same round, so a machine that slows down does not change it", () => {
    const times = { base: [1, 10, 100, 1000], other: [2, 20, 200, 2000] };
    const { median, low, high } = ratio(times, "other", "base");
    assert.deepEqual({ median, low, high }, { median: 2, low: 2, high: 2 });
    assert.equal(summarize(times, "base").base.ratio.high, 1);
  });

  test("growth is the cost of one more credential, and the factor for ten times as many", () => {
    const at = (cost) => Object.fromEntries([1, 10, 100, 1000].map((n) => [n, { name: [cost(n), cost(n), cost(n)] }]));
    const linear = growth(at((n) => 5 + n * 0.002)).name;
    assert.ok(Math.abs(linear.microseconds.median - 2) < 1e-9);
    assert.ok(linear.tenfold.median < 10);
    assert.ok(growth(at((n) => 5 + n * n)).name.tenfold.median > 50);
  });

  test("in each round all take turns in random order, and the warm-up rounds do not count", async () => {
    const names = ["a", "b", "c", "d"];
    const measuredNames = [];
    const reported = [];
    const measure = async (name) => measuredNames.push(name);
    const measured = await takeTurns({
      names,
      rounds: 30,
      warmUp: 2,
      measure,
      onRound: (round) => reported.push(round),
    });
    assert.equal(measuredNames.length, 32 * names.length);
    for (let round = 0; round < 32; round++)
      assert.deepEqual(measuredNames.slice(round * 4, round * 4 + 4).sort(), names, "each once a round");
    for (const name of names) assert.equal(measured[name].length, 30);
    assert.ok(measured.a.every((turn) => turn > 8));
    assert.equal(new Set(measured.a.map((turn) => turn % 4)).size, 4);
    assert.deepEqual(reported, [...Array(30).keys()]);
  });
});

describe("names at the boundary", () => {
  const HASH = "h0123456789abcdef";
  const names = {
    [`webauthn_result::host::text_of::__wbg_get_e7f14e7ab5d409d0::${HASH}`]: "host::text_of",
    [`js_sys::Promise<T,E>::then_map::__wbg_then_e3f7f2d365708be8::${HASH}`]: "js_sys::Promise::then_map",
    [`web_sys::features::gen_AbortController::AbortController::abort::__wbg_abort_f8d1589eb0c65ee2::${HASH}`]:
      "web_sys::AbortController::abort",
    [`web_sys::features::gen_Response::_::<impl wasm_bindgen::cast::JsCast for web_sys::features::gen_Response::Response>::instanceof::__wbg_instanceof_Response_5b0b4f7f1daeae51::${HASH}`]:
      "web_sys::Response::instanceof",
    "Ref(String) -> Externref": "cast of String",
    "Closure(Closure { owned: true, mutable: true }) -> Externref": "cast of Closure",
    "F64 -> Externref": "cast of F64",
  };
  for (const [compiled, name] of Object.entries(names)) test(name, () => assert.equal(nameOfImport(compiled), name));

  test("of exports", () => {
    assert.equal(nameOfExport("authenticate"), "authenticate");
    assert.equal(
      nameOfExport("wasm_bindgen__convert__closures_____invoke__h5e84aab8614c9381"),
      "a closure, called by a promise",
    );
  });

  test("counts of one name are one, and the most frequent is first", () => {
    const nameOf = (short) => ({ a: "get", b: "get", c: "set" })[short];
    assert.deepEqual(countByName({ a: 1, c: 2, b: 3 }, nameOf), [
      { name: "get", count: 4 },
      { name: "set", count: 2 },
    ]);
  });
});

/** The results of a run in which each time of the package is multiplied by `slowness`. */
const resultsOf = (slowness) => {
  const rounds = 9;
  const timesOf = (names) =>
    Object.fromEntries(names.map((name) => [name, Array(rounds).fill(/^webauthn-result/.test(name) ? slowness : 1)]));
  const times = timesOf([PLAIN, OWN, PEER]);
  const rows = summarize(times, PLAIN);
  const grown = growth(
    Object.fromEntries([1, 10, 100, 1000].map((n) => [n, { [PLAIN]: [n], [OWN]: [n ** slowness], [PEER]: [n] }])),
  );
  const sizes = [1, 10, 100, 1000].map((credentials) => ({ credentials, rows, toPeer: ratio(times, OWN, PEER) }));
  const browser = (title) => ({ title, version: `${title} 1.0`, cases: 25, rounds, sizes, growth: grown });
  const start = timesOf([BY_HAND, FROM_USE, SCRIPT, BY_HAND_IN_MODULE, MODULE]);
  const started = Object.fromEntries(Object.entries(start).map(([name, each]) => [name, { ms: spread(each) }]));
  started[FROM_USE].ratio = ratio(start, FROM_USE, BY_HAND);
  started[SCRIPT].ratio = ratio(start, SCRIPT, BY_HAND);
  started[MODULE].ratio = ratio(start, MODULE, BY_HAND_IN_MODULE);
  const isSlow = slowness > 1;
  const timeline = {
    packageRequested: 100,
    packageHere: 300,
    appHere: 200,
    listening: 310,
    ready: isSlow ? 2000 : 320,
    click: 1500,
    approval: 1600,
    prompt: 1610,
  };
  const counted = (total) => ({ total, byName: [{ name: "a", count: total - 1 }].concat({ name: "b", count: 1 }) });
  return {
    calls: [browser("Chromium"), browser("Firefox")],
    ceremony: { rows, pairs: rounds, rounds, confirmed: 1234 },
    start: { rows: started, rounds, peerRounds: rounds, bytes: 30_000 },
    loading: {
      requests: { module: ["/", "/index.js", ...(isSlow ? ["/more"] : [])], script: ["/", "/script.js"] },
      preloaded: timeline,
      imported: timeline,
    },
    boundary: {
      memory: { start: isSlow ? 20 : 18, first: isSlow ? 21 : 18, hundred: isSlow ? 22 : 18, stackPages: 16 },
      crossings: { imports: counted(20), exports: counted(10) },
      allocations: 5,
      reallocations: 1,
    },
  };
};

describe("a promise", () => {
  test("is met if the package is as fast as what it is compared with", () => {
    const judged = judge(resultsOf(1));
    assert.ok(judged.length >= 10);
    for (const { promise, isMet } of judged) assert.ok(isMet, promise);
  });

  test("is not met if the package is slower", () => {
    for (const { promise, isMet } of judge(resultsOf(3.5))) assert.ok(!isMet, promise);
  });

  test("is judged only for the parts that were run", () => {
    const { ceremony } = resultsOf(1);
    assert.equal(judge({ ceremony }).length, 1);
  });
});

describe("the report", () => {
  const results = resultsOf(2);

  test("the page has every figure, and no overlong lines", () => {
    const text = document(results);
    assert.doesNotMatch(text, /undefined|NaN|Infinity|\[object/);
    for (const line of text.split("\n")) assert.ok(line.startsWith("|") || line.length <= 150, line);
    for (const name of [PLAIN, OWN, PEER, FROM_USE, SCRIPT, MODULE]) assert.ok(text.includes(`| ${name} |`), name);
    for (const figure of ["1,234", "30,000", "2.00", "**no**"]) assert.ok(text.includes(figure), figure);
  });

  test("the chart has a bar for each contender in each browser, as long as its ratio", () => {
    const svg = chart(results);
    const barsIn = (browser) =>
      [...svg.matchAll(/<rect class="(\w+)" x="\d+" y="\d+" width="(\d+)" height="14" rx="2"( opacity|\/>\n<line)/g)]
        .filter(([, of]) => of === browser)
        .map(([, , width]) => Number(width));
    assert.doesNotMatch(svg, /undefined|NaN/);
    assert.equal(barsIn("Chromium").length, 6);
    const [plain, own, peer, ...more] = barsIn("Firefox");
    assert.deepEqual(more, []);
    assert.equal(peer, plain);
    assert.ok(Math.abs(own / plain - 2) < 0.02, `${own} to ${plain}`);
  });
});
