/** Where things stand in a line of JSON. @module */

/**
 * The column, from 1, at which an element of an array begins that is a property of the line's object; 1 where there is none.
 *
 * @example
 * ```ts
 * import { elementColumn } from "./json_columns.ts";
 * import { equal } from "node:assert/strict";
 * equal(elementColumn('{"id":"spans","spans":[{"start":0},{"start":3}]}', "spans", 1), 36);
 * ```
 */
export function elementColumn(line: string, property: string, index: number): number {
  let depth = 0;
  let key = "";
  let count = 0;
  // Strings are whole tokens here, so that what is inside of them does not count.
  for (const { 0: token, index: at } of line.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]]/gs)) {
    if (token.startsWith('"')) {
      if (depth === 1) key = token;
    } else if (token === "{" || token === "[") {
      if (depth === 2 && key === JSON.stringify(property) && count++ === index) return at + 1;
      depth++;
    } else depth--;
  }
  return 1;
}
