import { createApp } from "vue";
import Push from "./Push.vue";

createApp(Push).mount("#app");
