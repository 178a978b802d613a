// Loaded by a script element: the functions that tests call in the page.

import { run } from "./play.mjs";
import { createProperties } from "./properties.mjs";

let properties;

globalThis.hostile = {
  async setUp({ texts, fallback, hasAuthenticator }) {
    const [module, { explain }, { CIBAClient }] = await Promise.all([
      import("/pkg/index.js"),
      import("/pkg/explain.js"),
      import("/pkg/ciba.js"),
    ]);
    if (fallback) module.configure({ fallback: () => import("/pkg/webauthn-result.fallback.js") });
    properties = createProperties({ module, explain, CIBAClient, texts, hasAuthenticator });
  },
  run: (name, options) => run(properties[name], options),
};
