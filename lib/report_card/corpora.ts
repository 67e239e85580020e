/** Fidelity as a corpus: are synthetic letters, taken together, distributed as real ones? @module */

import type { Letter } from "../corpus/letter.ts";
import { divergences, labelDivergences } from "../metrics/corpora/comparisons.ts";
import { compressionRatio } from "../metrics/corpora/compression_ratio.ts";
import { distinctN } from "../metrics/corpora/distinct_n.ts";
import { documentEmbeddings } from "../metrics/corpora/document_embeddings.ts";
import { frechetDistance } from "../metrics/corpora/frechet_distance.ts";
import { mauve, mauveClusters } from "../metrics/corpora/mauve.ts";
import { selfBleu } from "../metrics/corpora/self_bleu.ts";
import { searchable } from "../metrics/privacy/phrase_finder.ts";
import { defaultJudge, openJudge } from "../metrics/judge.ts";
import type { Measure, Reading, Section } from "./card.ts";
import { type CausalModel, NO_MODEL } from "./causal_model.ts";
import { JACKKNIFE, jackknifed, noReading } from "./estimates.ts";
import { lettersAlone } from "./letters_alone.ts";
import type { Candidate, Material } from "./material.ts";
import { measured, type MeasureHead, sectionOf } from "./measures.ts";
import type { ReportCardOptions } from "./options.ts";

const WORDS = "tok:words|case:folded";
const head = (
  name: string,
  title: string,
  better: Measure["better"],
  signature: string,
  drawn = false,
): MeasureHead => ({ name, title, better, signature: `${signature}|${JACKKNIFE}`, ...drawn && { drawn } });

/** Divergences, by the name that `comparisons.ts` gives them. */
const DIVERGENCES = [
  head(
    "js-words",
    "words, Jensen–Shannon divergence in bits",
    "lower",
    `js|of:words|${WORDS}|log:2|v1`,
    true,
  ),
  head(
    "js-2-grams",
    "2-grams, Jensen–Shannon divergence in bits",
    "lower",
    `js|of:2-grams|${WORDS}|log:2|v1`,
    true,
  ),
  head(
    "js-3-grams",
    "3-grams, Jensen–Shannon divergence in bits",
    "lower",
    `js|of:3-grams|${WORDS}|log:2|v1`,
  ),
  head(
    "kl-words",
    "words, Kullback–Leibler divergence of the real from them",
    "lower",
    `kl|of:words|${WORDS}|add:0.5|log:2|v1`,
  ),
];
const LABELS = head(
  "js-labels",
  "labels of spans, Jensen–Shannon divergence in bits",
  "lower",
  "js|of:labels|log:2|v1",
);

const ENTITIES = head(
  "js-entities",
  "spans by label and words, Jensen–Shannon divergence in bits",
  "lower",
  "js|of:labels and words of spans|case:folded|log:2|v1",
);

/** How varied a corpus is in itself. */
const VARIETY: readonly (readonly [MeasureHead, (texts: readonly string[]) => number])[] = [
  [head("distinct-1", "distinct words", "real", `distinct-1|${WORDS}|v1`), (texts) => distinctN(texts, 1)],
  [head("distinct-3", "distinct 3-grams", "real", `distinct-3|${WORDS}|v1`), (texts) => distinctN(texts, 3)],
  [head("self-bleu", "self-BLEU", "real", "self-bleu|tok:13a|smooth:exp|eff:yes|v1"), selfBleu],
  [head("compression-ratio", "compression ratio", "real", "compression-ratio|gzip:9|v1"), compressionRatio],
];

/**
 * Compares the distributions of each corpus with the real reference: MAUVE and the Fréchet distance of embeddings, words,
 * n-grams and labels, variety, and what each letter is alone (lengths, readability, perplexity where a model is named).
 *
 * @throws {Error} when a model can't be opened
 *
 * @example
 * ```ts
 * import { corporaSection } from "./corpora.ts";
 * import { materialOf } from "./material.ts";
 * import { equal } from "node:assert/strict";
 * const letters = ["a", "b", "c", "d"].map((id) => ({ id, text: `Letter ${id}. It is short.`, spans: [], meta: {} }));
 * const material = materialOf(letters, [{ name: "same", letters }], { seed: 42 });
 * const { measures } = await corporaSection(material, { embeddings: false });
 * const words = measures.find(({ name }) => name === "js-words");
 * equal(words?.synthetic[0]?.value, words?.real.value); // the real letters come out as the holdout does
 * ```
 */
