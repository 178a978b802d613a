// Shows a result object exactly as the page got it, what it means for a person, and what introspection says of its token.

import { explain } from "/pkg/explain.js";
import { element } from "./element.js";
import { codeOf, outcomeOf } from "./outcome.js";

export function createResultView() {
  const at = (id) => document.getElementById(id);
  const [card, verdict, code, title, advice] = [
    "result-card",
    "verdict",
    "verdict-code",
    "explanation-title",
    "explanation-advice",
  ].map(at);
  const [object, introspection, chip, announcement] = [
    "result",
    "introspection",
    "introspection-chip",
    "announcement",
  ].map(at);
  const language = /** @type {HTMLSelectElement} */ (at("language"));
  let last;

  function say(heading, explanation, text = "") {
    code.textContent = heading;
    title.textContent = explanation;
    advice.textContent = text;
  }

  function colour(outcome) {
    verdict.dataset.outcome = object.dataset.outcome = outcome;
  }

  function clear() {
    object.replaceChildren();
    object.dataset.result = "";
    introspection.replaceChildren();
    introspection.dataset.introspection = introspection.dataset.active = "";
    chip.hidden = true;
    for (const node of [title, advice]) node.removeAttribute("lang");
    last = undefined;
  }

  function showExplanation(result) {
    const words = explain(result, language.value);
    say(codeOf(result), words.title, words.advice);
    for (const node of [title, advice]) node.lang = language.value;
    return words;
  }

  language.addEventListener("change", () => last && showExplanation(last));

  return {
    /** A ceremony is under way; `source` says which one. */
    waiting(source, text) {
      clear();
      colour("waiting");
      object.dataset.source = source;
      say("Under way", text);
    },

    /**
     * `announce: false` where many follow each other, and where the person is told elsewhere: a screen reader should not
     * be flooded, and the page should stay where it is.
     */
    show(result, source, { announce = true } = {}) {
      clear();
      last = result;
      const words = showExplanation(result);
      object.append(...coloured(JSON.stringify(result, null, 2)));
      object.dataset.source = source;
      object.dataset.count = String(Number(object.dataset.count) + 1);
      colour(outcomeOf(result));
      object.dataset.result = JSON.stringify(result);
      if (!announce) return;
      announcement.textContent = `${codeOf(result)}. ${words.title} ${words.advice}`;
      // On a phone the card is below the button that was pressed.
      const box = card.getBoundingClientRect();
      if (box.top > innerHeight * 0.7 || box.bottom < 0) card.scrollIntoView({ block: "start" });
    },

    introspected(answer) {
      introspection.replaceChildren(...coloured(JSON.stringify(answer, null, 2)));
      introspection.dataset.introspection = JSON.stringify(answer);
      introspection.dataset.active = String(answer.active);
      chip.textContent = `active: ${answer.active}`;
      chip.dataset.outcome = answer.active === true ? "success" : "failed";
      chip.hidden = false;
    },

    /** Something went wrong before or after the ceremony, at the shop: there may be no result object to show. */
    problem(text, { announce = true } = {}) {
      verdict.dataset.outcome = "failed";
      // A result that came stays to be read; it is the shop's question about its token that failed.
      if (last) say(codeOf(last), text, "The token is not confirmed.");
      else say("No result", text, "The ceremony did not begin.");
      if (announce) announcement.textContent = text;
    },
  };
}

/** JSON text cut into spans by kind; together they are that very text. */
function* coloured(json) {
  for (const [piece, key, text, word] of json.matchAll(
    /("(?:[^"\\]|\\.)*")(?=:)|("(?:[^"\\]|\\.)*")|(true|false|null|-?\d[\d.eE+-]*)|[^"\w-]+|./g,
  )) {
    const kind = key ? "key" : text ? "text" : word ? "word" : undefined;
    yield kind ? element("span", { class: `json-${kind}` }, piece) : piece;
  }
}
