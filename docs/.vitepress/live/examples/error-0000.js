import { authenticate } from "webauthn-result";

export const run = ({ statusToken, userId }) =>
  authenticate({ statusToken, userId, credentialRequestOptions: { challenge: "not base64url!" } });
