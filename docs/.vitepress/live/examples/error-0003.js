import { authenticate } from "webauthn-result";

export const run = ({ credentialRequestOptions, statusToken }) =>
  authenticate({ credentialRequestOptions, statusToken, userId: null });
