import { CIBAClient } from "webauthn-result/ciba";

const client = new CIBAClient({ baseUrl: "/auth/ciba", routes: "relay" });

export const server = { initiate: "tenant_not_found" };

export const run = () => client.safeAuthenticate("ada@example.com");
