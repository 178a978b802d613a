// Replacements of the browser's functions, as password managers and polyfills make them.

/**
 * Evaluated in the page. Replaces `navigator.credentials.get` and `create` with the function whose source is `source`: it is
 * called with `real`, the browser's method, and the options, and returns what the page gets.
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
 * A function for `replaceCredentials` that keeps each prompt open until `globalThis.consent()` is called, and then calls the
 * browser: a slow user.
 */
export const slowPerson = async (real, options) => {
  await new Promise((resolve, reject) => {
    globalThis.consent = resolve;
    options.signal.addEventListener("abort", () => reject(options.signal.reason));
  });
  return real(options);
};
