// CommonJS by its own form of import.

import webauthnResult = require("webauthn-result");
import words = require("webauthn-result/explain");

export const title = async (approval: webauthnResult.Approval): Promise<string> =>
  words.explain(await webauthnResult.authenticate(approval)).title;

// @ts-expect-error there is no default export
webauthnResult.default;
