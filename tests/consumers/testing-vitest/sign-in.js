import { authenticate } from "webauthn-result";
import { textFor } from "./text.js";

/** A button that signs in, and a line that says what came of it. */
export function createSignIn(settings) {
  const element = document.createElement("section");
  element.innerHTML = "<button>Sign in</button><output></output>";
  const [button, output] = element.children;
  button.addEventListener("click", async () => {
    button.disabled = true;
    const response = await fetch("/api/start-approval", { method: "POST" });
    output.textContent = textFor(await authenticate(await response.json(), settings));
    button.disabled = false;
  });
  return element;
}
