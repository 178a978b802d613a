// A watched page that does nothing itself, with a recorder in front of the shop's cloud: all sightings come from the package.

import { openPage } from "../support/browser.mjs";
import { leaksIn } from "./needles.mjs";
import { startRecorder } from "./recorder.mjs";
import { watch } from "./watch.mjs";

/**
 * @param {{ carriers: RegExp, prepare?: (page) => Promise<void> }} options
 *   `carriers` matches the paths to the cloud whose requests may have secrets in their bodies; no other request may
 */
export const openWatched = async ({ shop, browser }, { carriers, prepare }) => {
  const recorder = await startRecorder(shop.baseUrl);
  let watched;
  const { page, authenticator, close } = await openPage(
    { shop, browser },
    {
      bare: false,
      // The shop's policy does not allow the recorder.
      context: { bypassCSP: true },
      prepare: async (tab) => {
        watched = await watch(tab);
        await prepare?.(tab);
      },
    },
  );
  const maySend = (request) => {
    const { origin, pathname, search } = new URL(request.url());
    return request.method() === "POST" && origin === recorder.baseUrl && carriers.test(pathname) && !search;
  };
  return {
    page,
    authenticator,
    recorder,
    /** The sightings of secrets. */
    leaks: async (secrets) => leaksIn(await watched.sightings(maySend), secrets),
    async close() {
      await close();
      recorder.stop();
    },
  };
};
