import { createApp } from "vue";
import { configure } from "webauthn-result";
import Passkeys from "./Passkeys.vue";
import "./style.css";

configure({
  baseUrl: "http://localhost:5190",
  statusUrl: "/api/status",
  usernameless: true, // an empty name is any passkey
});

createApp(Passkeys).mount("#app");
