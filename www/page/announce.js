// The one live region of a page. What moving the focus reads out is not announced here as well.

const region = document.getElementById("announcement");

/** Has a screen reader announce `text`; an empty string clears the region, so that the same text can be announced again. */
export function announce(text) {
  region.textContent = text;
}

/**
 * Moves the focus to `target`, unless the user is elsewhere than in `area`.
 *
 * @param {HTMLElement} target
 * @param {Element} area
 * @returns {boolean} whether it moved
 */
export function moveFocus(target, area) {
  const active = document.activeElement;
  const mayMove = active === null || active === document.body || area.contains(active);
  if (mayMove) target.focus();
  return mayMove;
}
