import { authenticate } from "webauthn-result";

export const run = ({ credentialRequestOptions, userId }) =>
  authenticate({ credentialRequestOptions, userId, statusToken: "" });
