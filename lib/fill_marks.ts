/** Texts of which a part is computed. @module */

/**
 * Puts content between the two marks of a name, `<!-- NAME -->` and `<!-- /NAME -->`, in place of what is there.
 *
 * @throws Error when the text lacks one of the marks.
 *
 * @example
 * ```ts
 * import { fillMarks } from "./fill_marks.ts";
 * import { equal } from "node:assert/strict";
 * const card = "# Letters\n<!-- counts -->\nold\n<!-- /counts -->\n";
 * equal(fillMarks(card, "counts", "new"), "# Letters\n<!-- counts -->\n\nnew\n\n<!-- /counts -->\n");
 * ```
 */
export function fillMarks(text: string, name: string, content: string): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [text.indexOf(open), text.indexOf(close)];
  if (from < 0 || to < from) {
    throw new Error(`The text has no "${open}" … "${close}". Put both where the ${name} belong.`);
  }
  return `${text.slice(0, from + open.length)}\n\n${content}\n\n${text.slice(to)}`;
}
