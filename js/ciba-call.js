// Carries out one call of a method: the module decides each step, and is told what came of it.

import { alarm } from "./alarm.js";
import { ended, post, until } from "./host.js";

// The methods and the events, by the numbers that the module knows.
export const INITIATE = 0;
export const VERIFY = 1;
export const POLL = 2;
export const SAFE = 3;
export const RETRY = 4;
export const FALLBACK = 5;

const TICK = 0;
const JSON_ANSWER = 1;
const OTHER_ANSWER = 2;
const LATE = 3;
const UNREACHABLE = 4;
const CODE = 5;
const CANCEL = 6;
const REFUSE = 7;

const TYPES = {
  bindingMessage: "string",
  interval: "number",
  timeout: "number",
  maxRetries: "number",
  signal: "object",
  onProgress: "function",
  promptForCode: "function",
};

/** The options of a call, each of its type or absent; throws where one is of another. Their range the module judges. */
const read = (options, method) => {
  const given = { __proto__: null };
  if (options != null && typeof options != "object") throw options;
  for (const name in TYPES) {
    const value = options?.[name] ?? undefined;
    if (value !== undefined && typeof value != TYPES[name]) throw name;
    given[name] = value;
  }
  if (method == FALLBACK && !given.promptForCode) throw method;
  return given;
};

/** What a page's function throws is the page's own affair. */
const tell = (act) => {
  try {
    act();
  } catch {}
};

/** One request, which takes `ms` milliseconds at most and ends with `signal`. */
const request = async (url, body, ms, signal) => {
  const controller = alarm(ms, signal);
  try {
    const response = await until(post(url, body, controller.signal), controller);
    const text = await until(response.text(), controller);
    try {
      return [JSON_ANSWER, JSON.parse(text), response.status];
    } catch {
      return [OTHER_ANSWER, undefined, response.status];
    }
  } catch {
    return [controller.signal.aborted ? LATE : UNREACHABLE];
  } finally {
    controller.abort();
  }
};

const rest = async (ms, signal, nap) => {
  await ended(alarm(ms, signal, nap));
  return [TICK];
};

/** The code that the page asks the person for; none where the page throws. */
const ask = async (promptForCode, why, flight) => {
  try {
    return [CODE, await until(promptForCode(why), flight)];
  } catch {
    return [CODE];
  }
};

/**
 * Resolves to what the method resolves to, as JSON, or to nothing where the module crashed. Up to the first request it
 * happens at once.
 */
export const carryOut = async (module, { base, logger }, method, email, argument, options) => {
  let event = [TICK];
  let given, flight, next, json;
  try {
    given = read(options, method);
    flight = alarm(0, given.signal);
  } catch {
    event = [REFUSE];
    given = { __proto__: null };
    flight = alarm(0);
  }
  const call = {
    send: (path, body, ms) => {
      next = request(base + path, body, ms, flight.signal);
    },
    rest: (ms, nap) => {
      next = rest(ms, flight.signal, nap);
    },
    prompt: (why) => {
      next = ask(given.promptForCode, why, flight);
    },
    done: (text) => {
      json = text;
    },
    log: (level, text) => tell(() => logger?.[level](text)),
    report: (attempt, left, wait) =>
      tell(() =>
        given.onProgress?.({
          attempt,
          secondsLeft: left / 1e3,
          secondsToNextPoll: wait < 0 ? null : wait / 1e3,
        }),
      ),
    end: () => flight.abort(),
  };
  const { bindingMessage, interval, timeout, maxRetries } = given;
  const id = module.begin(call, method, email, argument, bindingMessage, interval, timeout, maxRetries);
  do {
    next = undefined;
    module.step(id, Date.now(), ...(flight.signal.aborted ? [CANCEL] : event));
    event = await next;
  } while (event);
  flight.abort();
  return json;
};
