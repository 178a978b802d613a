// Builds elements by DOM calls, so that nothing is ever parsed as HTML.

/** An element with its attributes (`undefined` leaves one out) and its children, elements or text. */
export function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value !== undefined) node.setAttribute(attribute, value);
  }
  node.append(...children);
  return node;
}
