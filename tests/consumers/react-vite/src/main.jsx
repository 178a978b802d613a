import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { configure } from "webauthn-result";
import { Passkeys } from "./Passkeys.jsx";

configure({ baseUrl: "https://INSTANCE.mauth.nevis.cloud" });

createRoot(document.querySelector("#app")).render(
  <StrictMode>
    <Passkeys />
  </StrictMode>,
);
