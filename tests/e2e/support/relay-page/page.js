// A page that signs in by push or by code, through a relay. It shows the results, so that a test can read them.

import { CIBAClient } from "/ciba.js";

const client = new CIBAClient({ baseUrl: "/auth/ciba", routes: "relay" });
const CHARACTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

const at = (id) => document.getElementById(id);
const emailOf = () => at("email").value;
const show = (result) => (at("result").textContent = JSON.stringify(result));

at("push").addEventListener("click", async () => {
  const email = emailOf();
  const code = [...crypto.getRandomValues(new Uint8Array(4))].map((byte) => CHARACTERS[byte % 32]).join("");
  const bindingMessage = `Sign in, code ${code}`;
  const request = await client.initiateAppApproval(email, { bindingMessage });
  if (request.error !== undefined) return show(request);
  at("message").textContent = bindingMessage;
  show(await client.pollForApproval(email, request.auth_req_id));
});
at("cancel").addEventListener("click", () => client.cancelApproval(emailOf()));
at("verify").addEventListener("click", async () => {
  at("result").textContent = "";
  show(await client.verifyTotp(emailOf(), at("code").value));
});
