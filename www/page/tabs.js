// Tabs, as the WAI-ARIA Authoring Practices describe them: one is in the tab order, and the arrow keys select the others.

import { element } from "./element.js";

const MOVES = { ArrowRight: 1, ArrowLeft: -1 };

/**
 * Creates a list of tabs, and a panel for each.
 *
 * @param {string} label
 * @param {{ id: string, text: string }[]} tabs
 */
export function createTabs(label, tabs) {
  const buttons = tabs.map(({ id, text }) =>
    element(
      "button",
      {
        type: "button",
        role: "tab",
        id: `tab-${id}`,
        "data-testid": `tab-${id}`,
        "aria-controls": `panel-${id}`,
      },
      text,
    ),
  );
  const panels = tabs.map(({ id }) =>
    element("div", {
      class: "panel",
      role: "tabpanel",
      id: `panel-${id}`,
      "data-testid": `panel-${id}`,
      "aria-labelledby": `tab-${id}`,
      tabindex: "0",
    }),
  );

  function select(selected) {
    for (const [index, button] of buttons.entries()) {
      button.setAttribute("aria-selected", String(index === selected));
      button.tabIndex = index === selected ? 0 : -1;
      panels[index].hidden = index !== selected;
    }
  }

  for (const [index, button] of buttons.entries()) {
    button.addEventListener("click", () => select(index));
    button.addEventListener("keydown", (event) => {
      // With a modifier, the key is a shortcut of the browser: Alt and an arrow go back.
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      const count = buttons.length;
      const ends = { Home: 0, End: count - 1 };
      const next = ends[event.key] ?? (MOVES[event.key] && (index + MOVES[event.key] + count) % count);
      if (next === undefined) return;
      event.preventDefault();
      select(next);
      buttons[next].focus();
    });
  }
  select(0);

  return {
    list: element("div", { class: "tabs", role: "tablist", "aria-label": label }, ...buttons),
    panels,
  };
}
