// Takes the pictures of `npm run screenshots`.

import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";

import UPNG from "upng-js";
import { codesStates, phoneStates, phoneUserStates, shopStates } from "../../tests/accessibility/support/states.mjs";
import { launchBrowser, openPage } from "../../tests/e2e/support/browser.mjs";
import { AS_AUTHSEC } from "../../tests/e2e/support/cloud.mjs";
import { openPhone, sendRequest } from "../../tests/e2e/support/phone.mjs";
import { startShop } from "../../tests/e2e/support/shop.mjs";
import { root, target } from "../run.mjs";

const FOLDER = join(target, "screenshots");
const SCHEMES = /** @type {const} */ (["light", "dark"]);
const SCREENS = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };
/** The picture of the README: in pixels of the page, at twice the resolution. */
const PICTURE = { viewport: { width: 1200, height: 720 }, deviceScaleFactor: 2 };
/** The pictures' typeface: what a server has instead of a system's own is nothing to look at. */
const FONTS = ["400", "500", "600", "700"].map((weight) => ({
  weight,
  file: `@fontsource/inter/files/inter-latin-${weight}-normal.woff2`,
}));

/** Sets the page in the typeface, in a way that its policy allows. */
async function useFont(page) {
  const resolve = createRequire(import.meta.url).resolve;
  const fonts = await Promise.all(
    FONTS.map(async ({ weight, file }) => ({ weight, bytes: [...(await readFile(resolve(file)))] })),
  );
  await page.evaluate(async (faces) => {
    for (const { weight, bytes } of faces)
      document.fonts.add(await new FontFace("Inter", new Uint8Array(bytes), { weight }).load());
    document.documentElement.style.setProperty("--sans", "Inter");
  }, fonts);
}

/** The picture in as many colors as a palette has, which is a third of its size. */
function quantize(png) {
  const image = UPNG.decode(png);
  return Buffer.from(UPNG.encode([UPNG.toRGBA8(image)[0]], image.width, image.height, 256));
}

/** A visitor of `path`, as the tests have one. */
async function visit({ browser, shop }, path, context) {
  const opened = await openPage({ browser, shop }, { url: shop.origin + path, bare: false, context });
  await opened.page.locator("#loading").waitFor({ state: "detached" });
  return { ...opened, at: (id) => opened.page.getByTestId(id) };
}

/** Each page, and its states, as a user brings them about. */
const PAGES = {
  async *shop(setting, context) {
    const visitor = await visit(setting, "/?autofill=off", context);
    for await (const state of shopStates(visitor)) yield { state, page: visitor.page };
    await visitor.close();
  },

  async *"shop-without-passkey"(setting, context) {
    const visitor = await visit(setting, "/?autofill=off", context);
    const email = `${crypto.randomUUID().slice(0, 8)}@example.com`;
    const device = await setting.browser.newContext();
    const states = phoneUserStates({ ...visitor, email, openPhone: () => openPhone(device, setting.shop, email) });
    for await (const state of states) yield { state, page: visitor.page };
    await Promise.all([visitor.close(), device.close()]);
  },

  async *codes(setting, context) {
    const visitor = await visit(setting, "/codes.html", context);
    for await (const state of codesStates(visitor)) yield { state, page: visitor.page };
    await visitor.close();
  },

  async *phone({ browser, shop }, context) {
    const page = await browser.newPage(context);
    const email = `${crypto.randomUUID().slice(0, 8)}@example.com`;
    await page.goto(shop.phoneUrl);
    const states = phoneStates({ page, email, initiate: (message) => sendRequest(shop, email, message) });
    for await (const state of states) yield { state, page };
    await page.close();
  },
};

/** Takes a picture of every state. */
export async function takeAll(setting) {
  await rm(FOLDER, { recursive: true, force: true });
  await mkdir(FOLDER, { recursive: true });
  let count = 0;
  for (const [name, statesOf] of Object.entries(PAGES))
    for (const [screen, viewport] of Object.entries(SCREENS)) {
      let number = 0;
      for await (const { state, page } of statesOf(setting, { viewport })) {
        number += 1;
        for (const colorScheme of SCHEMES) {
          await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
          const file = `${name}-${screen}-${String(number).padStart(2, "0")}-${state}-${colorScheme}.png`;
          await page.screenshot({ path: join(FOLDER, file), fullPage: screen === "phone" });
          count += 1;
        }
      }
    }
  return { result: `${count} pictures in ${FOLDER}` };
}

/** Takes the README's pictures: the journey at its payment, beside the result of the sign-in. */
export async function takePictures(setting) {
  const visitor = await visit(setting, "/?autofill=off", PICTURE);
  const { page, at } = visitor;
  await useFont(page);
  await at("name").fill("ada@example.com");
  await at("enroll").click();
  await at("sign-in").click();
  await at("approve").waitFor();
  // Without the pointer, and from the top, not from the focus.
  await page.mouse.move(0, 0);
  await page.evaluate(() => scrollTo(0, 0));
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await writeFile(join(root, `docs/demo-${colorScheme}.png`), quantize(await page.screenshot()));
  }
  await visitor.close();
  return { result: "docs/demo-light.png and docs/demo-dark.png" };
}

/** Runs `take` with a shop and a browser of its own. */
export async function withDemo(take) {
  const shop = await startShop({ ciba: AS_AUTHSEC, pollSeconds: 1 });
  const browser = await launchBrowser();
  try {
    return await take({ shop, browser });
  } finally {
    await browser.close();
    await shop.stop();
  }
}
