import { defineConfig } from "@playwright/test";

export default defineConfig({
  use: {
    baseURL: process.env.SHOP_URL ?? "http://localhost:5173",
    launchOptions: { executablePath: process.env.CHROMIUM, args: process.env.CHROMIUM_ARGS?.split(" ") },
  },
});
