// CommonJS by its own form of import.

import webauthnResult = require("webauthn-result");
import passkeys = require("webauthn-result/autofill");
import words = require("webauthn-result/explain");

export const title = async (approval: webauthnResult.Approval): Promise<string> =>
  words.explain(await webauthnResult.authenticate(approval)).title;

export const offer = (approval: webauthnResult.Approval): void =>
  passkeys.autofill(async () => approval, { onResult: console.log }).stop();

// @ts-expect-error there is no default export
webauthnResult.default;
