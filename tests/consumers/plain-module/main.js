// Creates a passkey, and approves with it: a page without a framework and without a bundler.

import { explain } from "./node_modules/webauthn-result/pkg/explain.js";
import { authenticate, configure, register } from "./node_modules/webauthn-result/pkg/index.js";
import { confirm, problemOf, startApproval, startRegistration } from "./shop.js";

configure({ baseUrl: "https://INSTANCE.mauth.nevis.cloud", statusUrl: "/api/status" });

const username = document.querySelector("#username");
const outcome = document.querySelector("#outcome");

const show = ({ title, advice }) => {
  outcome.textContent = `${title}. ${advice}`;
};

/** Runs a ceremony, has the backend verify its success, and shows how it ended, also if the backend fails. */
const settle = async (start, ceremony) => {
  outcome.textContent = "";
  try {
    const transaction = await start(username.value);
    const result = await ceremony(transaction);
    if (result.success) await confirm(result.token, transaction);
    show(explain(result));
  } catch (error) {
    show(problemOf(error));
  }
};

document.querySelector("#create").addEventListener("click", () => settle(startRegistration, register));
document.querySelector("#approve").addEventListener("click", () => settle(startApproval, authenticate));
