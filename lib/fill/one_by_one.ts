/** One blank after the other. @module */

import { type Answer, ask } from "./answer.ts";
import { longerWords } from "./longer_words.ts";
import type { Page } from "./page.ts";
import type { UnitRange } from "./sheet.ts";

/** Blanks that see each other: those of a window of whole sentences, or of a letter where each has a window around it. */
interface Strand {
  readonly page: Page;
  readonly range: UnitRange | undefined;
  readonly left: number[];
  /** What the model said of windows that have not changed since. */
  known: Map<string, Answer>;
}

/**
 * Fills the blanks of pages one after the other, each in sight of those before it. Strands advance together, a blank each,
 * so that the model has batches to work on.
 *
 * @param done called with the pages that are finished
 * @throws Error as the model does
 *
 * @example See `encoder()`, which this is with `mode`.
 */
export async function oneByOne(pages: readonly Page[], done: (pages: number) => void): Promise<void> {
  const [first] = pages;
  if (!first) return;
  const { how } = first;
  let strands = pages.flatMap((page) => strandsOf(page)).filter(({ left }) => left.length > 0);
  done(pages.filter(({ isDone }) => isDone).length);
  while (strands.length > 0) {
    const answers = await ahead(first, strands);
    const next = strands.map(({ page, left }, i) => {
      const of = answers[i] ?? new Map<number, Answer>();
      const word = wordOf(how.mode, left, of);
      return { page, word, range: rangeOf(strands[i], word), words: [word], answer: of.get(word) };
    });
    const longer = pages.some(({ hasTemplates }) => hasTemplates) ? await longerWords(next) : [];
    for (const [i, { page, word, answer }] of next.entries()) {
      if (answer) page.settle(word, answer, longer[i]?.get(word));
      const left = strands[i]?.left;
      left?.splice(left.indexOf(word), 1);
    }
    strands = strands.filter(({ left }) => left.length > 0);
    done(pages.filter(({ isDone }) => isDone).length);
  }
}

function strandsOf(page: Page): Strand[] {
  const { sheet, how } = page;
  const ranges = how.window === undefined ? sheet.chunks() : [undefined];
  return ranges.map((range) => ({
    page,
    range,
    left: sheet.blanks(range),
    known: new Map<string, Answer>(),
  }));
}

function rangeOf(strand: Strand | undefined, word: number): UnitRange {
  if (!strand) return { from: 0, to: 0 };
  const { range, page: { sheet, how } } = strand;
  return range ?? sheet.around(word, how.window ?? Infinity);
}

/** For each strand what the model says of the blanks that may be next. */
async function ahead(
  { model, how }: Page,
  strands: readonly Strand[],
): Promise<ReadonlyMap<number, Answer>[]> {
  const found = strands.map(() => new Map<number, Answer>());
  const asked = strands.flatMap((strand, i) => {
    const { page, range, left } = strand;
    const words = how.mode === "most-certain"
      ? left
      : left.slice(...(how.mode === "left-to-right" ? [0, 1] : [-1]));
    const groups = range ? [[...words]] : words.map((word) => [word]);
    const kept = new Map<string, Answer>();
    const questions = groups.flatMap((group) => {
      const window = page.sheet.window(rangeOf(strand, group[0] ?? -1), group);
      const key = `${window.ids};${window.masked}`;
      const [word] = group;
      const known = range ? undefined : strand.known.get(key);
      if (known && word !== undefined) {
        kept.set(key, known);
        found[i]?.set(word, known);
        return [];
      }
      return [{ ...window, key, i, chance: group.map((word) => `${page.masked.letter.id}/${word}`) }];
    });
    strand.known = kept;
    return questions;
  });
  const answers = await ask(model, asked, how);
  for (const [n, { words, key, i }] of asked.entries()) {
    for (const [place, word] of words.entries()) {
      const answer = answers[n]?.[place];
      if (!answer) continue;
      found[i]?.set(word, answer);
      if (strands[i]?.range === undefined) strands[i]?.known.set(key, answer);
    }
  }
  return found;
}

/** The blank that is next. */
function wordOf(
  mode: Page["how"]["mode"],
  left: readonly number[],
  answers: ReadonlyMap<number, Answer>,
): number {
  if (mode === "left-to-right") return left[0] ?? -1;
  if (mode === "right-to-left") return left.at(-1) ?? -1;
  let [word, most] = [left[0] ?? -1, -Infinity];
  for (const one of left) {
    const certainty = answers.get(one)?.certainty ?? -Infinity;
    if (certainty > most) [word, most] = [one, certainty];
  }
  return word;
}
