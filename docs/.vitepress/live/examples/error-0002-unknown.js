import { authenticate } from "webauthn-result";

// The cloud accepts, and neither its response nor its status arrives.
export const cloud = { finalize: "lost", status: "unreachable" };

export const run = (approval) => authenticate(approval, { finalizeTimeout: 1000 });
