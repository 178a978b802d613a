// The live examples of push and TOTP: each is a module of this folder, and the page shows its text.

/** @typedef {import("webauthn-result/testing").FakeAuthSecOptions} FakeAuthSecOptions */

/**
 * `run` resolves to a result. `server` says how the server behaves.
 *
 * @typedef {{ server?: FakeAuthSecOptions, run: () => Promise<any> }} Module
 * @typedef {{ name: string, title: string, source: string, prompts: 0, load: () => Promise<Module> }} Example
 */

const modules = import.meta.glob("./ciba-examples/*.js");
const sources = import.meta.glob("./ciba-examples/*.js", { query: "?raw", import: "default", eager: true });

/** @type {Example[]} */
export const cibaExamples = Object.keys(modules).map((path) => {
  const name = path.slice("./ciba-examples/".length, -".js".length);
  return {
    name,
    title: name,
    source: sources[path],
    prompts: 0,
    load: () => /** @type {Promise<Module>} */ (modules[path]()),
  };
});
