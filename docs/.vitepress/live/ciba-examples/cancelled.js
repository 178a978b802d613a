import { CIBAClient } from "webauthn-result/ciba";

const client = new CIBAClient({ baseUrl: "/auth/ciba", routes: "relay" });

export const server = { poll: "pending" };

export const run = async () => {
  setTimeout(() => client.cancelApproval("ada@example.com"), 500);
  return client.safeAuthenticate("ada@example.com");
};
