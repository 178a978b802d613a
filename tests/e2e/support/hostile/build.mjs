// Runs in the page: makes a value from its description, which is JSON, so that a failure can print and replay it.
//
// A description is the name of a kind, or one of
//   { json }  { units: [16-bit units] }  { repeat: text, times }            a plain value, any text, a long text
//   { items: [description], as }  { item, times }                          an array, a long one
//   { members: [[name, description]], as }                                 an object
//   { valid: what, changes: [[path, description or { gone }]] }             valid except for these places
//   { proxied: description, traps: [[trap, description]] }                  a proxy
// and, as a member only,
//   { changing: [description] }  { throwing: description }  { calling: name, value: description }     getters

import { BUFFERS, FUNCTIONS, foreign, KINDS, nestedArrays, nestedObjects, SIGNALS } from "./kinds.mjs";
import { valid } from "./valid.mjs";

/** What getters and callbacks call; set by the world of a case. */
export const calls = {};

const REENTRANT = Object.fromEntries(
  ["authenticate", "register", "cancel", "abort", "configure"].map((name) => [
    `function that calls ${name}`,
    () => () => calls[name]?.(),
  ]),
);

export const CALLBACKS = { ...FUNCTIONS, ...REENTRANT };

export const LEAVES = { ...KINDS, ...BUFFERS, ...SIGNALS, ...CALLBACKS };

const arrayOf = {
  plain: (items) => items,
  foreign: (items) => foreign.Array.from(items),
  frozen: (items) => Object.freeze(items),
  sparse: (items) => {
    const array = [];
    for (let index = 0; index < items.length; index++) array[index * 3] = items[index];
    return array;
  },
  proxied: (items) => new Proxy(items, {}),
};

const objectOf = {
  plain: () => ({}),
  null: () => Object.create(null),
  foreign: () => new foreign.Object(),
  inherited: () => Object.create({}),
  frozen: () => ({}),
  function: () => () => {},
};

const put = (target, name, description) => {
  const { changing, throwing, calling } = description ?? {};
  const shared = { enumerable: true, configurable: true };
  let count = 0;
  const get =
    (changing && (() => build(changing[Math.min(count++, changing.length - 1)]))) ??
    (throwing !== undefined &&
      (() => {
        throw build(throwing);
      })) ??
    undefined;
  if (calling)
    Object.defineProperty(target, name, {
      ...shared,
      get() {
        calls[calling]?.();
        return build(description.value);
      },
    });
  else if (get) Object.defineProperty(target, name, { ...shared, get });
  // Defined, not assigned, so that "__proto__" becomes a property.
  else Object.defineProperty(target, name, { ...shared, writable: true, value: build(description) });
};

const change = (root, [path, description]) => {
  try {
    const target = path.slice(0, -1).reduce((holder, name) => holder[name], root);
    if (description?.gone) delete target[path.at(-1)];
    else put(target, path.at(-1), description);
  } catch {
    // An earlier change put a value there that has no such place, or is frozen.
  }
};

export const build = (description) => {
  if (typeof description == "string") return LEAVES[description]();
  const { json, units, repeat, times, items, item, members, as, proxied, traps, depth, of } = description;
  if (units) return String.fromCharCode(...units);
  if (repeat) return repeat.repeat(times);
  if (depth) return of === "arrays" ? nestedArrays(depth) : nestedObjects(depth, of);
  if (item) return new Array(times).fill(build(item));
  if (items) return arrayOf[as ?? "plain"](items.map(build));
  if (members) {
    const target = objectOf[as ?? "plain"]();
    const holder = as === "inherited" ? Object.getPrototypeOf(target) : target;
    for (const [name, member] of members) put(holder, name, member);
    return as === "frozen" ? Object.freeze(target) : target;
  }
  if (description.valid) {
    const value = valid[description.valid]();
    for (const one of description.changes ?? []) change(value, one);
    return value;
  }
  if (proxied) {
    const target = build(proxied);
    const handler = {};
    for (const [trap, answer] of traps)
      handler[trap] = (...values) => {
        if (answer?.throwing) throw build(answer.throwing);
        if (answer === "as the target") return Reflect[trap](...values);
        return build(answer);
      };
    return Object(target) === target ? new Proxy(target, handler) : target;
  }
  return json;
};
