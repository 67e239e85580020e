/** Where letters to look at come from. @module */

import { z } from "zod";
import type { Letter } from "../../corpus/letter.ts";
import { letters as readLetters } from "../../corpus/letters.ts";
import type { FilledLetter, FillOptions } from "../../fill/fill.ts";
import type { MaskedLetter } from "../../mask/mask.ts";
import { quotedName } from "../../report/sql.ts";
import {
  checkNames,
  type Condition,
  conditionSchema,
  whereOf,
  whereSql,
} from "../results/condition_query.ts";
import type { ExperimentData, OpenResults } from "../results/open_results.ts";
import { recent } from "../recent.ts";
import { Unanswerable } from "../route.ts";
import { withFillsOf } from "./told_fills.ts";

/** A corpus by its name on the command line. */
export interface NamedCorpus {
  readonly name: string;
  readonly path: string;
}

/** Letters of a corpus, or those that a stored cell wrote. */
export const sourceSchema = z.union([
  z.object({ corpus: z.string() }),
  z.object({ experiment: z.string(), condition: conditionSchema }),
]);

/** As {@linkcode sourceSchema} reads it. */
export type LetterSource = z.output<typeof sourceSchema>;

/** Letters in memory. */
export interface LoadedLetters {
  /** Those of a cell whose fills are not stored are the originals. */
  readonly letters: readonly (Letter | FilledLetter)[];
  readonly byId: ReadonlyMap<string, Letter | FilledLetter>;
  /** Letters that are filled when they are looked at, by their ids. */
  readonly masked?: ReadonlyMap<string, MaskedLetter>;
  /** How blanks were filled, where that is known and can be done again. */
  readonly how?: FillOptions;
  /** The cells that the condition fits, of which these are the first one's letters. */
  readonly cells?: readonly Condition[];
}

/** All letters that can be looked at. */
export interface LetterSources {
  /** The first are the originals: letters of the others with an id of theirs count as made from them. */
  readonly corpora: readonly NamedCorpus[];
  /** Letters of a source, read when they are first asked for. */
  load(source: LetterSource): Promise<LoadedLetters>;
  /** A letter of a source, filled now where its cell's fills are not stored. */
  letter(source: LetterSource, id: string): Promise<Letter | FilledLetter>;
}

/** Stored cells that were looked at last stay in memory. */
const CELLS_KEPT = 8;

/** And so many letters that were filled to be looked at. */
const FILLED_KEPT = 100;

/**
 * Opens corpora and stored cells for looking at. Cells were run on the letters of the first corpus, or their letters are not found.
 *
 * @param runs the folder with stored steps
 * @throws {Unanswerable} from `load()` and `letter()`: what the corpus's reader says; when a cell's letters are neither stored nor can be
 * made of its masks
 *
 * @example
 * ```ts
 * import { letterSources } from "./sources.ts";
 * import { openResults } from "../results/open_results.ts";
 * import { equal } from "node:assert/strict";
 * const folder = await Deno.makeTempDir();
 * await Deno.writeTextFile(`${folder}/a.txt`, "On aspirin.");
 * const sources = letterSources([{ name: "mine", path: folder }], await openResults(folder), folder);
 * equal((await sources.load({ corpus: "mine" })).letters.length, 1);
 * ```
 */