export async function corporaSection(
  material: Material,
  options: ReportCardOptions,
  causal: CausalModel = NO_MODEL,
): Promise<Section> {
  const { embeddings = true } = options;
  const measures: Measure[] = embeddings ? await embedded(material, options) : [];
  const first = textsOf(material.reference);
  const readings = new Map([material.holdout, ...material.synthetic].map(({ name, sample }) => {
    const second = textsOf(sample);
    return [name, {
      ...jackknifed(name, [first.length, second.length], ([a, b]) => {
        const found = divergences(pick(first, a), pick(second, b));
        return Object.fromEntries(DIVERGENCES.map(({ name }) => [name, found[name]?.value ?? null]));
      }, [0, Infinity]),
      ...jackknifed(name, [second.length, second.length], ([, b]) => {
        const texts = pick(second, b);
        return Object.fromEntries(VARIETY.map(([{ name }, of]) => [name, finite(of(texts))]));
      }, [0, Infinity]),
    }] as const;
  }));
  const given = (one: MeasureHead) =>
    measured(
      material,
      one,
      ({ name }) => readings.get(name)?.[one.name] ?? noReading(name, "there is no value"),
    );
  for (const one of DIVERGENCES) measures.push(await given(one));
  measures.push(await measured(material, LABELS, (candidate) => labels(material.reference, candidate)));
  const named = material.reference.map(byWords);
  measures.push(
    await measured(
      material,
      ENTITIES,
      (candidate) => labels(named, { ...candidate, sample: candidate.sample.map(byWords) }),
    ),
  );
  for (const [one] of VARIETY) measures.push(await given(one));
  return sectionOf(
    {
      name: "corpora",
      title: "Fidelity, as a corpus",
      about: `${material.holdout.sample.length} letters of each corpus, taken by the seed, stand against ` +
        `${material.reference.length} real ones. A corpus is as good as real where its number is that of the real holdout; one that is ` +
        `nearer to the real letters than the holdout may have copied them: see Privacy.`,
    },
    [...measures, ...await lettersAlone(material, options, causal)],
    {
      leftOut: [
        ...embeddings ? [] : [{ what: "MAUVE and Fréchet distance", why: "embeddings were not asked for" }],
        ..."why" in causal ? [{ what: "perplexity", why: causal.why }] : [],
        ...options.maskedLM === undefined
          ? [{ what: "pseudo-perplexity", why: "no masked language model was named" }]
          : [],
      ],
    },
  );
}

async function embedded(material: Material, options: ReportCardOptions): Promise<Measure[]> {
  const { judge = defaultJudge, models, threads, long, precision } = options;
  const encoder = await openJudge(judge, {
    ...models !== undefined && { models },
    ...threads !== undefined && { threads },
    ...long && { long },
    ...precision && { precision },
  });
  try {
    const first = await documentEmbeddings(encoder, textsOf(material.reference));
    const clusters = mauveClusters(first.length, material.holdout.sample.length);
    const of = `encoder:${encoder.signature}|pool:mean`;
    const readings = new Map<string, Record<string, Reading>>();
    for (const { name, sample } of [material.holdout, ...material.synthetic]) {
      const second = await documentEmbeddings(encoder, textsOf(sample));
      const sizes = [first.length, second.length] as const;
      readings.set(name, {
        ...jackknifed(name, sizes, ([a, b]) => ({
          frechet: frechetDistance(pick(first, a), pick(second, b)).distance,
        }), [0, Infinity]),
        ...jackknifed(name, sizes, ([a, b]) => ({
          mauve: mauve(pick(first, a), pick(second, b), { clusters, seed: material.seed }).mauve,
        }), [0, 1]),
      });
    }
    const given = (one: MeasureHead) =>
      measured(
        material,
        one,
        ({ name }) => readings.get(name)?.[one.name] ?? noReading(name, "there is no value"),
      );
    return [
      await given(
        head(
          "mauve",
          "MAUVE",
          "higher",
          `mauve|${of}|clusters:${clusters}|seed:${material.seed}|c:5|v1`,
          true,
        ),
      ),
      await given(head("frechet", "Fréchet distance of embeddings", "lower", `frechet|${of}|v1`, true)),
    ];
  } finally {
    await encoder.close();
  }
}

function labels(reference: readonly Letter[], { name, sample }: Candidate): Reading {
  if (!reference.some(({ spans }) => spans.length > 0)) {
    return noReading(name, "the real letters have no spans");
  }
  if (!sample.some(({ spans }) => spans.length > 0)) return noReading(name, "its letters have no spans");
  const { divergence } = jackknifed(name, [reference.length, sample.length], ([a, b]) => ({
    divergence: labelDivergences(pick(reference, a), pick(sample, b))["js-labels"]?.value ?? null,
  }), [0, 1]);
  return divergence ?? noReading(name, "there is no value");
}

/** The letter with each span labelled by its words too. */
function byWords(letter: Letter): Letter {
  const { text, spans } = letter;
  return {
    ...letter,
    spans: spans.map((span) => ({
      ...span,
      label: `${span.label} ${searchable(text.slice(span.start, span.end))}`,
    })),
  };
}

function textsOf(letters: readonly Letter[]): string[] {
  return letters.map(({ text }) => text);
}

function pick<T>(items: readonly T[], indices: readonly number[]): T[] {
  return indices.map((i) => items[i]!); // indices of items
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
