// Runs in the page: plays one generated case after the other, until one breaks a promise of the package.

import * as fc from "fast-check";

import { nextTask } from "../in-page.mjs";
import { Flaw } from "./judge.mjs";
import { pass } from "./world.mjs";

/** A call that has not ended by then, in milliseconds after all that could delay it was ended, never will. */
const HANG = 20_000;
/** What is patient is given this long, in milliseconds: the clock's five minutes and some. */
export const PATIENCE = 400;
/** Anything else is given this long, and then ended. */
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

/** What the promise that `act` returns comes to; `end` ends whatever may delay it. */
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

/** What `act` returns; it may throw nothing. */
export const attempt = (act) => {
  try {
    return act();
  } catch (error) {
    throw new Flaw(`throws: ${describeError(error)}`);
  }
};

/** Plays so many cases of a property: how often each outcome was seen, and what is wrong, in words that replay it. */
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
