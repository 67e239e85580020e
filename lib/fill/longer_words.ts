/** Words of several pieces. @module */

import { type Answer, ask } from "./answer.ts";
import type { LongerWord, Page } from "./page.ts";
import type { UnitRange } from "./sheet.ts";
import type { Slot } from "./template.ts";

/** Blanks that are asked about together. */
export interface Place {
  readonly page: Page;
  readonly range: UnitRange;
  readonly words: readonly number[];
}

/** A word on its way. */
interface Draft {
  readonly slots: Slot[];
  /** How many of the slots were blank. */
  readonly blanks: number;
  text: string;
  sum: number;
  impossible: boolean;
}

/**
 * For each blank the best word for each of its templates: blanks of it are filled from left to right, that at a word's beginning with
 * a piece that begins a word, the others with pieces that go on with one.
 *
 * @param places all of one model and one way of filling
 * @returns by place and word
 * @throws Error as the model does
 *
 * @example See `encoder()` with `pieces`.
 */
export async function longerWords(places: readonly Place[]): Promise<ReadonlyMap<number, LongerWord[]>[]> {
  const found = places.map(() => new Map<number, LongerWord[]>());
  const most = Math.max(
    0,
    ...places.flatMap(({ page, words }) => words.map((word) => page.templates(word).length)),
  );
  for (let round = 0; round < most; round++) {
    const drafts = places.map(({ page, words }) =>
      new Map(words.flatMap((word): [number, Draft][] => {
        const template = page.templates(word)[round];
        return template ? [[word, draftOf(template)]] : [];
      }))
    );
    await fillDrafts(places, drafts, round);
    for (const [i, words] of drafts.entries()) {
      for (const [word, { slots, text, sum, blanks, impossible }] of words) {
        if (impossible) continue;
        const pieces = slots.flatMap(({ piece }) => piece === undefined ? [] : [piece]);
        found[i]?.set(word, [...found[i]?.get(word) ?? [], { pieces, text, mean: sum / blanks, blanks }]);
      }
    }
  }
  return found;
}

async function fillDrafts(
  places: readonly Place[],
  drafts: readonly ReadonlyMap<number, Draft>[],
  round: number,
): Promise<void> {
  for (let step = 0;; step++) {
    let open = false;
    for (const tails of [false, true]) {
      const asked = places.flatMap(({ page, range, words }, i) => {
        const about = words.filter((word) => {
          const draft = drafts[i]?.get(word);
          const at = draft ? nextBlank(draft) : -1;
          return draft && !draft.impossible && at >= 0 && (at > 0) === tails &&
            draft.blanks - openBlanks(draft) === step;
        });
        if (about.length === 0) return [];
        const { maskId } = page.model;
        const inside = (word: number) =>
          drafts[i]?.get(word)?.slots.map(({ piece }) => piece ?? maskId) ?? [maskId];
        const window = page.sheet.window(range, about, inside);
        const chance = window.words.map((word) => `${page.masked.letter.id}/${word}/${round}/${step}`);
        return [{ ...window, chance, page, i }];
      });
      const [first] = asked;
      if (!first) continue;
      open = true;
      const { model, how } = first.page;
      const possible = !tails || model.tails.includes(1);
      const answers = possible
        ? await ask(model, asked, { ...how, filters: [], candidates: 0 }, { tails })
        : [];
      for (const [n, { words, i }] of asked.entries()) {
        for (const [place, word] of words.entries()) {
          write(drafts[i]?.get(word), answers[n]?.[place], first.page);
        }
      }
    }
    if (!open) return;
  }
}

function write(draft: Draft | undefined, answer: Answer | undefined, { model }: Page): void {
  if (!draft) return;
  const offer = answer?.offers[0];
  if (!offer) {
    draft.impossible = true;
    return;
  }
  draft.slots[nextBlank(draft)] = { piece: offer.id, text: model.surface(offer.id).text };
  draft.sum += Math.log(offer.probability);
  draft.text = draft.slots.map((slot) => slot.piece === undefined ? "" : slot.text).join("");
}

function draftOf(template: readonly Slot[]): Draft {
  const blanks = template.filter(({ piece }) => piece === undefined).length;
  return { slots: [...template], blanks, text: "", sum: 0, impossible: false };
}

function nextBlank({ slots }: Draft): number {
  return slots.findIndex(({ piece }) => piece === undefined);
}

function openBlanks({ slots }: Draft): number {
  return slots.filter(({ piece }) => piece === undefined).length;
}
