import { register } from "webauthn-result";

export const run = ({ credentialCreationOptions, statusToken }) =>
  register({ statusToken, credentialCreationOptions: { ...credentialCreationOptions, pubKeyCredParams: "ES256" } });
