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

const LETTERS = { object: "o", string: "t", number: "n", boolean: "b", function: "f" };

const letterOf = (value) => (value === "" ? "e" : value === true ? "y" : (LETTERS[typeof value] ?? "?"));

/**
 * Reads a value by a rule of js/rules.js. Returns the facts; `holder` gets the `copy`, and the `values` that facts stand
 * for: numbers, and texts that Rust may want to know.
 */
export const read = (holder, value, rule) => {
  const values = [];
  let facts = "";

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

  /** Sets the members on `copy`. */
  const members = (value, inner, copy) => {
    facts += "o";
    // Not by `of`, which takes a call for each.
    for (let at = 0; at < inner.length; at++) {
      const rule = inner[at];
      const name = rule[0];
      const item = member(value, name, rule[1]);
      if (item != null && !(rule[2] && !item.length)) copy[name] = item;
    }
    return copy;
  };

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

  const convert = (value, rule) => {
    if (value == null) {
      facts += "-";
      return;
    }
    const how = rule[0];
    const inner = rule[1];
    let letter = letterOf(value);
    let copy = value;
    if (how == LIST) {
      if (Array.isArray(value)) return list(value, inner);
    } else if (how >= OBJECT) {
      if (letter == "o") {
        if (how == OBJECT) return members(value, inner, new Bare());
        copy = Object.assign(new Bare(), value);
        return how == EACH ? each(copy, inner) : members(copy, inner, copy);
      }
    } else if (how == SIGNAL) {
      if (typeof value.aborted == "boolean") letter = "y";
    } else if (how == BYTES) {
      if (typeof value == "string") {
        copy = decode(value);
        if (!copy?.length) letter = copy ? "e" : "x";
      }
    } else if (letter == "t") {
      if (how == ADDRESS) {
        copy = locate(value);
        if (!copy) letter = "x";
      } else if (how == MEDIATION) {
        letter = value == "conditional" ? "c" : value == "optional" ? "t" : "x";
      } else if (how == WORD) {
        letter = "w";
        values.push(value);
        // Rust alone wants to know.
        copy = undefined;
      }
    } else if (how == NAME || how == WORD) {
      letter = how == NAME ? "-" : "?";
      copy = undefined;
    }
    if (letter == "n") {
      values.push(value);
      if (how == MILLISECONDS) copy = Math.min(value, 2 ** 32 - 1);
    }
    facts += letter;
    return copy;
  };

  holder.values = values;
  holder.copy = convert(value, rule);
  return facts;
};
