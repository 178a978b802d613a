import { CIBAClient } from "webauthn-result/ciba";

const client = new CIBAClient({ baseUrl: "/auth/ciba", routes: "relay" });

export const server = { poll: "expired_token" };

export const run = () => client.safeAuthenticate("ada@example.com");
