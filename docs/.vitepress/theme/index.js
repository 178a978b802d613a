// VitePress's own theme, in the colors of the demo, with the live examples.

import DefaultTheme from "vitepress/theme";
import LiveResult from "../live/LiveResult.vue";
import "./style.css";

export default {
  extends: DefaultTheme,
  enhanceApp: ({ app }) => app.component("LiveResult", LiveResult),
};
