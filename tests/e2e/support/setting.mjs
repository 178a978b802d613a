// One shop and one browser for all tests of a file.

import { after, before } from "node:test";

import { launchBrowser, openPage, serveInjection } from "./browser.mjs";
import { startShop } from "./shop.mjs";

/** The time limit of a test in milliseconds: much longer than any takes, because machines may be busy. */
const PATIENCE = 30_000;

/** Closing the page ends whatever waits for it, so that a call that hangs does not hang the tests. */
const limit = (t, page, patience) => {
  const timer = setTimeout(() => {
    t.diagnostic(`gave up after ${patience} ms`);
    page.close();
  }, patience);
  t.after(() => clearTimeout(timer));
};

/**
 * Starts both before the file's tests, and stops both after them. `shop` can be used once tests run.
 *
 * @param {{ launch?: object, page?: object }} options `launch` for the browser, `page` for each page; the others are those of
 *   `startShop`
 */
export const useShop = ({ launch, page: common, ...options } = {}) => {
  const setting = { shop: {} };
  const idle = { published: [], crashing: [] };
  before(async () => {
    Object.assign(setting.shop, await startShop(options));
    setting.browser = await launchBrowser(launch);
  });
  after(async () => {
    await setting.browser?.close();
    await setting.shop.stop?.();
  });

  /** Opens a page for one test, checks it afterwards, and closes it. */
  const open = async (t, { patience = PATIENCE, ...options } = {}) => {
    const page = await openPage(setting, { ...common, ...options });
    limit(t, page, patience);
    t.after(async () => {
      try {
        await page.assertUnharmed();
      } finally {
        await page.close();
      }
    });
    return page;
  };

  return {
    /** `{ shop, browser }`; set while tests run. */
    setting,
    shop: setting.shop,
    open,

    /** The same, with a `user` of the page who has a passkey. */
    async openWithUser(t, options) {
      const page = await open(t, options);
      page.user = await page.newUser();
      return page;
    },

    /**
     * A page whose `user` has a passkey, which many tests share: for tests that change nothing permanently. That is faster, and
     * shows that a call does not affect the next.
     *
     * @param {"published" | "crashing"} version of the package
     */
    async borrow(t, version = "published") {
      let page = idle[version].pop();
      if (!page) {
        page = await openPage(setting, { ...common, ...(version === "crashing" && { prepare: serveInjection }) });
        page.user = await page.newUser();
      }
      limit(t, page, PATIENCE);
      t.after(async () => {
        try {
          await page.restore();
          await page.assertUnharmed();
          idle[version].push(page);
        } catch (error) {
          await page.close();
          throw error;
        }
      });
      return page;
    },
  };
};
