// What the page remembers between visits: names, which are not secret. Never a token.

/** The remembered text, or an empty one. */
export function recall(key) {
  try {
    return localStorage.getItem(key) ?? "";
  } catch {
    return ""; // storage can be forbidden; the page works without
  }
}

/** Remembers a text; an empty one is forgotten. */
export function remember(key, text) {
  try {
    if (text) localStorage.setItem(key, text);
    else localStorage.removeItem(key);
  } catch {
    // as above
  }
}
