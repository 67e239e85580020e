/** A letter before and after. @module */

import type { Letter } from "../../corpus/letter.ts";
import { phiKindOf } from "../../phi/labels.ts";
import type { Displayable } from "../../report/display.ts";
import { showLetters } from "../../report/show.ts";
import type { Findings } from "./findings.ts";
import { replacedLetters } from "./plain_sight.ts";

/**
 * The letter with most kinds of identifying data, of these the shortest, side by side: with its gold spans, with what was found, and with
 * stand-ins for its gold spans.
 *
 * @throws {Error} when there is no letter
 *
 * @example
 * ```ts
 * import { beforeAndAfter } from "./example.ts";
 * import { jupyterDisplay } from "../../report/display.ts";
 * import { match } from "node:assert/strict";
 * const letter = { id: "a", text: "Dr Osei came.", spans: [{ start: 3, end: 7, label: "CLINICIAN" }], meta: {} };
 * const shown = beforeAndAfter({ letters: [{ letter, found: [] }] });
 * match(String(shown[jupyterDisplay]()["text/plain"]), /gold: a, 1 spans\nfound: a, 0 spans\nwith stand-ins: a, 1 spans/);
 * ```
 */
export function beforeAndAfter({ letters }: Pick<Findings, "letters">): Displayable {
  const kinds = ({ spans }: Letter) => new Set(spans.flatMap(({ label }) => phiKindOf(label) ?? [])).size;
  const [example] = letters.toSorted((a, b) =>
    kinds(b.letter) - kinds(a.letter) || a.letter.text.length - b.letter.text.length
  );
  const [replaced] = example ? replacedLetters([example.letter]) : [];
  if (!example || !replaced) throw new Error("beforeAndAfter: no letter. Search some.");
  const identifying = (letter: Letter) => ({
    ...letter,
    spans: letter.spans.filter(({ label }) => phiKindOf(label) !== undefined),
  });
  return showLetters([
    { title: "gold", letter: identifying(example.letter) },
    { title: "found", letter: { ...example.letter, spans: [...example.found] } },
    { title: "with stand-ins", letter: identifying(replaced.after) },
  ]);
}
