import { register } from "webauthn-result";

export const cloud = { finalize: { rejected: "This authenticator is not allowed" } };

export const run = (enrollment) => register(enrollment);
