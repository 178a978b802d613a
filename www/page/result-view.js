// Shows a result object exactly as returned, its explanation for the user, its cause with the next step, and the introspection of
// its token.

import { causeOf } from "/pkg/cause.js";
import { explain } from "/pkg/explain.js";
import { element } from "./element.js";
import { codeOf, outcomeOf } from "./outcome.js";

/** `onCheck` asks for the outcome, when that is the next step. */
export function createResultView({ onCheck }) {
  const byId = (id) => document.getElementById(id);
  const [card, verdict, code, title, advice] = [
    "result-card",
    "verdict",
    "verdict-code",
    "explanation-title",
    "explanation-advice",
  ].map(byId);
  const [object, introspection, chip, announcement] = [
    "result",
    "introspection",
    "introspection-chip",
    "announcement",
  ].map(byId);
  const [consequence, cause, next, check] = ["consequence", "cause", "next", "check"].map(byId);
  const language = /** @type {HTMLSelectElement} */ (byId("language"));
  let last;

  function setVerdict(heading, explanation, text = "") {
    code.textContent = heading;
    title.textContent = explanation;
    advice.textContent = text;
  }

  function setOutcome(outcome) {
    verdict.dataset.outcome = object.dataset.outcome = outcome;
  }

  function clear() {
    object.replaceChildren();
    object.dataset.result = "";
    introspection.replaceChildren();
    introspection.dataset.introspection = introspection.dataset.active = "";
    chip.hidden = true;
    for (const node of [title, advice]) node.removeAttribute("lang");
    for (const node of [consequence, check]) node.hidden = true;
    last = undefined;
  }

  function showExplanation(result) {
    const words = explain(result, language.value);
    setVerdict(codeOf(result), words.title, words.advice);
    for (const node of [title, advice]) node.lang = language.value;
    return words;
  }

  function showConsequence(result) {
    const { cause: why, next: step } = causeOf(result);
    cause.textContent = why;
    next.textContent = step;
    consequence.hidden = false;
    check.hidden = step !== "checkOutcome";
  }

  language.addEventListener("change", () => last && showExplanation(last));
  check.addEventListener("click", () => check.getAttribute("aria-disabled") === "true" || onCheck());

  return {
    /** Shows that the ceremony of `source` is running. */
    waiting(source, text) {
      clear();
      setOutcome("waiting");
      object.dataset.source = source;
      setVerdict("Running", text);
    },

    /**
     * Pass `announce: false` if many results follow each other, or if the result is announced elsewhere: a screen reader
     * should not be flooded, and the page should not scroll.
     */
    show(result, source, { announce = true } = {}) {
      clear();
      last = result;
      const words = showExplanation(result);
      showConsequence(result);
      object.append(...highlight(JSON.stringify(result, null, 2)));
      object.dataset.source = source;
      object.dataset.count = String(Number(object.dataset.count) + 1);
      setOutcome(outcomeOf(result));
      object.dataset.result = JSON.stringify(result);
      if (!announce) return;
      announcement.textContent = `${codeOf(result)}. ${words.title} ${words.advice}`;
      // On a phone the card is below the button that was pressed.
      const bounds = card.getBoundingClientRect();
      if (bounds.top > innerHeight * 0.7 || bounds.bottom < 0) card.scrollIntoView({ block: "start" });
    },

    introspected(claims) {
      introspection.replaceChildren(...highlight(JSON.stringify(claims, null, 2)));
      introspection.dataset.introspection = JSON.stringify(claims);
      introspection.dataset.active = String(claims.active);
      chip.textContent = `active: ${claims.active}`;
      chip.dataset.outcome = claims.active === true ? "success" : "failed";
      chip.hidden = false;
    },

    /** Shows that a request to the shop failed, before or after the ceremony. */
    problem(text, { announce = true } = {}) {
      verdict.dataset.outcome = "failed";
      // The result stays visible; only the introspection of its token failed.
      if (last) setVerdict(codeOf(last), text, "The token was not confirmed.");
      else setVerdict("Not started", text);
      if (announce) announcement.textContent = text;
    },
  };
}

/** Splits JSON into highlighted spans, which together are the same string. */
function* highlight(json) {
  for (const [piece, key, text, word] of json.matchAll(
    /("(?:[^"\\]|\\.)*")(?=:)|("(?:[^"\\]|\\.)*")|(true|false|null|-?\d[\d.eE+-]*)|[^"\w-]+|./g,
  )) {
    const kind = key ? "key" : text ? "text" : word ? "word" : undefined;
    yield kind ? element("span", { class: `json-${kind}` }, piece) : piece;
  }
}
