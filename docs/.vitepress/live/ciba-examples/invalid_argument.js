import { CIBAClient } from "webauthn-result/ciba";

const client = new CIBAClient({ baseUrl: "/auth/ciba", routes: "relay" });

export const run = () => client.safeAuthenticate("");
