// A shop's backend for the quick start: starts transactions at the Authentication Cloud, and verifies how they ended.
// docs/server-side.md explains it. It needs the folders backend/ and ciba-relay/ beside it.
//
//   CLOUD_URL=https://INSTANCE.mauth.nevis.cloud ACCESS_KEY=… ORIGIN=http://localhost:5173 node backend.mjs

import { authenticationCloud } from "./backend/cloud.mjs";
import { createRoutes } from "./backend/routes.mjs";
import { orExit, serveBackend } from "./backend/server.mjs";
import { readSettings } from "./backend/settings.mjs";

/** How many requests an address and a visitor may send in five minutes. */
const LIMITS = {
  "/api/enroll": { address: 60, visit: 20 },
  "/api/approve": { address: 240, visit: 60 },
  "/api/introspect": { address: 480, visit: 120 },
  "/api/status": { address: 1200, visit: 300 },
};

const settings = orExit(() => readSettings(process.env));
serveBackend(
  settings,
  createRoutes(authenticationCloud({ url: settings.cloudUrl, accessKey: settings.accessKey })),
  LIMITS,
);
