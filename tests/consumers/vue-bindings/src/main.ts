import { createApp } from "vue";
import { configure } from "webauthn-result";
import Passkeys from "./Passkeys.vue";

configure({ baseUrl: "https://INSTANCE.mauth.nevis.cloud", statusUrl: "/api/status" });

createApp(Passkeys).mount("#app");
