#!/bin/sh
# Runs the end-to-end tests of a project on any CI service that has Node. Playwright starts the cloud, the backend and the page, and
# waits until each responds: see playwright.config.js.
set -eu

npm ci
# With CHROMIUM, the path of a browser, none is downloaded.
[ -n "${CHROMIUM:-}" ] || npx playwright install --with-deps chromium
npx playwright test
