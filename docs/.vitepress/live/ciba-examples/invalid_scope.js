import { CIBAClient } from "webauthn-result/ciba";

const client = new CIBAClient({ baseUrl: "/auth/ciba", routes: "relay" });

export const server = { initiate: "invalid_scope" };

export const run = () => client.safeAuthenticate("ada@example.com");
