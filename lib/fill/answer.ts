/** What a model says of a blank, as far as filling needs it. @module */

import { askInBatches } from "./batches.ts";
import { byChance, inOrder, type Offer } from "./choose.ts";
import type { Settings } from "./encoder_options.ts";
import { likelyPieces } from "./likely_pieces.ts";
import type { LikelyPiece, MaskedLanguageModel, Window } from "./masked_language_model.ts";

/** What a model says of a blank. */
export interface Answer {
  /** The likeliest pieces, whatever they are; one at least. */
  readonly all: readonly LikelyPiece[];
  /** The probability of the likeliest word. */
  readonly certainty: number;
  /** Words in the order in which they are to be tried. */
  readonly offers: readonly Offer[];
}

/** A window, with a name for each place asked about, which its chance goes by. */
export interface Question extends Window {
  readonly chance: readonly string[];
}

/** Words that are kept ready where filters may refuse some. */
const [SPARE, SPARE_DRAWS] = [32, 16];

/**
 * The model's answers for the places asked about in each window.
 *
 * @param tails whether what is asked for goes on with a word; left out: whole words
 * @throws Error when the model has nothing that could be written, or gives another number of answers than it was asked for
 *
 * @example See `encoder()`, which asks for all blanks of a window or one.
 */
export async function ask(
  model: MaskedLanguageModel,
  questions: readonly Question[],
  { sampling, filters, candidates, tokensPerBatch }: Settings,
  { tails = false, done }: {
    readonly tails?: boolean;
    readonly done?: (windows: readonly number[]) => void;
  } = {},
): Promise<(readonly Answer[])[]> {
  const allowed = tails ? model.tails : model.words;
  const possible = allowed.reduce((sum, mark) => sum + mark, 0);
  if (possible === 0) {
    throw new Error(`model ${model.name} has no piece that is a whole word of letters. Name another model.`);
  }
  const all = Math.max(1, Math.min(candidates, allowed.length));
  const words = Math.min(filters.length > 0 ? SPARE : 1, possible);
  const batches = { model: model.name, tokens: tokensPerBatch };
  if (!sampling && !tails) {
    const ordered = async (batch: readonly Window[]) =>
      (await model.likeliest(batch, { all, words })).map((places) =>
        places.map(({ all, words }): Answer => answerOf(all, [...inOrder(words)], words[0]))
      );
    return await askInBatches(questions, batches, ordered, done);
  }
  const draws = filters.length > 0 ? SPARE_DRAWS : 1;
  const read = (scores: Float32Array, chance: string): Answer => {
    const likely = likelyPieces(scores, sampling ? 1 : words, allowed);
    const offers = sampling
      ? byChance(scores, allowed, sampling, `${sampling.seed}/${chance}`).take(draws)
      : inOrder(likely);
    return answerOf(likelyPieces(scores, all), [...offers], likely[0]);
  };
  // Scores are read as soon as they come: those of a whole corpus would not fit into memory. The same window may ask for
  // several blanks, each with a chance of its own, so here every window is asked for itself.
  const results: (readonly Answer[])[] = questions.map(() => []);
  const numbered = questions.map((question, i) => ({ ...question, i }));
  for (const group of groupsOf(numbered, tokensPerBatch)) {
    const given = await askInBatches(group, batches, (batch) => model.scores(batch));
    for (const [row, { i, chance }] of group.entries()) {
      results[i] = (given[row] ?? []).map((scores, place) => read(scores, chance[place] ?? ""));
    }
    done?.(group.map(({ i }) => i));
  }
  return results;
}

function answerOf(
  all: readonly LikelyPiece[],
  offers: readonly Offer[],
  best: LikelyPiece | undefined,
): Answer {
  return { all, offers, certainty: best?.probability ?? 0 };
}

/** Windows of like length that hold few places together. */
function groupsOf<W extends Window>(windows: readonly W[], tokens: number): W[][] {
  const sorted = windows.toSorted((a, b) => b.ids.length - a.ids.length);
  const groups: W[][] = [];
  let [group, rows]: [W[], number] = [[], 0];
  for (const window of sorted) {
    const full = rows + window.masked.length > MOST_ROWS ||
      (group.length + 1) * (group[0]?.ids.length ?? 0) > tokens;
    if (full && group.length > 0) {
      groups.push(group);
      [group, rows] = [[], 0];
    }
    group.push(window);
    rows += window.masked.length;
  }
  if (group.length > 0) groups.push(group);
  return groups;
}

const MOST_ROWS = 512;
