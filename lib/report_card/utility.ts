/** Utility: are taggers that learn from synthetic letters as good as those that learn from real ones? @module */

import { trainTagger } from "../face/train_tagger.ts";
import type { Letter } from "../corpus/letter.ts";
import { random } from "../random.ts";
import { scoreEntities } from "../ner/score_entities.ts";
import type { Measure, Reading, Section } from "./card.ts";
import { noReading, OVER_LETTERS, ratioReading } from "./estimates.ts";
import type { Candidate, Material } from "./material.ts";
import { measured, sectionOf } from "./measures.ts";
import type { ReportCardOptions, UtilityOptions } from "./options.ts";

/** What a tagger learns from: a share of the letters of a corpus, and of the real ones. */
interface Mix {
  readonly name: string;
  readonly title: string;
  readonly corpusShare: number;
  readonly realShare: number;
  readonly drawn: boolean;
}

const SHARES = [0.5, 0.25];
const MIXES: readonly Mix[] = [
  { name: "f1-alone", title: "F1 of a tagger that learnt from the corpus alone", realShare: 0 },
  { name: "f1-with-half", title: "F1 with half of the real letters added", realShare: 0.5 },
  { name: "f1-with-real", title: "F1 with all real letters added", realShare: 1 },
].map((mix) => ({ ...mix, corpusShare: 1, drawn: true }));

function mixesOf(shares: readonly number[]): Mix[] {
  const odd = shares.find((share) => !(share > 0 && share < 1));
  if (odd !== undefined) {
    throw new Error(`report: utility of a share of ${odd}. Choose shares between 0 and 1.`);
  }
  const parts = [...new Set(shares)].toSorted((a, b) => b - a).map((corpusShare): Mix => {
    const percent = Number((100 * corpusShare).toPrecision(3));
    const title = `F1 of a tagger that learnt from ${percent}% of the corpus`;
    return { name: `f1-of-${percent}`, title, corpusShare, realShare: 0, drawn: false };
  });
  return [...MIXES, ...parts];
}

/**
 * Trains taggers on each corpus, on mixtures with half of the real reference and with all of it, and on shares of it, each for several
 * seeds, and tests them on the real holdout. The real holdout's column is what a tagger gets that learnt from the same real letters without the corpus; of
 * `f1-alone`, from all of them.
 *
 * @throws {Error} when the model can't be opened or trained
 *
 * @example See report_card.ts; it takes training.
 */
export async function utilitySection(
  material: Material,
  { models, threads, utility = {} }: ReportCardOptions,
): Promise<Section> {
  const head = {
    name: "utility",
    title: "Utility",
    about:
      "Strict F1 of entities that taggers find in the real holdout. Beside each corpus stands, as the real holdout's, what a tagger " +
      "gets that learnt from real letters alone: all of the real reference, the same share of it, or the half that was added to the corpus." +
      (material.from === "half"
        ? " Without a holdout, letters that are not paired by id may have been made from the letters of the test: then name a holdout."
        : ""),
  };
  if (utility === false) {
    return sectionOf(head, [], { leftOut: [{ what: "taggers", why: "utility was not asked for" }] });
  }
  const known = labelsOf(material.reference).filter((label) =>
    labelsOf(material.holdout.letters).includes(label)
  );
  if (known.length === 0) {
    return sectionOf(head, [], {
      leftOut: [{ what: "taggers", why: "the real letters have no spans to learn and to test with" }],
    });
  }
  const { model = "encoder-small", steps = 150, seeds = [1, 2, 3], learningRate, batch, taggers } = utility;
  const mixes = mixesOf(utility.shares ?? SHARES);
  const test = material.holdout.letters;
  const trained = async (letters: readonly Letter[], corpus: string): Promise<Reading> => {
    const learnt = labelsOf(letters).filter((label) => known.includes(label));
    if (learnt.length === 0) {
      return noReading(corpus, "its letters have no spans of the real letters' labels");
    }
    const [correct, all] = [test.map(() => 0), test.map(() => 0)];
    const runs: number[] = [];
    for (const seed of seeds) {
      let [right, whole] = [0, 0];
      await using tagger = await trainTagger(letters, {
        model,
        steps,
        seed,
        labels: learnt,
        ...learningRate !== undefined && { learningRate },
        ...batch !== undefined && { batch },
        ...taggers !== undefined && { taggers },
        ...models !== undefined && { models },
        ...threads !== undefined && { threads },
      });
      const { counts, ids } = scoreEntities(test, await tagger.tag(test), known);
      const places = new Map(ids.map((id, i) => [id, i]));
      test.forEach(({ id }, i) => {
        const { counts: of } = counts.letter(places.get(id) ?? NaN);
        correct[i] = (correct[i] ?? 0) + 2 * of.correct;
        all[i] = (all[i] ?? 0) + of.possible + of.actual;
        right += 2 * of.correct;
        whole += of.possible + of.actual;
      });
      runs.push(whole > 0 ? right / whole : 0);
    }
    const reading = ratioReading(corpus, correct, all, "the holdout has no entity");
    return reading.value === null ? reading : { ...reading, runs };
  };
  const signature = signatureOf({ model, steps, seeds, ...utility }, known);
  const measures: Measure[] = [];
  for (const { name, title, corpusShare, realShare, drawn } of mixes) {
    const real = material.reference.filter((_, i) => realShare === 1 || (realShare > 0 && i % 2 === 0));
    measures.push(
      await measured(
        material,
        { name, title, better: "higher", signature, ...drawn && { drawn } },
        async (candidate) => {
          if (candidate.name === material.holdout.name) {
            const own = real.length > 0 ? real : part(material.reference, corpusShare, material.seed);
            return await trained(own, candidate.name);
          }
          const reason = whyNot(candidate, material);
          return reason === undefined
            ? await trained(
              [...real, ...part(renamed(candidate), corpusShare, material.seed)],
              candidate.name,
            )
            : noReading(candidate.name, reason);
        },
      ),
    );
  }
  return sectionOf(head, measures);
}

/** A share of letters, one at least; of a greater share it is a part. */
function part(letters: readonly Letter[], share: number, seed: number): readonly Letter[] {
  if (share === 1) return letters;
  const order = random(`${seed}/report shares`).shuffle([...letters.keys()]);
  const chosen = new Set(order.slice(0, Math.max(1, Math.round(share * letters.length))));
  return letters.filter((_, i) => chosen.has(i));
}

function whyNot({ language, letters }: Candidate, material: Material): string | undefined {
  if (language !== material.language) {
    return `its letters are ${language}, the real ones ${material.language}`;
  }
  return letters.some(({ spans }) => spans.length > 0)
    ? undefined
    : "its letters have no spans to learn from";
}

/** Of a mixture every letter has an id of its own. */
function renamed({ name, learnable }: Candidate): Letter[] {
  return learnable.map((letter) => ({ ...letter, id: `${name}/${letter.id}` }));
}

function labelsOf(letters: readonly Letter[]): string[] {
  return [...new Set(letters.flatMap(({ spans }) => spans.map(({ label }) => label)))].sort();
}

function signatureOf(
  { model = "", steps = 0, seeds = [], learningRate = 5e-4, batch = 8 }: UtilityOptions,
  labels: readonly string[],
): string {
  return `f1|seqeval strict|labels:${labels.length}|model:${model}|steps:${steps}|batch:${batch}|lr:${learningRate}|` +
    `seeds:${seeds.join(",")}, counts added|${OVER_LETTERS}|v1`;
}
