import { CIBAClient } from "webauthn-result/ciba";

export const server = { initiate: "never" };

export const run = () =>
  new CIBAClient({ baseUrl: "/auth/ciba", routes: "relay", requestTimeout: 500 }).safeAuthenticate("ada@example.com");
