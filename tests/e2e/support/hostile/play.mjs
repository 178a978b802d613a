// Runs in the page: runs generated cases until one breaks a promise of the package.

import * as fc from "fast-check";

import { nextTask } from "../in-page.mjs";
import { Flaw } from "./judge.mjs";
import { pass } from "./world.mjs";

/** The time limit of a call, in milliseconds after everything that can delay it has ended. */
const HANG = 20_000;
/** For calls that may wait long, in milliseconds: more than five minutes of the fast clock. */
export const PATIENCE = 400;
/** For other calls, which are then ended. */
const HASTE = 4;

const errors = [];
addEventListener("error", ({ message, error }) => errors.push(`uncaught: ${message} ${error?.stack}`));
addEventListener("unhandledrejection", ({ reason }) => errors.push(`unhandled: ${reason?.stack ?? reason}`));

const assertUnharmed = () => {
  if (errors.length) throw new Flaw(`left errors that nobody caught: ${errors.splice(0).join("; ")}`);
};

const within = async (promise, waiting) => {
  let settled = false;
  const done = promise.then(
    () => (settled = true),
    () => (settled = true),
  );
  await Promise.race([done, waiting]);
  return settled;
};

/** The outcome of the promise that `act` returns; `end` ends whatever may delay it. */
export const answerOf = async (act, end, patience = HASTE) => {
  const promise = attempt(act);
  if (!(promise instanceof Promise)) throw new Flaw(`is no promise but ${promise}`);
  const isOver =
    (await within(promise, nextTask())) ||
    (await within(promise, nextTask())) ||
    (await within(promise, pass(patience)));
  if (!isOver) {
    end();
    if (!(await within(promise, pass(HANG)))) throw new Flaw("hangs");
  }
  return promise.catch((error) => {
    throw new Flaw(`rejects: ${describeError(error)}`);
  });
};

const describeError = (error) => {
  try {
    return `${error?.stack ?? String(error)}`;
  } catch {
    return "something unreadable";
  }
};

/** What `act` returns; it must not throw. */
export const attempt = (act) => {
  try {
    return act();
  } catch (error) {
    throw new Flaw(`throws: ${describeError(error)}`);
  }
};

/** Runs so many cases of a property. Returns the count of each outcome, and a flaw with what replays it. */
export const run = async ({ arbitrary, play }, { seed, count, path = "" }) => {
  const seen = {};
  const property = fc.asyncProperty(arbitrary, async (given) => {
    for (const outcome of await play(given)) seen[outcome] = (seen[outcome] ?? 0) + 1;
    await nextTask();
    assertUnharmed();
  });
  const details = await fc.check(property, {
    seed,
    path,
    numRuns: count,
    endOnFailure: path !== "",
    interruptAfterTimeLimit: 100_000,
  });
  const { counterexample, counterexamplePath, errorInstance, numShrinks } = details;
  return {
    seen,
    flaw:
      details.failed &&
      `after ${details.numRuns} cases, path ${counterexamplePath}, ${numShrinks} times made smaller:
${JSON.stringify(counterexample)}
${errorInstance?.stack ?? errorInstance ?? "not ended in time"}`,
  };
};
