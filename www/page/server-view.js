// Shows what the shop's server learned about a token: its introspection, which alone proves the approval.

import { element } from "./element.js";
import { formatJson } from "./json.js";

/** The view of the tab panel. */
export function createServerView(panel) {
  const empty = element(
    "p",
    { class: "empty" },
    "After a success, the shop’s server introspects the token. The claims that it gets appear here.",
  );
  const chip = element("span", { class: "chip" });
  const claims = element("pre", {
    class: "code",
    "data-testid": "introspection",
    "data-introspection": "",
    "data-active": "",
  });
  const filled = element(
    "div",
    { hidden: "" },
    element("div", { class: "bar" }, element("h3", {}, "Introspection by the shop’s server"), chip),
    claims,
  );
  panel.append(empty, filled);

  return {
    clear() {
      claims.replaceChildren();
      claims.dataset.introspection = claims.dataset.active = "";
      filled.hidden = true;
      empty.hidden = false;
    },

    show(introspection) {
      claims.replaceChildren(...formatJson(introspection));
      claims.dataset.introspection = JSON.stringify(introspection);
      claims.dataset.active = String(introspection.active);
      chip.textContent = `active: ${introspection.active}`;
      chip.dataset.outcome = introspection.active === true ? "success" : "failed";
      filled.hidden = false;
      empty.hidden = true;
    },
  };
}
