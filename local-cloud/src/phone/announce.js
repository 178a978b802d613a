// The one live region of the page: it announces what nothing else reads out.

/** Has a screen reader announce `text`; an empty string clears the region, so that the same text can be announced again. */
export function announce(text) {
  document.getElementById("announcement").textContent = text;
}
