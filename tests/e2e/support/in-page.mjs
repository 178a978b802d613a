// Runs in the page: calls the module as a shop's page would, and records everything that a page can see of a call.

/**
 * Evaluated in the page, before any call. Defines `e2e`: the module as `e2e.module`, and `e2e.begin`, which starts a call
 * and remembers it under a number.
 */
export const install = async () => {
  const module = await import("/pkg/index.js");
  const calls = [];

  const post = (value) =>
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => {
        resolve(data);
        port1.close();
      };
      port2.postMessage(value);
    });

  const isPlain = (value) => Object.getPrototypeOf(value) === Object.prototype;

  /** What the module has said of a result; `null` where the page has broken the place for that. */
  const causeOf = (result) => {
    try {
      const { causes } = globalThis[Symbol.for("webauthn-result.v1")];
      return causes instanceof WeakMap ? causes.get(result) : null;
    } catch {
      return null;
    }
  };

  /** Describes a result in a form that can leave the page. */
  const observe = async (result) => ({
    cause: causeOf(result),
    result,
    json: JSON.stringify(result),
    cloned: JSON.stringify(structuredClone(result)),
    posted: JSON.stringify(await post(result)),
    members: { result: Reflect.ownKeys(result), code: Reflect.ownKeys(result.code) },
    isPlain: isPlain(result) && isPlain(result.code),
  });

  // Buffers cannot leave the page; their lengths suffice.
  const withLengths = (value) =>
    value instanceof ArrayBuffer || ArrayBuffer.isView(value)
      ? { bytes: value.byteLength }
      : value && typeof value === "object"
        ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withLengths(member)]))
        : value;

  /**
   * Starts `name`. `on` is what the page does when a stage begins: "abort" its signal, "cancel", or "throw".
   * With `signal: "aborted"` or `signal: "own"` the call gets a signal.
   *
   * @param {string} name
   * @param {unknown} argument
   * @param {{
   *   signal?: string, on?: object, wantsExtensionResults?: boolean | "throw", [setting: string]: unknown,
   * }} [settings]
   */
  const begin = (name, argument, { signal, on = {}, wantsExtensionResults, ...settings } = {}) => {
    const controller = new AbortController();
    if (signal === "aborted") controller.abort();
    const waiting = [];
    const call = { controller, stages: [], extensionResults: [], ends: [], settled: false };
    const actions = {
      abort: () => controller.abort(),
      cancel: () => module.cancel(),
      throw: () => {
        throw new Error("the page's own mistake");
      },
    };
    call.reached = (stage) =>
      call.stages.includes(stage) ? Promise.resolve() : new Promise((resolve) => waiting.push({ stage, resolve }));
    const promise = module[name](argument, {
      onEnd: (event) => call.ends.push({ ...event }),
      ...settings,
      ...(signal && { signal: controller.signal }),
      ...(wantsExtensionResults && {
        onExtensionResults(results) {
          call.extensionResults.push(withLengths(results));
          if (wantsExtensionResults === "throw") actions.throw();
        },
      }),
      onProgress(stage) {
        call.stages.push(stage);
        for (const { resolve } of waiting.filter((waiter) => waiter.stage === stage)) resolve();
        actions[on[stage]]?.();
      },
    });
    call.outcome = promise.then(
      async (result) => {
        call.settled = true;
        return {
          ...(await observe(result)),
          stages: call.stages,
          extensionResults: call.extensionResults,
          ends: call.ends,
        };
      },
      (error) => Promise.reject(new Error(`the promise was rejected: ${error}`)),
    );
    call.outcome.catch(() => {}); // told when the test asks for it
    return calls.push(call) - 1;
  };

  const { fetch } = globalThis;
  /** Restores the browser's functions, and ends what a test left open. */
  const restore = () => {
    module.cancel();
    for (const method of ["get", "create"]) delete navigator.credentials[method];
    globalThis.fetch = fetch;
  };

  globalThis.e2e = { module, calls, observe, begin, restore };
};

/** Evaluated in the page: resolves in a later task, after unhandled rejections have been reported. */
export const nextTask = () =>
  new Promise((/** @type {(value?: unknown) => void} */ resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });

/** Evaluated in the page: adds another Content-Security-Policy, which can only forbid more. */
export const addPolicy = (content) => {
  const meta = document.createElement("meta");
  Object.assign(meta, { httpEquiv: "Content-Security-Policy", content });
  document.head.append(meta);
};

/** Evaluated in the page: adds a frame of the same document, and waits until it is loaded. */
export const addFrame = ([name, allow]) =>
  new Promise((resolve) => {
    const frame = document.createElement("iframe");
    Object.assign(frame, { name, allow, src: location.href, onload: resolve });
    document.body.append(frame);
  });

/** Evaluated in the page: never resolves, and rejects with the reason of `signal` when that is aborted. */
export const untilAborted = (signal) =>
  new Promise((_, reject) => {
    const end = () => reject(signal.reason);
    if (signal.aborted) end();
    else signal.addEventListener("abort", end);
  });
