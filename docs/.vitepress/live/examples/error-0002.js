import { authenticate } from "webauthn-result";

export const cloud = { finalize: { rejected: "The transaction has expired" } };

export const run = (approval) => authenticate(approval);
