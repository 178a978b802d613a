// TypeScript takes no function for a constructor, as js/bare.js has it.

/** A new object of that type, whose properties the caller sets. */
export const Bare: new <Type extends object>() => Type;
