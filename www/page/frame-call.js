// Calls the module inside a frame that may not use WebAuthn, like an embedded page of another origin without permission.

import { element } from "./element.js";

const PERMISSIONS_POLICY = "publickey-credentials-get 'none'; publickey-credentials-create 'none'";

/** Calls `authenticate` or `register` (`name`) in the frame. Resolves to the result object, as posted. */
export function callInFrame(name, options) {
  const frame = element("iframe", {
    src: "/frame.html",
    allow: PERMISSIONS_POLICY,
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
