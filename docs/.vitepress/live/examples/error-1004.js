import { register } from "webauthn-result";

export const run = ({ credentialCreationOptions }) => register({ credentialCreationOptions });