export function letterSources(
  corpora: readonly NamedCorpus[],
  results: OpenResults,
  runs: string,
): LetterSources {
  const read = new Map<string, Promise<LoadedLetters>>();
  const cells = recent<LoadedLetters>(CELLS_KEPT);
  const filled = recent<FilledLetter>(FILLED_KEPT);

  const corpusOf = (name: string): Promise<LoadedLetters> => {
    const corpus = corpora.find((one) => one.name === name);
    if (!corpus) return Promise.reject(new Unanswerable(`no corpus "${name}". Name it with --letters.`));
    const known = read.get(name) ?? readCorpus(corpus);
    read.set(name, known);
    return known;
  };

  const readCorpus = async ({ name, path }: NamedCorpus): Promise<LoadedLetters> => {
    try {
      const letters = await readLetters(path, { overlapping: "keep", discontinuous: "split" });
      if (letters.length === 0) throw new Error(`${path}: no letter in it.`);
      const [first] = corpora;
      if (!first || first.name === name || !letters.some(({ meta }) => "fills" in meta)) {
        return loaded(letters);
      }
      const originals = (await corpusOf(first.name)).byId;
      return loaded(letters.map((letter) => withFillsOf(letter, originals.get(letter.id))));
    } catch (error) {
      throw new Unanswerable(error instanceof Error ? error.message : String(error), { cause: error });
    }
  };

  const cellOf = async (id: string, condition: Condition): Promise<LoadedLetters> => {
    const entry = results.entries.find((one) => one.id === id);
    const { experiments } = await import("../../experiments/all.ts"); // half a second: once a cell's letters are asked for
    const experiment = experiments.find(({ name }) => name === entry?.name);
    if (!entry || !experiment) {
      throw new Unanswerable(`${id}: its letters are not known: it is no experiment of this project.`);
    }
    const [first] = corpora;
    const corpus = first ? (await corpusOf(first.name)).letters : [];
    const { profile } = entry;
    const cells = await cellsOf(await results.data(id), condition);
    const [chosen] = cells;
    if (!chosen) {
      throw new Unanswerable(`${id}: no cell with ${JSON.stringify(condition)}. Choose one of the table.`);
    }
    const written = await experiment.written(chosen, { corpus, profile, runs });
    if (!written) {
      const cell = Object.entries(chosen).map(([factor, level]) => `${factor}=${level}`).join(",");
      throw new Unanswerable(
        `${id}, ${cell}: its letters are not stored here. They are after: deno task repro ${entry.name} --profile ${profile}`,
      );
    }
    const masked = written.letters.filter((letter) => "words" in letter);
    const letters = written.letters.map((letter) => "words" in letter ? letter.letter : letter);
    return {
      ...{ ...loaded(letters), cells },
      ...written.how && { how: written.how },
      ...masked.length > 0 && { masked: new Map(masked.map((one) => [one.letter.id, one])) },
    };
  };

  const load = (source: LetterSource): Promise<LoadedLetters> =>
    "corpus" in source
      ? corpusOf(source.corpus)
      : cells(JSON.stringify(source), () => cellOf(source.experiment, source.condition));

  return {
    corpora,
    load,
    async letter(source, id) {
      const { byId, masked, how, letters } = await load(source);
      const letter = byId.get(id);
      if (!letter) throw new Unanswerable(`no letter "${id}" there. Choose one of the list.`);
      const blank = masked?.get(id);
      if (!blank || !how) return letter;
      return await filled(JSON.stringify([source, id]), async () => {
        const { filledNow } = await import("./explain.ts");
        return await filledNow(letters, blank, how);
      });
    },
  };
}

/** So many cells are offered for a condition that leaves factors open. */
const MOST_CELLS = 50;

async function cellsOf(data: ExperimentData, condition: Condition): Promise<Condition[]> {
  checkNames(data, { factors: Object.keys(condition) });
  const factors = data.factors.map(({ name }) => quotedName(name)).join(", ");
  const { rows } = await data.database.ask(
    `select ${factors} from runs where ${whereSql(whereOf(condition))} group by ${factors} ` +
      `order by min(rowid) limit ${MOST_CELLS}`,
  );
  return rows.map((row) =>
    Object.fromEntries(data.factors.flatMap(({ name }) => {
      const level = row[name];
      return typeof level === "string" || typeof level === "number" ? [[name, level]] : [];
    }))
  );
}

function loaded(letters: readonly (Letter | FilledLetter)[]): LoadedLetters {
  return { letters, byId: new Map(letters.map((letter) => [letter.id, letter])) };
}
