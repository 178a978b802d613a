// Creates a passkey, and approves with it: a page without a framework and without a bundler.

import { explain } from "./node_modules/webauthn-result/pkg/explain.js";
import { authenticate, configure, register } from "./node_modules/webauthn-result/pkg/index.js";
import { confirm, problemOf, startApproval, startRegistration } from "./shop.js";

configure({
  baseUrl: "http://localhost:5190",
  statusUrl: "/api/status",
  usernameless: true, // an empty name is any passkey
});

const username = document.querySelector("#username");
const shown = document.querySelector("#outcome");
let busy = false;

const show = ({ title, advice }) => {
  shown.textContent = `${title}. ${advice}`;
};

const setBusy = (isBusy) => {
  busy = isBusy;
  for (const button of document.querySelectorAll("button")) button.ariaDisabled = String(isBusy);
};

/** Runs a ceremony, has the backend verify its success, and shows how it ended, also if the backend fails. */
const settle = async (start, ceremony) => {
  // A second click would start a second transaction.
  if (busy) return;
  setBusy(true);
  shown.textContent = "One moment …";
  try {
    const transaction = await start(username.value);
    const result = await ceremony(transaction);
    if (result.success) await confirm(result.token, transaction);
    else console.warn(result.code.statusCode, result.message);
    show(explain(result));
  } catch (error) {
    console.error(error);
    show(problemOf(error));
  } finally {
    setBusy(false);
  }
};

document.querySelector("#create").addEventListener("click", () => settle(startRegistration, register));
document.querySelector("#approve").addEventListener("click", () => settle(startApproval, authenticate));
