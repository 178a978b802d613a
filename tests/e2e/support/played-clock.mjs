// A clock that the test moves: minutes pass in no time, and exactly.

/**
 * Evaluated in the page: replaces its clocks and timers by a clock that starts at 0. Time passes while the page waits for it,
 * from one timer to the next.
 *
 * @param {() => Promise<void>} nextTask
 */
export const playClock = (nextTask) => {
  // Those of the browser, also if a clock was played before.
  const real = (globalThis.realTimers ??= { setTimeout: setTimeout.bind(globalThis) });
  let now = 0;
  let last = 0;
  let timers = [];
  Date.now = () => now;
  performance.now = () => now;
  globalThis.setTimeout = (act, ms = 0) => {
    timers.push({ id: ++last, due: now + ms, act });
    return last;
  };
  globalThis.clearTimeout = (id) => {
    timers = timers.filter((timer) => timer.id !== id);
  };

  /** Long enough for every promise that does not wait for the clock. */
  const settle = async () => {
    for (let count = 0; count < 6; count++) await nextTask();
  };
  const next = () => timers.sort((a, b) => a.due - b.due)[0];
  const fire = () => {
    const { due, act } = timers.shift();
    now = Math.max(now, due);
    act();
  };

  return {
    seconds: () => Math.round(now) / 1000,
    timers: () => timers.length,
    /** Lets this many seconds pass. */
    async pass(duration) {
      const end = now + duration * 1000;
      for (;;) {
        await settle();
        if (!timers.length || next().due > end) break;
        fire();
      }
      now = Math.max(now, end);
    },
    /** The wall clock jumps, and timers have not moved: a laptop slept. */
    sleep(duration) {
      now += duration * 1000;
      for (const timer of timers) timer.due += duration * 1000;
    },
    /** Lets time pass until the promise settles. */
    async until(promise) {
      let isDone = false;
      let waits = 0;
      const done = () => {
        isDone = true;
      };
      promise.then(done, done);
      for (let rounds = 0; !isDone && rounds < 5000; rounds++) {
        await settle();
        if (isDone) break;
        if (next()) fire();
        // Here real time has to pass: the browser compiles a new instance of the module, for one.
        else if (++waits > 1000) break;
        else await new Promise((resolve) => real.setTimeout(resolve, 10));
      }
      await settle();
      if (!isDone) throw new Error("it never ends");
      return promise;
    },
  };
};
