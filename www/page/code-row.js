// A row of the page of codes: the case, a button that runs it, and what came of it.

import { element } from "./element.js";

const MARKS = { idle: "", running: "…", match: "✓", mismatch: "✗" };
const STATE_TEXTS = { idle: "not run yet", running: "running", match: "as expected", mismatch: "not as expected" };

/** Creates a row: the case, the expected code and the actual code. */
export function createRowView({ id, code, title, how }) {
  const got = element("code", { class: "got" });
  const mark = element("span", { class: "mark", "aria-hidden": "true" });
  const stateText = element("span", { class: "hidden" });
  const message = element("p", { class: "row-message" });
  const button = element(
    "button",
    {
      type: "button",
      class: "quiet small",
      "data-testid": `code-${id}`,
      "data-starts": "",
    },
    "Run",
    element("span", { class: "hidden" }, ` ${code}: ${title}`),
  );
  const item = element(
    "li",
    { class: "row", "data-testid": `row-${id}`, "data-expected": code },
    element("div", { class: "row-what" }, element("strong", {}, title), element("p", { class: "row-how" }, how)),
    element("div", { class: "row-run" }, button),
    element("p", { class: "row-got" }, mark, element("span", { class: "hidden" }, "got "), got, stateText),
    message,
  );

  function setState(state, gotCode, text) {
    item.dataset.state = state;
    item.dataset.got = gotCode;
    got.textContent = gotCode;
    mark.textContent = MARKS[state];
    stateText.textContent = ` ${STATE_TEXTS[state]}`;
    message.textContent = text;
    return state === "match";
  }

  const view = {
    item,
    button,
    idle: () => setState("idle", "", ""),
    running: () => setState("running", "", ""),
    failed: (text) => setState("mismatch", "", text),
    settled: (result) =>
      setState(result.code.statusCode === code ? "match" : "mismatch", result.code.statusCode, result.message ?? ""),
    /** What a screen reader announces after the case has run. */
    spoken: () => `${code}, ${title}: ${STATE_TEXTS[item.dataset.state]}. ${message.textContent}`,
  };
  view.idle();
  return view;
}
