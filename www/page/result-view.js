// Shows a result object exactly as returned, its explanation for the user, and its cause with the next step.

import { causeOf } from "/pkg/cause.js";
import { explain } from "/pkg/explain.js";
import { createCopyButton } from "./copy.js";
import { element } from "./element.js";
import { formatJson } from "./json.js";
import { codeOf, outcomeOf } from "./outcome.js";

const LANGUAGES = { en: "English", de: "Deutsch", fr: "Français", it: "Italiano", es: "Español", pt: "Português" };

/** The view of the tab panel. */
export function createResultView(panel) {
  const code = element("p", { class: "verdict-code", "data-testid": "status-code" });
  const title = element("p", { class: "verdict-title", "data-testid": "explanation-title" });
  const advice = element("p", { class: "verdict-advice", "data-testid": "explanation-advice" });
  const [cause, next] = [element("code"), element("code")];
  const consequence = element(
    "p",
    { class: "verdict-cause", "data-testid": "consequence", hidden: "" },
    "Cause ",
    cause,
    ", next step ",
    next,
  );
  const verdict = element("div", { class: "verdict", "data-testid": "verdict" }, code, title, advice, consequence);
  const language = /** @type {HTMLSelectElement} */ (
    element(
      "select",
      { class: "small", id: "language", "data-testid": "language" },
      ...Object.entries(LANGUAGES).map(([tag, name]) => element("option", { value: tag, lang: tag }, name)),
    )
  );
  const object = element("pre", {
    class: "code",
    "data-testid": "result",
    "data-result": "",
    "data-outcome": "none",
    "data-source": "",
    "data-count": "0",
  });
  const filled = element(
    "div",
    { hidden: "" },
    element(
      "div",
      { class: "bar" },
      element("h3", {}, "Result object"),
      createCopyButton(() => JSON.stringify(last, null, 2), { text: "Copy", name: "result" }),
    ),
    object,
  );
  const empty = element("p", { class: "empty" }, "The result object of each call appears here, exactly as returned.");
  const languages = element(
    "div",
    { class: "language" },
    element("label", { for: "language" }, "Explained in"),
    language,
  );
  let last;
  panel.append(verdict, empty, filled, languages);

  function setVerdict(outcome, heading, explanation, text = "") {
    verdict.dataset.outcome = object.dataset.outcome = outcome;
    code.textContent = heading;
    title.textContent = explanation;
    advice.textContent = text;
    for (const node of [title, advice]) node.removeAttribute("lang");
  }

  function showExplanation(result) {
    const words = explain(result, language.value);
    setVerdict(outcomeOf(result), codeOf(result), words.title, words.advice);
    for (const node of [title, advice]) node.lang = language.value;
  }

  function clear() {
    object.replaceChildren();
    object.dataset.result = "";
    filled.hidden = consequence.hidden = true;
    empty.hidden = false;
    last = undefined;
  }

  language.addEventListener("change", () => last && showExplanation(last));

  const view = {
    /** Before the first call. */
    clear() {
      clear();
      setVerdict("none", "No result yet", "");
    },

    /** Shows that the ceremony of `source` is running. */
    waiting(source, text) {
      clear();
      setVerdict("waiting", "Running", text);
      object.dataset.source = source;
    },

    show(result, source) {
      clear();
      last = result;
      showExplanation(result);
      const { cause: why, next: step } = causeOf(result);
      cause.textContent = why;
      next.textContent = step;
      consequence.hidden = false;
      object.append(...formatJson(result));
      object.dataset.source = source;
      object.dataset.count = String(Number(object.dataset.count) + 1);
      object.dataset.result = JSON.stringify(result);
      filled.hidden = false;
      empty.hidden = true;
    },

    /** Shows that a request to the shop failed, before or after the ceremony. */
    problem(text) {
      // The result stays visible; only the introspection of its token failed.
      if (last) setVerdict("failed", codeOf(last), text, "The token was not confirmed.");
      else setVerdict("failed", "Not started", text);
    },
  };
  view.clear();
  return view;
}
