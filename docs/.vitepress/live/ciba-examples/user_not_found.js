import { CIBAClient } from "webauthn-result/ciba";

const client = new CIBAClient({ baseUrl: "/auth/ciba", routes: "relay" });

export const server = { initiate: "user_not_found" };

export const run = () => client.safeAuthenticate("ada@example.com");
