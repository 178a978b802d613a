// Filters the cases by what the user types, and by how they ended.

import { announce } from "./announce.js";

const NO_MATCH = "No case matches. Try fewer words, or show all cases.";

/**
 * Filters the `groups` of the panel. `apply` does so again, after a case has run.
 *
 * @param {{ group: HTMLElement, rows: { row: { code: string, title: string, how: string }, view: { item: HTMLElement } }[] }[]} groups
 */
export function createCodeFilter(groups) {
  const byId = (id) => document.getElementById(id);
  const text = /** @type {HTMLInputElement} */ (byId("filter"));
  const state = /** @type {HTMLSelectElement} */ (byId("filter-state"));
  const none = byId("no-match");

  /** `focused` is in no row that disappears: it would lose the focus. */
  function apply(/** @type {Element | null} */ focused = null) {
    const words = text.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const { group, rows } of groups) {
      const matching = rows.filter(({ row, view }) => {
        const content = `${row.code} ${row.title} ${row.how}`.toLowerCase();
        const matches =
          words.every((word) => content.includes(word)) &&
          // A case that runs stays where it is.
          (!state.value || [state.value, "running"].includes(view.item.dataset.state) || view.item.contains(focused));
        view.item.hidden = !matches;
        return matches;
      });
      group.hidden = matching.length === 0;
      shown += matching.length;
    }
    if (shown === 0 && none.hidden) announce(NO_MATCH);
    none.hidden = shown > 0;
    none.textContent = shown > 0 ? "" : NO_MATCH;
  }

  text.addEventListener("input", () => apply());
  state.addEventListener("change", () => apply());
  byId("codes-filter").addEventListener("submit", (event) => event.preventDefault());
  return { apply: () => apply(document.activeElement) };
}
