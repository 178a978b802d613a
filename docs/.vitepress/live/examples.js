// The live examples: each is a module of this folder, and the page shows its text.

/** @typedef {import("webauthn-result/testing").FakeCloudOptions} FakeCloudOptions */

/**
 * `run` gets an approval or an enrollment, and resolves to the result. `cloud` says how the cloud behaves.
 *
 * @typedef {{ cloud?: FakeCloudOptions, run: (transaction: any) => Promise<any> }} Module
 * @typedef {{ name: string, title: string, source: string, prompts: number, isRegistration: boolean, needsPasskey: boolean, load: () => Promise<Module> }} Example
 */

const modules = import.meta.glob("./examples/*.js");
const sources = import.meta.glob("./examples/*.js", { query: "?raw", import: "default", eager: true });

/** The examples that use a passkey, which is created first. */
const WITH_PASSKEY = ["success-authentication", "error-0002", "error-0002-unknown"];

const WITH_PROMPT = [...WITH_PASSKEY, "success-registration", "error-0001", "error-1001", "error-1002"];

const TITLES = {
  "error-0002-unknown": "error-0002, outcome unknown",
  "error-0002-pending": "error-0002, not decided yet",
};

const pathOf = (name) => `./examples/${name}.js`;

/** @returns {Example} */
const exampleOf = (name) => {
  const needsPasskey = WITH_PASSKEY.includes(name);
  return {
    name,
    title: TITLES[name] ?? name,
    source: sources[pathOf(name)],
    prompts: Number(WITH_PROMPT.includes(name)) + Number(needsPasskey),
    isRegistration: /^(?:success-registration|error-1)/.test(name),
    needsPasskey,
    load: () => /** @type {Promise<Module>} */ (modules[pathOf(name)]()),
  };
};

/**
 * The examples whose result has one of the codes.
 *
 * @param {string[]} codes
 */
export const examplesOf = (codes) =>
  Object.keys(modules)
    .map((path) => path.slice("./examples/".length, -".js".length))
    .filter((name) => codes.some((code) => name.startsWith(code)))
    .map(exampleOf);
