import { defineConfig } from "vitest/config";

// `npm run msw-3` runs the same tests with version 3, which needs Node 22 or newer.
const isVersion3 = process.env.npm_lifecycle_event === "msw-3";

export default defineConfig({ resolve: { alias: isVersion3 ? [{ find: /^msw(?=\/|$)/, replacement: "msw-3" }] : [] } });
