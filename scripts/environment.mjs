// Reads the environment variables of the project's scripts and tests. All are checked and documented here.

import { ExpectedFailure } from "./failure.mjs";

const wholeNumber = ({ least = 0, most = Number.MAX_SAFE_INTEGER, infinity = false } = {}) => ({
  takes: `a whole number from ${least}${most === Number.MAX_SAFE_INTEGER ? "" : ` to ${most}`}${infinity ? ", or Infinity" : ""}`,
  parse: (text) => {
    if (infinity && text === "Infinity") return Infinity;
    const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    return number >= least && number <= most ? number : undefined;
  },
});
const port = wholeNumber({ least: 1, most: 65535 });
const flag = { takes: "1, or nothing", parse: (text) => (text === "1" ? true : undefined) };

/** By name: the accepted values, the default and the purpose. CONTRIBUTING.md has the same table. */
export const VARIABLES = {
  PORT: { ...port, usual: 5180, use: "`npm start`: the port of the demo page" },
  CLOUD_PORT: { ...port, usual: 5190, use: "`npm start`: the port of the local cloud" },
  PHONE_PORT: { ...port, usual: 5195, use: "`npm start`: the port of the phone page" },
  HOSTILE_CASES: { ...wholeNumber({ least: 1 }), usual: 28, use: "generated arguments, in hundreds" },
  HOSTILE_SEED: { ...wholeNumber(), usual: 1, use: "the seed that generates them" },
  GLOBALS_SINGLES: { ...wholeNumber({ infinity: true }), usual: 12, use: "globals patched one at a time" },
  GLOBALS_PAIRS: { ...wholeNumber(), usual: 8, use: "pairs of globals patched together" },
  GLOBALS_SEED: { ...wholeNumber(), usual: 1, use: "the seed that chooses them" },
  LONG_LIFE: { ...wholeNumber({ least: 1 }), usual: 300, use: "calls in one page" },
  TRAPS: { ...wholeNumber({ least: 1 }), usual: 5, use: "a trap at every Nth entry into the module" },
  FULL: { ...flag, usual: false, use: "`1`: every cell of the fault matrix" },
};

/**
 * The value of an environment variable, or its default if it is unset or empty.
 *
 * @throws {ExpectedFailure} if the value is not accepted
 */
export const readVariable = (name, env = process.env) => {
  const { parse, takes, usual } = VARIABLES[name];
  const text = env[name];
  if (text === undefined || text === "") return usual;
  const value = parse(text);
  if (value === undefined) throw new ExpectedFailure(`${name} must be ${takes}, but is ${JSON.stringify(text)}.`);
  return value;
};
