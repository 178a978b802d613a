// JSON and code with colors, as nodes whose text is that of the original, except that a token is shortened.

import { createCopyButton } from "./copy.js";
import { element } from "./element.js";

/** A token is longer than anything else in a result object. */
const LONG = 48;

/** The nodes of an object as JSON. A long token is shortened, with a button that copies it. */
export function* formatJson(value) {
  let key;
  for (const [piece, name, text, word] of JSON.stringify(value, null, 2).matchAll(
    /("(?:[^"\\]|\\.)*")(?=:)|("(?:[^"\\]|\\.)*")|(true|false|null|-?\d[\d.eE+-]*)|[^"\w-]+|./g,
  )) {
    if (name) key = JSON.parse(name);
    const kind = name ? "key" : text ? "text" : word ? "word" : undefined;
    if (text && key === "token" && text.length > LONG) yield* shorten(JSON.parse(text));
    else yield kind ? element("span", { class: `code-${kind}` }, piece) : piece;
  }
}

function* shorten(token) {
  yield element("span", { class: "code-text" }, `"${token.slice(0, 12)}…${token.slice(-6)}"`);
  yield createCopyButton(() => token, { text: "Copy", name: "token" });
}

const PIECES =
  /(\/\/.*)|("(?:[^"\\]|\\.)*")|\b(import|from|const|await|new|async|true|false)\b|([\w$]+(?=\())|[\w$]+|[^\w"/$]+|./g;

/** The nodes of JavaScript code. */
export function* formatCode(code) {
  for (const [piece, comment, text, word, name] of code.matchAll(PIECES)) {
    const kind = comment ? "comment" : text ? "text" : word ? "word" : name ? "name" : undefined;
    yield kind ? element("span", { class: `code-${kind}` }, piece) : piece;
  }
}
