/** Texts that stand in the training letters. @module */

import type { Filter } from "./filter.ts";

/**
 * Leaves out texts that a training letter holds as a whole, from their first word to their last, whatever blanks are between words.
 *
 * @example
 * ```ts
 * import { copies } from "./copies.ts";
 * import { deepEqual } from "node:assert/strict";
 * const training = [{ id: "a", text: "Seen today.\nNo fever. Home.", spans: [], meta: {} }];
 * const leftOut = await copies.open({ training });
 * const texts = ["Seen today. No fever.", "Seen today. No fever, home.", "een today. No fever."];
 * deepEqual(texts.map((text) => leftOut({ text, ended: true })), [true, false, false]);
 * ```
 */
export const copies: Filter = {
  name: "copies",
  what: "as a whole in a letter of --training",
  async open({ training }) {
    if (!training) {
      throw new Error(
        "the filter copies needs the letters that the model was trained on. Give them, or leave copies out.",
      );
    }
    const known: string[] = [];
    for await (const { text } of training) known.push(spaced(text));
    const all = known.join("\n"); // a line break is in no text once blanks are spaces
    return ({ text }) => {
      const whole = spaced(text);
      for (let at = all.indexOf(whole); at >= 0; at = all.indexOf(whole, at + 1)) {
        if (
          !/[\p{L}\p{N}]{2}/u.test(around(all, at)) &&
          !/[\p{L}\p{N}]{2}/u.test(around(all, at + whole.length))
        ) {
          return true;
        }
      }
      return false;
    };
  },
};

/** The characters before and behind an offset: two letters where a word is cut. */
function around(text: string, at: number): string {
  return text.slice(Math.max(0, at - 1), at + 1);
}

function spaced(text: string): string {
  return text.trim().replaceAll(/\s+/g, " ");
}
