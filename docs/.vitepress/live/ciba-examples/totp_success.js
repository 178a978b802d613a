import { CIBAClient } from "webauthn-result/ciba";

const client = new CIBAClient({ baseUrl: "/auth/ciba", routes: "relay" });

export const server = { totp: "ok" };

export const run = () => client.verifyTotp("ada@example.com", "123 456");
