/** Clinical validity: what synthetic letters say otherwise than the real ones they were made from. @module */

import { scoreWithJudge } from "../metrics/judge.ts";
import type { Finding, Listing, Measure, Quote, Section } from "./card.ts";
import { type CausalModel, NO_MODEL } from "./causal_model.ts";
import { meanReading, noReading, OVER_LETTERS, ratioReading } from "./estimates.ts";
import type { LetterPair, Material } from "./material.ts";
import { measured, sectionOf } from "./measures.ts";
import type { ReportCardOptions } from "./options.ts";
import { whyUnpaired } from "./pairs.ts";
import type { SpanKinds } from "./phi_spans.ts";
import { hunks } from "../metrics/validity/align.ts";
import type { Change, Changes } from "../metrics/validity/changes.ts";
import {
  type Contradiction,
  CONTRADICTION_KINDS,
  contradictions,
} from "../metrics/validity/contradictions.ts";
import { CHANGE_KINDS } from "../metrics/validity/kinds.ts";

/** Of one letter, so many are shown. */
const FINDINGS = 12;

/** What of a pair is otherwise, by kind. */
interface Compared extends LetterPair {
  readonly byKind: ReadonlyMap<string, Changes>;
}

/**
 * Counts what each synthetic letter says otherwise than the real one of its id: clinical entities, negations, doses, units, sides,
 * numbers; for each kind how many changed, were lost or added for one that the real letters have. The holdout's letters stand against
 * real ones at random, as letters about different people do.
 *
 * @example
 * ```ts
 * import { materialOf } from "./material.ts";
 * import { spanKinds } from "./phi_spans.ts";
 * import { validitySection } from "./validity.ts";
 * import { equal } from "node:assert/strict";
 * const letters = ["a", "b", "c", "d"].map((id) => ({ id, text: `No pain. Took 5 mg (${id}).`, spans: [], meta: {} }));
 * const made = letters.map((letter) => ({ ...letter, text: letter.text.replace("5", "50") }));
 * const material = materialOf(letters, [{ name: "made", letters: made }], { seed: 42 });
 * const { measures } = await validitySection(material, {}, spanKinds(letters));
 * equal(measures.find(({ name }) => name === "doses-changed")?.synthetic[0]?.value, 1);
 * equal(measures.find(({ name }) => name === "negations-flipped")?.synthetic[0]?.value, 0);
 * ```
 */
export async function validitySection(
  material: Material,
  options: ReportCardOptions,
  kinds: SpanKinds,
  causal: CausalModel = NO_MODEL,
): Promise<Section> {
  const { listed = 10 } = options;
  const { holdout, synthetic, language } = material;
  const compared = new Map(
    [holdout, ...synthetic].map(({ name, pairs }) => [name, pairs.map((pair) => compare(pair, kinds))]),
  );
  const measures: Measure[] = [];
  for (const { name, title, signature } of CHANGE_KINDS) {
    measures.push(
      await measured(material, {
        name,
        title: `${title}, for each real one`,
        better: "lower",
        signature: `${signature}|${OVER_LETTERS}`,
        drawn: true,
      }, (candidate) => {
        const reason = whyUnpaired(candidate, language);
        if (reason !== undefined) return noReading(candidate.name, reason);
        const changes = (compared.get(candidate.name) ?? []).flatMap(({ byKind }) => byKind.get(name) ?? []);
        if (changes.length < 2) return noReading(candidate.name, "the real letters have none");
        const column = (of: (changes: Changes) => number) => changes.map(of);
        return ratioReading(
          candidate.name,
          column(({ changes }) => changes.length),
          column(({ items }) => items),
          "the real letters have none",
        );
      }),
    );
  }
  const against = new Map(
    [holdout, ...synthetic].map(({ name, letters }) =>
      [name, letters.map(({ id, text }) => ({ id, found: contradictions(text) }))] as const
    ),
  );
  for (const kind of CONTRADICTION_KINDS) {
    measures.push(
      await measured(
        material,
        {
          name: `contradictions-${kind.replaceAll(" ", "-")}`,
          title: `contradictions a letter: ${kind}`,
          better: "real",
          signature: `contradictions|of:${kind}|rules:en+es|${OVER_LETTERS}|v1`,
        },
        ({ name }) =>
          meanReading(
            name,
            (against.get(name) ?? []).map(({ found }) => found.filter((one) => one.kind === kind).length),
          ),
      ),
    );
  }
  if ("model" in causal) measures.push(await perplexityExcess(material, options, causal.model));
  const paired = synthetic.filter((candidate) => whyUnpaired(candidate, language) === undefined);
  return sectionOf(
    {
      name: "validity",
      title: "Clinical validity",
      about:
        "What each synthetic letter says otherwise than the real letter of its id, where their words differ: lost, added or changed, " +
        "divided by how many of the kind the real letters have; with additions it can exceed 1. The real holdout's letters stand against " +
        "real ones at random: so much differs between letters about different people. Contradictions are counted within each letter by itself; " +
        "real letters have some, as a dose may have been raised and a second age be a brother's.",
    },
    measures,
    {
      listings: [
        ...paired.map(({ name }) => listing(name, compared.get(name) ?? [], listed)),
        ...synthetic.map(({ name }) => contradicting(name, against.get(name) ?? [], listed)),
      ],
      leftOut: "why" in causal ? [{ what: "perplexity beside the real letter's", why: causal.why }] : [],
    },
  );
}

