import { configure } from "webauthn-result";

export default defineNuxtPlugin(() => {
  configure({
    baseUrl: "https://INSTANCE.mauth.nevis.cloud",
    statusUrl: "/api/status",
    usernameless: true, // an empty name is any passkey
    fallback: () => import("webauthn-result/fallback"),
  });
});
