// Times the start of the module: from the script's code, in memory, to `ready()`, each time in a new process.
//
// For comparison, it also compiles and instantiates the same bytes by hand. No package with this module can be faster.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { launchBrowser } from "../../tests/e2e/support/browser.mjs";
import { root } from "../run.mjs";
import { bundle } from "./bundle.mjs";
import { BY_HAND, BY_HAND_IN_MODULE, FROM_USE, MODULE, SCRIPT } from "./contenders.mjs";
import { reportEvery } from "./report-rounds.mjs";
import { takeTurns } from "./rounds.mjs";
import { ratio, spread } from "./summary.mjs";

/** Milliseconds for the initialization of a new process, which is not measured. */
const SETTLE = 800;
const ROUNDS = 30;
const PEER_ROUNDS = 10;

/** Each of these functions runs in its own page, fetches nothing, and resolves to milliseconds. */

const byHand = async ({ bytes, imports, options }) => {
  const module = Uint8Array.fromBase64(bytes);
  const start = performance.now();
  await WebAssembly.instantiate(module, imports(), options);
  return performance.now() - start;
};

/** With `isFromUse`, the time starts at the first use of `WebAssembly`, after the script was parsed. */
const runScript = async ({ code, global, isFromUse }) => {
  const script = document.createElement("script");
  script.textContent = code;
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

const importModule = async ({ code, bytes, imports, options }) => {
  if (bytes) globalThis.moduleByHand = { bytes: Uint8Array.fromBase64(bytes), imports: imports(), options };
  const address = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  const start = performance.now();
  const { ready } = await import(address);
  await ready();
  return performance.now() - start;
};

const BY_HAND_MODULE = `export const ready = () => {
  const { bytes, imports, options } = globalThis.moduleByHand;
  return WebAssembly.instantiate(bytes, imports, options);
};`;

/** Evaluated in a page: captures the bytes that the package compiles, and the options. */
const captureBytes = async (code) => {
  const compiled = [];
  for (const name of ["compile", "instantiate", "Module"]) {
    const original = WebAssembly[name];
    WebAssembly[name] = function (source, ...more) {
      if (!(source instanceof WebAssembly.Module)) {
        const view = ArrayBuffer.isView(source) ? source : new Uint8Array(source);
        const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
        compiled.push({ bytes: bytes.toBase64(), options: more[name === "instantiate" ? 1 : 0] });
      }
      return new.target ? new original(source, ...more) : original(source, ...more);
    };
    WebAssembly[name].prototype = original.prototype;
  }
  const script = document.createElement("script");
  script.textContent = code;
  document.head.append(script);
  await webauthnResult.ready();
  return compiled.sort((a, b) => b.bytes.length - a.bytes.length)[0];
};

/** Returns the code of a function that creates the imports, which do nothing. */
const importsFor = (bytes) => {
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(bytes));
  const others = imports.filter(({ kind }) => kind !== "function");
  if (others.length) throw new Error(`imports that are not functions: ${JSON.stringify(others)}`);
  const modules = {};
  for (const { module, name } of imports) (modules[module] ??= []).push(`${JSON.stringify(name)}() {}`);
  const properties = Object.entries(modules).map(
    ([name, functions]) => `${JSON.stringify(name)}: { ${functions.join()} }`,
  );
  return `() => ({ ${properties.join()} })`;
};

const PEERS = {
  "plain JavaScript": 'export * from "./plain.mjs"',
  "@simplewebauthn/browser": 'export { startAuthentication } from "@simplewebauthn/browser"',
  "@github/webauthn-json": 'export { get } from "@github/webauthn-json"',
  "@passwordless-id/webauthn": 'export { client } from "@passwordless-id/webauthn"',
};

/** @typedef {import("./summary.mjs").Spread} Spread */

/** Resolves to the rows with medians and, for the package, ratios to the module by hand; and the size of the module. */
export const measureStart = async (origin) => {
  const pkg = (name) => readFile(join(root, "pkg", name), "utf8");
  const [script, module] = [await pkg("webauthn-result.script.js"), await pkg("index.js")];
  const browser = await launchBrowser();
  /** Runs in a new context, and so in a new process: nothing is compiled or cached yet. */
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
      [FROM_USE]: `(${runScript})(${JSON.stringify({ code: script, global: "webauthnResult", isFromUse: true })})`,
      [SCRIPT]: `(${runScript})(${JSON.stringify({ code: script, global: "webauthnResult" })})`,
      [BY_HAND_IN_MODULE]: `(${importModule})(${withImports({ code: BY_HAND_MODULE })})`,
      [MODULE]: `(${importModule})(${JSON.stringify({ code: module })})`,
    };
    const peers = {};
    for (const [name, source] of Object.entries(PEERS)) {
      const code = await bundle(source, { global: "peer", isCode: true });
      peers[name] = `(${runScript})(${JSON.stringify({ code, global: "peer" })})`;
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
