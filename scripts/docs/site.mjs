// Builds the documentation's site.

import { join } from "node:path";

import { root, run } from "../run.mjs";

/** The folder of the built site. */
export const site = join(root, "docs/.vitepress/dist");

/** The step that builds the site. Its live examples use the package in pkg/. */
export const siteStep = {
  title: "Build the documentation's site",
  run: () => run("node", [join(root, "node_modules/vitepress/bin/vitepress.js"), "build", join(root, "docs")]),
};
