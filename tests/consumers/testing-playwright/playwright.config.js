import { defineConfig } from "@playwright/test";

const origin = "http://localhost:5173";
const cloud = "http://localhost:5190";
// Locally, what runs already is used.
const reuseExistingServer = !process.env.CI;

export default defineConfig({
  // Not those of Vitest, `*.test.*`.
  testMatch: "**/*.spec.js",
  // A call that recovers a lost response takes longer than Playwright's 5 seconds.
  expect: { timeout: 20_000 },
  use: {
    baseURL: process.env.SHOP_URL ?? origin,
    launchOptions: { executablePath: process.env.CHROMIUM, args: process.env.CHROMIUM_ARGS?.split(" ") },
  },
  // With SHOP_URL, the tests run against what is there.
  webServer: process.env.SHOP_URL
    ? []
    : [
        { command: `npx webauthn-result-cloud --origin ${origin}`, url: `${cloud}/ready`, reuseExistingServer },
        {
          command: "node node_modules/webauthn-result/docs/examples/backend.mjs",
          env: { CLOUD_URL: cloud, ACCESS_KEY: "secret", ORIGIN: origin },
          port: 4000,
          reuseExistingServer,
        },
        { command: "npm run dev", url: origin, reuseExistingServer },
      ],
});
