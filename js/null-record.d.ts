// TypeScript does not accept a function as a constructor, as js/null-record.js has it.

/** A new object of that type, whose properties the caller sets. */
export const NullRecord: new <Type extends object>() => Type;
