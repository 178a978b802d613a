/// <reference types="webauthn-result/script" />

// A classic script: it has no imports, and its names are global.

async function _approve(approval: import("webauthn-result").Approval): Promise<string | undefined> {
  webauthnResult.configure({ baseUrl: "https://INSTANCE.mauth.nevis.cloud" });
  const result: import("webauthn-result").AuthenticationResult = await webauthnResult.authenticate(approval);
  // @ts-expect-error the status codes are literals
  result.code.statusCode === "error-1001";
  return result.success ? result.token : undefined;
}

window.webauthnResult.cancel();
globalThis.webauthnResult.cancel();
