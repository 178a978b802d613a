import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Push } from "./Push";

createRoot(document.querySelector("#root")!).render(
  <StrictMode>
    <Push />
  </StrictMode>,
);
