import { CIBAClient } from "webauthn-result/ciba";

const client = new CIBAClient({ baseUrl: "/auth/ciba", routes: "relay" });

export const server = { poll: ["pending", "approved"] };

export const run = async () => {
  const { auth_req_id } = await client.initiateAppApproval("ada@example.com");
  return client.pollForApproval("ada@example.com", auth_req_id);
};
