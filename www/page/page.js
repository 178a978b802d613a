// What both pages of the demo begin with: the addresses of the services, and the package's defaults.

import { ready } from "/pkg/index.js";
import * as shop from "./demo-api.js";
import { configureModule } from "./module-call.js";

/** Configures the package. Resolves to the address of the phone page; rejects if the shop's server cannot be reached. */
export async function connect() {
  const { baseUrl, phoneUrl } = await shop.settings();
  // Through the shop's server: a real cloud may not let a page ask for a status.
  configureModule({ baseUrl, statusUrl: "/api/status" });
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("[data-phones]")))
    link.href = phoneUrl;
  await ready();
  return phoneUrl;
}
