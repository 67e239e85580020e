/** Looking at a letter. @module */

import type { Letter } from "../corpus/letter.ts";
import type { FilledLetter } from "../fill/fill.ts";
import { unfilled } from "../fill/fill.ts";
import type { Displayable } from "../report/display.ts";
import { showLetters } from "../report/show.ts";

/**
 * A letter with its spans coloured; a filled letter as original, masked and synthetic side by side. For the last line of
 * a notebook's cell: `show(filled[0])`.
 *
 * @throws {Error} when there is no letter
 *
 * @example
 * ```ts
 * import { show } from "./show.ts";
 * import { jupyterDisplay } from "../report/display.ts";
 * import { match } from "node:assert/strict";
 * const shown = show({ id: "a", text: "Has asthma.", spans: [{ start: 4, end: 10, label: "PROBLEM" }], meta: {} });
 * match(String(shown[jupyterDisplay]()["text/html"]), /asthma/);
 * ```
 */
export function show(letter: Letter | FilledLetter | undefined): Displayable {
  if (!letter) throw new Error("show: no letter there. Look at one that the list holds.");
  if (!("masked" in letter)) return showLetters([{ title: letter.id, letter }]);
  return showLetters([
    { title: "original", letter: letter.masked.letter },
    ...unfilled([letter.masked]).map((masked) => ({ title: "masked", letter: masked })),
    { title: "synthetic", letter },
  ]);
}
