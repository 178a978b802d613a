import { authenticate } from "webauthn-result";

export const cloud = { finalize: "ok" };

export const run = (approval) => authenticate(approval);
