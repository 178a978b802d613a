// Objects whose properties may be absent, on which nothing shows that the page added to Object.prototype.

/** The prototype is empty and has none itself: engines are slower with objects that have no prototype at all. */
export function NullRecord() {}

NullRecord.prototype = { __proto__: null };
