import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // Without the test of fake timers: a browser reads a response's body in its own time.
    testNamePattern: /^(?!.*in no time)/,
    browser: {
      enabled: true,
      headless: true,
      provider: playwright({
        launchOptions: { executablePath: process.env.CHROMIUM, args: process.env.CHROMIUM_ARGS?.split(" ") },
      }),
      instances: [{ browser: "chromium" }],
    },
  },
});
