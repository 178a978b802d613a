import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { configure } from "webauthn-result";
import { SignIn } from "./SignIn";

configure({
  baseUrl: "https://INSTANCE.mauth.nevis.cloud",
  statusUrl: "/api/status",
  usernameless: true, // an empty name is any passkey
});

createRoot(document.querySelector("#root")!).render(
  <StrictMode>
    <SignIn />
  </StrictMode>,
);
