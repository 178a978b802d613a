import { authenticate } from "webauthn-result";

export const run = (approval) => authenticate(approval, { mediation: "sometimes" });
