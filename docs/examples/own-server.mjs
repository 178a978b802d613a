// A shop's backend with a WebAuthn server of its own, @simplewebauthn/server, and without a cloud. docs/own-server.md explains it.
// It needs the folders own-server/, backend/ and ciba-relay/ beside it, and: npm install @simplewebauthn/server
//
//   ORIGIN=http://localhost:5173 node own-server.mjs

import { orExit, serveBackend } from "./backend/server.mjs";
import { readOwnServerSettings } from "./backend/settings.mjs";
import { createOwnRoutes } from "./own-server/routes.mjs";

/** How many requests an address and a visitor may send in five minutes. */
const LIMITS = {
  "/api/enroll": { address: 60, visit: 20 },
  "/api/approve": { address: 240, visit: 60 },
  "/api/finalize": { address: 480, visit: 120 },
  "/api/status": { address: 1200, visit: 300 },
};

const settings = orExit(() => readOwnServerSettings(process.env));
serveBackend(settings, createOwnRoutes(settings), LIMITS);
