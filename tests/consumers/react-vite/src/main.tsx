import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { configure } from "webauthn-result";
import { Passkeys } from "./Passkeys";
import "./index.css";

configure({
  baseUrl: "http://localhost:5190",
  statusUrl: "/api/status",
  usernameless: true, // an empty name is any passkey
});

createRoot(document.querySelector("#root")!).render(
  <StrictMode>
    <Passkeys />
  </StrictMode>,
);
