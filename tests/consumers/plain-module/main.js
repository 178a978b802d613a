// Creates a passkey, and approves with it: a page without a framework and without a bundler.

import { explain } from "./node_modules/webauthn-result/pkg/explain.js";
import { authenticate, configure, register } from "./node_modules/webauthn-result/pkg/index.js";
import { confirm, startApproval, startRegistration } from "./shop.js";

configure({ baseUrl: "https://INSTANCE.mauth.nevis.cloud" });

const username = document.querySelector("#username");
const outcome = document.querySelector("#outcome");

const show = async (result) => {
  if (result.success) await confirm(result.token);
  const { title, advice } = explain(result);
  outcome.textContent = `${title}. ${advice}`;
};

document.querySelector("#create").addEventListener("click", async () => {
  await show(await register(await startRegistration(username.value)));
});

document.querySelector("#approve").addEventListener("click", async () => {
  await show(await authenticate(await startApproval(username.value)));
});
