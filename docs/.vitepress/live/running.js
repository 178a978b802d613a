// Which live example is running: one at a time on the whole site, because each replaces the page's `fetch` until it ends.

import { ref } from "vue";

/** Its name, or an empty string. */
export const running = ref("");
