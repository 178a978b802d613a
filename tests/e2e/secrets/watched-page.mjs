// A watched page that does nothing of its own, before a recorder before the shop's cloud: what is seen of it, the package has
// done.

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
      // The shop's policy knows no recorder.
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
    /** Where secrets were seen. */
    leaks: async (secrets) => leaksIn(await watched.sightings(maySend), secrets),
    async close() {
      await close();
      recorder.stop();
    },
  };
};
