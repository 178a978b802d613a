// What a call costs, on a browser that answers at once.

import { takeTurns } from "../rounds.mjs";
import { createContenders } from "./contenders.mjs";
import { compare } from "./fairness.mjs";
import { authenticate as plain } from "./plain.mjs";
import { argumentOf, capture, TOKEN } from "./stand-ins.mjs";

let contenders;

/** Loads the package; resolves to the number of cases in which plain JavaScript did the same. */
export const prepareCalls = async () => {
  const credential = await capture();
  const { authenticate, ready } = await import("/pkg/index.js");
  await ready();
  contenders = createContenders(authenticate, "https://cloud.example");
  return compare(credential, authenticate, plain);
};

/**
 * Milliseconds for which each calls again and again in its turn: enough for the clock. It is a time and no number of calls,
 * so that on a busy machine the quick are interrupted as often as the slow.
 */
const TURN = 8;

/** Milliseconds a call by contender, for each of `rounds`. */
export const timeCalls = ({ rounds, warmUp, credentials }) => {
  const argument = argumentOf(credentials);
  return takeTurns({
    names: Object.keys(contenders),
    rounds,
    warmUp,
    async measure(name) {
      const call = contenders[name];
      const start = performance.now();
      let calls = 0;
      let passed;
      do {
        const { token } = await call(argument);
        if (token !== TOKEN) throw new Error(`${name} failed`);
        calls++;
        passed = performance.now() - start;
      } while (passed < TURN);
      return passed / calls;
    },
  });
};
