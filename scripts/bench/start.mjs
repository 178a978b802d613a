// How soon a call need not wait for the module: from the script's text, in memory, to `ready()`, each time in a fresh process.
//
// Beside it, the same bytes compiled and instantiated by hand: what no package that has this module can be quicker than.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { launchBrowser } from "../../tests/e2e/support/browser.mjs";
import { root } from "../run.mjs";
import { bundle } from "./bundle.mjs";
import { BY_HAND, BY_HAND_IN_MODULE, FROM_USE, MODULE, SCRIPT } from "./contenders.mjs";
import { reportEvery } from "./report-rounds.mjs";
import { takeTurns } from "./rounds.mjs";
import { ratio, spread } from "./summary.mjs";

/** How long a new process has to do what it does at first, in milliseconds: none of that is measured. */
const SETTLE = 800;
const ROUNDS = 30;
const PEER_ROUNDS = 10;

/** Each runs in a page of its own; resolves to milliseconds. Nothing that it is given is still to be fetched. */

const byHand = async ({ bytes, imports, options }) => {
  const module = Uint8Array.fromBase64(bytes);
  const start = performance.now();
  await WebAssembly.instantiate(module, imports(), options);
  return performance.now() - start;
};

/** With `isFromUse` from when the script first reaches for WebAssembly: then it has been parsed and begun to run. */
const runScript = async ({ text, global, isFromUse }) => {
  const script = document.createElement("script");
  script.textContent = text;
  let start = isFromUse ? undefined : performance.now();
  if (isFromUse) {
    const { WebAssembly } = globalThis;
    const get = () => {
      start ??= performance.now();
      return WebAssembly;
    };
    Object.defineProperty(globalThis, "WebAssembly", { get });
  }
  document.head.append(script);
  await globalThis[global].ready?.();
  return performance.now() - start;
};

const importModule = async ({ text, bytes, imports, options }) => {
  if (bytes) globalThis.given = { bytes: Uint8Array.fromBase64(bytes), imports: imports(), options };
  const address = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  const start = performance.now();
  const { ready } = await import(address);
  await ready();
  return performance.now() - start;
};

const BY_HAND_MODULE = `export const ready = () => {
  const { bytes, imports, options } = globalThis.given;
  return WebAssembly.instantiate(bytes, imports, options);
};`;

/** Evaluated in a page: the bytes that the package has compiled, and with which options. */
const captureBytes = async (text) => {
  const seen = [];
  for (const name of ["compile", "instantiate", "Module"]) {
    const original = WebAssembly[name];
    WebAssembly[name] = function (source, ...more) {
      if (!(source instanceof WebAssembly.Module)) {
        const view = ArrayBuffer.isView(source) ? source : new Uint8Array(source);
        const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
        seen.push({ bytes: bytes.toBase64(), options: more[name === "instantiate" ? 1 : 0] });
      }
      return new.target ? new original(source, ...more) : original(source, ...more);
    };
    WebAssembly[name].prototype = original.prototype;
  }
  const script = document.createElement("script");
  script.textContent = text;
  document.head.append(script);
  await webauthnResult.ready();
  return seen.sort((a, b) => b.bytes.length - a.bytes.length)[0];
};

/** The text of a function that makes an object of imports that do nothing. */
const importsFor = (bytes) => {
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(bytes));
  const others = imports.filter(({ kind }) => kind !== "function");
  if (others.length) throw new Error(`imports that are no functions: ${JSON.stringify(others)}`);
  const modules = {};
  for (const { module, name } of imports) (modules[module] ??= []).push(`${JSON.stringify(name)}() {}`);
  const members = Object.entries(modules).map(
    ([name, functions]) => `${JSON.stringify(name)}: { ${functions.join()} }`,
  );
  return `() => ({ ${members.join()} })`;
};

const PEERS = {
  "plain JavaScript": 'export * from "./plain.mjs"',
  "@simplewebauthn/browser": 'export { startAuthentication } from "@simplewebauthn/browser"',
  "@github/webauthn-json": 'export { get } from "@github/webauthn-json"',
  "@passwordless-id/webauthn": 'export { client } from "@passwordless-id/webauthn"',
};

/** @typedef {import("./summary.mjs").Spread} Spread */

/** The rows with their medians and, for the package, the ratio to what was done by hand; the bytes of the module. */
export const measureStart = async (origin) => {
  const pkg = (name) => readFile(join(root, "pkg", name), "utf8");
  const [script, module] = [await pkg("webauthn-result.script.js"), await pkg("index.js")];
  const browser = await launchBrowser();
  /** In a context of its own, which has a process of its own: nothing is compiled yet, and nothing is in a cache. */
  const inFreshPage = async (act) => {
    const context = await browser.newContext();
    try {
      const page = await context.newPage();
      await page.goto(`${origin}/empty`);
      await page.waitForTimeout(SETTLE);
      return await act(page);
    } finally {
      await context.close();
    }
  };
  try {
    const { bytes, options } = await inFreshPage((page) => page.evaluate(captureBytes, script));
    const given = JSON.stringify({ bytes, options: options ?? undefined });
    const imports = importsFor(Buffer.from(bytes, "base64"));
    const withImports = (more) => `{ ...${given}, imports: ${imports}, ...${JSON.stringify(more)} }`;
    const calls = {
      [BY_HAND]: `(${byHand})(${withImports({})})`,
      [FROM_USE]: `(${runScript})(${JSON.stringify({ text: script, global: "webauthnResult", isFromUse: true })})`,
      [SCRIPT]: `(${runScript})(${JSON.stringify({ text: script, global: "webauthnResult" })})`,
      [BY_HAND_IN_MODULE]: `(${importModule})(${withImports({ text: BY_HAND_MODULE })})`,
      [MODULE]: `(${importModule})(${JSON.stringify({ text: module })})`,
    };
    const peers = {};
    for (const [name, source] of Object.entries(PEERS)) {
      const text = await bundle(source, { global: "peer", isText: true });
      peers[name] = `(${runScript})(${JSON.stringify({ text, global: "peer" })})`;
    }
    const timesOf = (scripts, rounds) =>
      takeTurns({
        names: Object.keys(scripts),
        rounds,
        warmUp: 1,
        measure: (name) => inFreshPage((page) => page.evaluate(scripts[name])),
        onRound: reportEvery(10, rounds),
      });
    const times = { ...(await timesOf(calls, ROUNDS)), ...(await timesOf(peers, PEER_ROUNDS)) };
    /** @type {Record<string, { ms: Spread, ratio?: Spread }>} */
    const rows = Object.fromEntries(Object.entries(times).map(([name, each]) => [name, { ms: spread(each) }]));
    rows[FROM_USE].ratio = ratio(times, FROM_USE, BY_HAND);
    rows[SCRIPT].ratio = ratio(times, SCRIPT, BY_HAND);
    rows[MODULE].ratio = ratio(times, MODULE, BY_HAND_IN_MODULE);
    return { rows, rounds: ROUNDS, peerRounds: PEER_ROUNDS, bytes: Buffer.from(bytes, "base64").length };
  } finally {
    await browser.close();
  }
};
