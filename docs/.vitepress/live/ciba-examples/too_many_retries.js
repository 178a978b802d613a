import { CIBAClient } from "webauthn-result/ciba";

const client = new CIBAClient({ baseUrl: "/auth/ciba", routes: "relay" });

export const server = { totp: "invalid_code" };

export const run = async () => {
  for (let attempt = 1; attempt <= 3; attempt++) await client.verifyTotp("ada@example.com", "000000");
  return client.verifyTotp("ada@example.com", "123456");
};
