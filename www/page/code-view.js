// Shows the call that produced the result, as code.

import { createCopyButton } from "./copy.js";
import { element } from "./element.js";
import { formatCode } from "./json.js";

/** The view of the tab panel. */
export function createCodeView(panel) {
  let shown = "";
  const empty = element(
    "p",
    { class: "empty" },
    "The call that the page makes appears here as code, with its settings.",
  );
  const code = element("pre", { class: "code", "data-testid": "code-shown" });
  const filled = element(
    "div",
    { hidden: "" },
    element(
      "div",
      { class: "bar" },
      element("h3", {}, "The call"),
      createCopyButton(() => shown, { text: "Copy", name: "code" }),
    ),
    code,
  );
  panel.append(empty, filled);

  return {
    show(text) {
      shown = text;
      code.replaceChildren(...formatCode(text));
      empty.hidden = text !== "";
      filled.hidden = text === "";
    },
  };
}