/** How much less expected the words of each synthetic letter are than those of the real one. */
async function perplexityExcess(
  material: Material,
  options: ReportCardOptions,
  causalLM: string,
): Promise<Measure> {
  const { models, threads } = options;
  const sides = [material.holdout, ...material.synthetic];
  const texts = [
    ...new Set(
      sides.flatMap(({ pairs }) => pairs.flatMap(({ real, synthetic }) => [real.text, synthetic.text])),
    ),
  ];
  const pairs = texts.map((text, i) => ({ id: `${i}`, reference: "", candidate: text }));
  const [scores] = await scoreWithJudge(pairs, ["perplexity-nats"], {
    causalLM,
    ...models !== undefined && { models },
    ...threads !== undefined && { threads },
  });
  const losses = new Map(texts.map((text, i) => [text, scores?.values[i] ?? NaN]));
  const lossOf = (text: string) => losses.get(text) ?? NaN;
  return await measured(material, {
    name: "perplexity-excess",
    title: "log-perplexity above that of the real letter, nats a piece",
    better: "real",
    signature: `${scores?.signature ?? ""}|less the real letter's|${OVER_LETTERS}|v1`,
    drawn: true,
  }, (candidate) => {
    const reason = whyUnpaired(candidate, material.language);
    return reason === undefined
      ? meanReading(
        candidate.name,
        candidate.pairs.map(({ real, synthetic }) => lossOf(synthetic.text) - lossOf(real.text)),
      )
      : noReading(candidate.name, reason);
  });
}

function compare({ real, synthetic }: LetterPair, kinds: SpanKinds): Compared {
  const at = hunks(real.text, synthetic.text);
  const [before, after] = [kinds.clinical(real), kinds.clinical(synthetic)];
  const byKind = CHANGE_KINDS.flatMap((kind) =>
    kind.lacking?.(before, after) === undefined ? [[kind.name, kind.compare(before, after, at)] as const] : []
  );
  return { real, synthetic, byKind: new Map(byKind) };
}

/** The letters with most changes, of which those of few kinds of items come first. */
function listing(corpus: string, pairs: readonly Compared[], most: number): Listing {
  const letters = pairs.map(({ real, synthetic, byKind }) => {
    const findings = CHANGE_KINDS.toReversed().toSorted((a, b) => weight(a.name) - weight(b.name)).flatMap((
      { name, title },
    ) => (byKind.get(name)?.changes ?? []).map((change) => found(title, change, real.id, synthetic.id)));
    return { id: synthetic.id, findings: findings.slice(0, FINDINGS), of: findings.length };
  }).filter(({ of }) => of > 0).sort((a, b) => b.of - a.of || (a.id < b.id ? -1 : 1));
  return { title: "Letters that say most otherwise", corpus, letters: letters.slice(0, most) };
}

/** The letters with most contradictions. */
function contradicting(
  corpus: string,
  letters: readonly { readonly id: string; readonly found: readonly Contradiction[] }[],
  most: number,
): Listing {
  const some = letters.filter(({ found }) => found.length > 0)
    .toSorted((a, b) => b.found.length - a.found.length || (a.id < b.id ? -1 : 1));
  return {
    title: "Letters that contradict themselves",
    corpus,
    letters: some.slice(0, most).map(({ id, found }) => ({
      id,
      findings: found.slice(0, FINDINGS).map(({ kind, places }) => ({
        what: kind,
        quotes: places.map(({ start, end }) => ({ id, side: "synthetic", start, end })),
      })),
      of: found.length,
    })),
  };
}

/** Changes that turn a statement round come before those that only blur it. */
function weight(name: string): number {
  const order = ["negations-flipped", "sides-changed", "doses-changed", "units-changed", "entities-changed"];
  return order.includes(name) ? order.indexOf(name) : order.length;
}

function found(
  title: string,
  { how, real, synthetic }: Change,
  realId: string,
  syntheticId: string,
): Finding {
  const quotes: Quote[] = [
    ...real ? [{ id: realId, side: "real" as const, start: real.start, end: real.end }] : [],
    ...synthetic
      ? [{ id: syntheticId, side: "synthetic" as const, start: synthetic.start, end: synthetic.end }]
      : [],
  ];
  return { what: `${title.split(" ")[0]}: ${how}`, quotes };
}
