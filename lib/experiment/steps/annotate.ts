/** The step that annotates letters with taggers. @module */

import { basename } from "node:path";
import { z } from "zod";
import type { ModelOptions } from "../../checkpoint/find_model.ts";
import type { Letter } from "../../corpus/letter.ts";
import { type AnnotateOptions, Annotator } from "../../ner/annotate.ts";
import { openTagger, type Tagger } from "../../ner/tagger.ts";
import type { StepContext } from "./step_context.ts";
import { textHash } from "./text_hash.ts";

/** How a step annotates. */
export interface AnnotationPlan extends AnnotateOptions {
  /** Folders of taggers, or what `trainTagger` gave; several annotate together. */
  readonly taggers: readonly string[];
}

/** The letters with the spans that taggers find in them, in place of any that they had. */
export type AnnotateStep = (letters: readonly Letter[], options: AnnotationPlan) => Promise<Letter[]>;

interface Annotation {
  readonly spans: Letter["spans"];
  readonly probabilities?: string;
}

const annotationsSchema: z.ZodType<Annotation[]> = z.array(z.object({
  spans: z.array(z.object({ start: z.int(), end: z.int(), label: z.string() })),
  probabilities: z.string().exactOptional(),
}));

/** `annotate()`, stored. Where nothing is found a note says so. */
export function annotateStep(
  { store, options, adapted, hashOf, codeOf, note }: StepContext,
): AnnotateStep {
  return async (letters, { taggers, ...how }) => {
    const models: string[] = [];
    for (const tagger of taggers) models.push(await hashOf(tagger));
    const annotations = await store.result({
      name: "annotate",
      inputs: { letters: textHash(letters), models, how: { ...how }, code: await codeOf("annotate") },
      schema: annotationsSchema,
      async compute() {
        for (const tagger of taggers) await adapted.ready(tagger);
        return await annotated(letters, { taggers, ...how }, options);
      },
    });
    if (letters.length > 0 && annotations.every(({ spans }) => spans.length === 0)) {
      note(nothingFound(letters.length, taggers));
    }
    return letters.map(({ id, text, meta }, i) => {
      const { spans = [], probabilities } = annotations[i] ?? {};
      return { id, text, spans, meta: probabilities === undefined ? meta : { ...meta, probabilities } };
    });
  };
}

async function annotated(
  letters: readonly Letter[],
  { taggers: names, ...how }: AnnotationPlan,
  options: ModelOptions,
): Promise<Annotation[]> {
  const taggers: Tagger[] = [];
  try {
    for (const name of names) taggers.push(await openTagger(name, options));
    const annotator = new Annotator(taggers, how);
    return (await annotator.annotate(letters)).map(({ spans, meta }) => ({
      spans,
      ...how.probabilities && { probabilities: meta["probabilities"] ?? "[]" },
    }));
  } finally {
    for (const tagger of taggers) await tagger.close();
  }
}

/** The scores look like those of bad taggers, which they may not be. */
function nothingFound(letters: number, taggers: readonly string[]): string {
  const names = [...new Set(taggers.map((name) => basename(name)))].join(", ");
  return `Nothing was found in ${letters} letters by the tagger ${names}: is it trained long enough, and for such texts?`;
}
