// Creates elements with DOM calls, so that no string is parsed as HTML.

/** Creates an element. An attribute that is `undefined` is omitted; children are elements or strings. */
export function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value !== undefined) node.setAttribute(attribute, value);
  }
  node.append(...children);
  return node;
}
