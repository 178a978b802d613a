// Times calls with stubbed browser functions.

import { takeTurns } from "../rounds.mjs";
import { createContenders } from "./contenders.mjs";
import { compare } from "./fairness.mjs";
import { authenticate as plain } from "./plain.mjs";
import { captureCredential, createArgument, TOKEN } from "./stand-ins.mjs";

let contenders;

/** Loads the package. Resolves to the number of cases in which plain JavaScript behaved the same. */
export const prepareCalls = async () => {
  const credential = await captureCredential();
  const { authenticate, ready } = await import("/pkg/index.js");
  await ready();
  contenders = createContenders(authenticate, "https://cloud.example");
  return compare(credential, authenticate, plain);
};

/**
 * Milliseconds for which a contender makes calls in its turn: enough for the resolution of the clock. It is a time instead of
 * a number of calls, so that on a busy machine fast contenders are interrupted as often as slow ones.
 */
const TURN_MS = 8;

/** Resolves to the milliseconds per call, by contender, for each round. */
export const timeCalls = ({ rounds, warmUp, credentials }) => {
  const argument = createArgument(credentials);
  return takeTurns({
    names: Object.keys(contenders),
    rounds,
    warmUp,
    async measure(name) {
      const call = contenders[name];
      const start = performance.now();
      let calls = 0;
      let elapsed;
      do {
        const { token } = await call(argument);
        if (token !== TOKEN) throw new Error(`${name} failed`);
        calls++;
        elapsed = performance.now() - start;
      } while (elapsed < TURN_MS);
      return elapsed / calls;
    },
  });
};
