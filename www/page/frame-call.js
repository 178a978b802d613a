// Calls the module inside a frame that may not use WebAuthn, as a page of a foreign origin without permission would be.

import { element } from "./element.js";

const FORBIDDEN = "publickey-credentials-get 'none'; publickey-credentials-create 'none'";

/** Calls `authenticate` or `register` (its `name`) in the frame; the result object, as it was posted. */
export function callInFrame(name, options) {
  const frame = element("iframe", {
    src: "/frame.html",
    allow: FORBIDDEN,
    title: "A frame that may not use WebAuthn",
    hidden: "",
  });
  return new Promise((resolve) => {
    function listen({ origin, source, data }) {
      if (origin !== location.origin || source !== frame.contentWindow) return;
      if (data.listening) source.postMessage({ name, options }, location.origin);
      if (!data.result) return;
      removeEventListener("message", listen);
      frame.remove();
      resolve(data.result);
    }
    addEventListener("message", listen);
    document.body.append(frame);
  });
}
