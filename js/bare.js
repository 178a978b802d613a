// Objects for members that may be absent: nothing that the page has given to all objects shows in their place.

/** By its prototype, which is empty and has none itself. Engines are slower with objects that have no prototype at all. */
export function Bare() {}

Bare.prototype = { __proto__: null };
