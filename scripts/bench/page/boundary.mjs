// What one ceremony moves between WebAssembly and JavaScript: calls across the boundary, pages of memory, allocations.

import { argumentOf, capture, stub } from "./stand-ins.mjs";

const settings = { baseUrl: "https://cloud.example" };

/**
 * Has `onMade` see each instance as it is made; `wrap` may put others in the place of functions, "imports" or "exports".
 *
 * @param {(exports: WebAssembly.Exports) => void} onMade
 * @param {(functions: WebAssembly.ModuleImports, way: "imports" | "exports") => WebAssembly.ModuleImports} [wrap]
 */
const watchInstances = (onMade, wrap = (functions) => functions) => {
  const { Instance } = WebAssembly;
  const wrapped = (imports) =>
    Object.fromEntries(Object.entries(imports).map(([name, of]) => [name, wrap(of, "imports")]));
  const see = ({ exports }) => {
    onMade(exports);
    return { exports: wrap(exports, "exports") };
  };
  // What reads the module from its text imports nothing.
  WebAssembly.Instance = new Proxy(Instance, {
    construct: (_, [module, imports]) => (imports ? see(new Instance(module, wrapped(imports))) : new Instance(module)),
  });
  return () => Object.assign(WebAssembly, { Instance });
};

const isMemory = (value) => value instanceof WebAssembly.Memory;

const succeed = async (authenticate, argument) => {
  const { success, message } = await authenticate(argument, settings);
  if (!success) throw new Error(`the ceremony failed: ${message}`);
};

/** Pages of the package's memory: at the start, after the first ceremony, and after a hundred more. */
export const measureMemory = async () => {
  stub(await capture());
  let memory;
  const restore = watchInstances((exports) => (memory = Object.values(exports).find(isMemory)));
  const { authenticate, ready } = await import("/pkg/index.js");
  await ready();
  restore();
  const pages = () => memory.buffer.byteLength / 65_536;
  const start = pages();
  await succeed(authenticate, argumentOf(1));
  const first = pages();
  for (let turn = 0; turn < 100; turn++) await succeed(authenticate, argumentOf(1));
  return { start, first, hundred: pages() };
};

/** How often each import and export is called in one ceremony, by its short name, and the counters' growth meanwhile. */
export const countCrossings = async (path, counterNames) => {
  stub(await capture());
  let counters;
  let counts = {};
  const watch = (functions, way) =>
    Object.fromEntries(
      Object.entries(functions).map(([name, value]) => [
        name,
        typeof value != "function"
          ? value
          : (...values) => {
              counts[way][name] = (counts[way][name] ?? 0) + 1;
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
  const argument = argumentOf(1);
  // The first one sets up what later ones find.
  await succeed(authenticate, argument);
  reset();
  const before = counters.map((counter) => counter?.value);
  await succeed(authenticate, argument);
  return { ...counts, counters: counters.map((counter, index) => counter?.value - before[index]) };
};
