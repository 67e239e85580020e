/** All blanks at once. @module */

import { ask } from "./answer.ts";
import { longerWords } from "./longer_words.ts";
import type { Page } from "./page.ts";

/**
 * Fills the blanks of pages, none of which sees what another is filled with.
 *
 * @param done called with the pages that are finished
 * @throws Error as the model does
 *
 * @example See `encoder()`, which this is without options.
 */
export async function onePass(pages: readonly Page[], done: (pages: number) => void): Promise<void> {
  const [first] = pages;
  if (!first) return;
  const { model, how } = first;
  const places = pages.flatMap((page, index) => {
    const { sheet } = page;
    const { window: around } = how;
    const ranges = around === undefined
      ? sheet.chunks().map((range) => ({ range, words: sheet.blanks(range) }))
      : sheet.blanks().map((word) => ({ range: sheet.around(word, around), words: [word] }));
    return ranges.map((place) => ({ ...place, page, index }));
  });
  const questions = places.map(({ page, range, words }) => {
    const window = page.sheet.window(range, words);
    return { ...window, chance: words.map((word) => `${page.masked.letter.id}/${word}`) };
  });
  const left = pages.map(() => 0); // windows still to do, by page
  for (const { index } of places) left[index] = (left[index] ?? 0) + 1;
  let finished = left.filter((count) => count === 0).length;
  const answers = await ask(model, questions, how, {
    done(windows) {
      for (const window of windows) {
        const index = places[window]?.index ?? -1;
        const rest = (left[index] ?? 0) - 1;
        left[index] = rest;
        if (rest === 0) finished++;
      }
      done(finished);
    },
  });
  const longer = pages.some(({ hasTemplates }) => hasTemplates) ? await longerWords(places) : [];
  for (const [i, { page, words }] of places.entries()) {
    for (const [at, word] of words.entries()) {
      const answer = answers[i]?.[at];
      if (answer) page.settle(word, answer, longer[i]?.get(word));
    }
  }
}
