// Loads the module of the page. If that fails, says why: the shop's server is down, or the package is not built.

import { element } from "./element.js";

const loading = document.getElementById("loading");

import(document.documentElement.dataset.module).then(
  () => loading.remove(),
  async (error) => {
    const again = element("button", { type: "button", class: "quiet small" }, "Try again");
    again.addEventListener("click", () => location.reload());
    loading.replaceChildren(await reasonOf(error), again);
    loading.style.animation = "none";
  },
);

async function reasonOf(error) {
  // An answer of the shop's server, or none.
  if (error.name === "ShopError") return error.message;
  try {
    const { ok } = await fetch("/pkg/index.js", { method: "HEAD" });
    if (!ok) return "The package is not built yet. Run npm run build.";
  } catch {
    return "The shop’s server cannot be reached. Is npm start running?";
  }
  console.error(error);
  return "The page could not start. The console says why.";
}
