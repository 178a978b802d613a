import { createApp } from "vue";
import { configure } from "webauthn-result";
import Passkeys from "./Passkeys.vue";
import "./style.css";

configure({
  baseUrl: "https://INSTANCE.mauth.nevis.cloud",
  statusUrl: "/api/status",
  usernameless: true, // an empty name is any passkey
});

createApp(Passkeys).mount("#app");
