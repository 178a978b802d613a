// Counts the calls between WebAssembly and JavaScript, the memory pages and the allocations of a ceremony.

import { captureCredential, createArgument, stub } from "./stand-ins.mjs";

const settings = { baseUrl: "https://cloud.example" };

/**
 * Calls `onCreated` with the exports of each new instance. `wrap` may replace the functions of "imports" or "exports".
 *
 * @param {(exports: WebAssembly.Exports) => void} onCreated
 * @param {(functions: WebAssembly.ModuleImports, direction: "imports" | "exports") => WebAssembly.ModuleImports} [wrap]
 */
const watchInstances = (onCreated, wrap = (functions) => functions) => {
  const { Instance } = WebAssembly;
  const wrapped = (imports) =>
    Object.fromEntries(Object.entries(imports).map(([name, of]) => [name, wrap(of, "imports")]));
  const observe = ({ exports }) => {
    onCreated(exports);
    return { exports: wrap(exports, "exports") };
  };
  // The decoder of js/decode.wat has no imports.
  WebAssembly.Instance = new Proxy(Instance, {
    construct: (_, [module, imports]) =>
      imports ? observe(new Instance(module, wrapped(imports))) : new Instance(module),
  });
  return () => Object.assign(WebAssembly, { Instance });
};

const isMemory = (value) => value instanceof WebAssembly.Memory;

const succeed = async (authenticate, argument) => {
  const { success, message } = await authenticate(argument, settings);
  if (!success) throw new Error(`the ceremony failed: ${message}`);
};

/** Resolves to the pages of the package's memory: at the start, after the first ceremony, and after a hundred more. */
export const measureMemory = async () => {
  stub(await captureCredential());
  let memory;
  const restore = watchInstances((exports) => (memory = Object.values(exports).find(isMemory)));
  const { authenticate, ready } = await import("/pkg/index.js");
  await ready();
  restore();
  const pages = () => memory.buffer.byteLength / 65_536;
  const start = pages();
  await succeed(authenticate, createArgument(1));
  const first = pages();
  for (let turn = 0; turn < 100; turn++) await succeed(authenticate, createArgument(1));
  return { start, first, hundred: pages() };
};

/** Counts the calls of each import and export in one ceremony, by short name, and the growth of the counters. */
export const countCrossings = async (path, counterNames) => {
  stub(await captureCredential());
  let counters;
  let counts = {};
  const watch = (functions, direction) =>
    Object.fromEntries(
      Object.entries(functions).map(([name, value]) => [
        name,
        typeof value != "function"
          ? value
          : (...values) => {
              counts[direction][name] = (counts[direction][name] ?? 0) + 1;
              return value(...values);
            },
      ]),
    );
  const restore = watchInstances((exports) => (counters = counterNames.map((name) => exports[name])), watch);
  const reset = () => (counts = { imports: {}, exports: {} });
  reset();
  const { authenticate, ready } = await import(path);
  await ready();
  restore();
  const argument = createArgument(1);
  // The first ceremony initializes caches.
  await succeed(authenticate, argument);
  reset();
  const before = counters.map((counter) => counter?.value);
  await succeed(authenticate, argument);
  return { ...counts, counters: counters.map((counter, index) => counter?.value - before[index]) };
};
