import { defineConfig } from "@playwright/test";

export default defineConfig({
  // Not those of Vitest, `*.test.*`.
  testMatch: "**/*.spec.js",
  use: {
    baseURL: process.env.SHOP_URL ?? "http://localhost:5173",
    launchOptions: { executablePath: process.env.CHROMIUM, args: process.env.CHROMIUM_ARGS?.split(" ") },
  },
});
