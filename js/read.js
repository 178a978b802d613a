// Reads what a page or a server passed, each member once: into a copy, and into a line of letters by which Rust judges it.
//
// The letters are Rust's: src/arguments/facts.rs. What getters and proxies throw ends here.

import { Bare } from "./bare.js";
import { decode } from "./base64url.js";
import { locate } from "./host.js";

// How a member is read: by the numbers of `Shape::number` in src/arguments/description.rs. 0 is: as it is.
const BYTES = 1;
const MILLISECONDS = 2;
const SIGNAL = 3;
const ADDRESS = 4;
const MEDIATION = 5;
const NAME = 6;
const WORD = 7;
const LIST = 8;
const OBJECT = 9;
// 10 is an object that is handed on whole.
const EACH = 11;

/** @type {Partial<Record<string, string>>} */
const LETTERS = { object: "o", string: "t", number: "n", boolean: "b", function: "f" };

/** @param {unknown} value */
const letterOf = (value) => (value === "" ? "e" : value === true ? "y" : (LETTERS[typeof value] ?? "?"));

/**
 * How js/rules.js describes a value: the number of its type, then the rule of its items or the members it may have.
 *
 * @typedef {[type: 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7] | [type: 8 | 11, items: Rule] | [type: 9 | 10, members: Member[]]} Rule
 */

/** @typedef {[name: string, rule: Rule, omitIfEmpty?: 1]} Member */

/** @typedef {(number | string)[]} Values */

/** @typedef {{ [name: string | number]: unknown }} Properties */

/**
 * Reads a value by a rule of js/rules.js. Returns the facts; `holder` gets the `copy`, and the `values` that facts stand
 * for: numbers, and texts that Rust may want to know.
 *
 * @param {import("./call.js").Read} holder
 * @param {unknown} value
 * @param {Rule} rule
 */
export const read = (holder, value, rule) => {
  /** @type {Values} */
  const values = [];
  let facts = "";

  /**
   * @param {Properties} target
   * @param {string | number} name
   * @param {Rule} rule
   */
  const member = (target, name, rule) => {
    const { length } = facts;
    const count = values.length;
    try {
      return convert(target[name], rule);
    } catch {
      values.length = count;
      facts = `${facts.slice(0, length)}!`;
    }
  };

  /**
   * Sets the members on `copy`.
   *
   * @param {Properties} value
   * @param {Member[]} inner
   * @param {Properties} copy
   */
  const members = (value, inner, copy) => {
    facts += "o";
    // Not by `of`, which takes a call for each.
    for (let at = 0; at < inner.length; at++) {
      const rule = inner[at];
      const name = rule[0];
      const item = member(value, name, rule[1]);
      if (item != null && !(rule[2] && !(/** @type {ArrayLike<unknown>} */ (item).length))) copy[name] = item;
    }
    return copy;
  };

  /**
   * @param {Properties & unknown[]} value
   * @param {Rule} inner
   */
  const list = (value, inner) => {
    facts += "l";
    const copy = [];
    // A list ends where nothing is: nobody wants to wait for one that says it has billions.
    for (let at = 0; at < value.length; at++) {
      const item = member(value, at, inner);
      if (item == null) break;
      copy.push(item);
    }
    facts += "]";
    return copy;
  };

  /**
   * @param {Properties} value
   * @param {Rule} inner
   */
  const each = (value, inner) => {
    facts += "o";
    for (const name in value) {
      facts += "k";
      values.push(name);
      value[name] = member(value, name, inner);
    }
    facts += "]";
    return value;
  };

  /**
   * @param {unknown} value
   * @param {Rule} rule
   * @returns {unknown}
   */
  const convert = (value, rule) => {
    if (value == null) {
      facts += "-";
      return;
    }
    const how = rule[0];
    const inner = rule[1];
    let letter = letterOf(value);
    /** @type {{} | undefined} */
    let copy = value;
    if (how == LIST) {
      if (Array.isArray(value)) return list(/** @type {Properties & unknown[]} */ (value), /** @type {Rule} */ (inner));
    } else if (how >= OBJECT) {
      if (letter == "o") {
        if (how == OBJECT)
          return members(/** @type {Properties} */ (value), /** @type {Member[]} */ (inner), new Bare());
        copy = Object.assign(new Bare(), value);
        return how == EACH
          ? each(copy, /** @type {Rule} */ (inner))
          : members(copy, /** @type {Member[]} */ (inner), copy);
      }
    } else if (how == SIGNAL) {
      if (typeof (/** @type {AbortSignal} */ (value).aborted) == "boolean") letter = "y";
    } else if (how == BYTES) {
      if (typeof value == "string") {
        copy = decode(value);
        if (!(/** @type {Uint8Array | undefined} */ (copy)?.length)) letter = copy ? "e" : "x";
      }
    } else if (letter == "t") {
      if (how == ADDRESS) {
        copy = locate(/** @type {string} */ (value));
        if (!copy) letter = "x";
      } else if (how == MEDIATION) {
        letter = value == "conditional" ? "c" : value == "optional" ? "t" : "x";
      } else if (how == WORD) {
        letter = "w";
        values.push(/** @type {string} */ (value));
        // Rust alone wants to know.
        copy = undefined;
      }
    } else if (how == NAME || how == WORD) {
      letter = how == NAME ? "-" : "?";
      copy = undefined;
    }
    if (letter == "n") {
      values.push(/** @type {number} */ (value));
      if (how == MILLISECONDS) copy = Math.min(/** @type {number} */ (value), 2 ** 32 - 1);
    }
    facts += letter;
    return copy;
  };

  holder.values = values;
  holder.copy = convert(value, rule);
  return facts;
};
