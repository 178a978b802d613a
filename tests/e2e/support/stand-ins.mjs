// What a page may find in place of the browser's own functions: password managers and polyfills put such things there.

/**
 * Evaluated in the page. Puts `source`, the text of a function, in the place of `navigator.credentials.get` and `create`:
 * it is called with `real`, the browser's own method, and the options, and returns what the page gets.
 */
export const replaceCredentials = (source) => {
  const standIn = new Function(`return (${source})`)();
  for (const method of ["get", "create"]) {
    const real = CredentialsContainer.prototype[method].bind(navigator.credentials);
    navigator.credentials[method] = (options) => standIn(real, options);
  }
};

/** Likewise for `fetch`: `source` is called with `real` and the arguments of the call. */
export const replaceFetch = (source) => {
  const standIn = new Function(`return (${source})`)();
  const real = globalThis.fetch.bind(globalThis);
  globalThis.fetch = (...values) => standIn(real, ...values);
};

/**
 * A stand-in for `replaceCredentials` that keeps each prompt open until `globalThis.consent()` is called, and then lets
 * the browser do its work: a person who takes time.
 */
export const slowPerson = async (real, options) => {
  await new Promise((resolve, reject) => {
    globalThis.consent = resolve;
    options.signal.addEventListener("abort", () => reject(options.signal.reason));
  });
  return real(options);
};
