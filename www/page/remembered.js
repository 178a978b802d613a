// Remembers names between visits. They are not secret; tokens are never stored.

/** The stored string, or an empty one. */
export function recall(key) {
  try {
    return localStorage.getItem(key) ?? "";
  } catch {
    return ""; // Storage can be forbidden; the page works without it.
  }
}

/** Stores a string; an empty one removes the entry. */
export function remember(key, text) {
  try {
    if (text) localStorage.setItem(key, text);
    else localStorage.removeItem(key);
  } catch {
    // As in `recall`.
  }
}
